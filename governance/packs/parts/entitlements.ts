// What the identities of a pack may do: privilege, grants with what they give and where, who may become them, and steps.
import { mustRead } from '@/inventory/queries/visible'
import { columnsOf, tablePart } from './csv-part'
import {
  grantRow,
  grantsOf,
  privilegeRow,
  privilegesOf,
  stepRow,
  stepsOf,
  trustRow,
  trustsOf,
  type EntitlementRow,
} from './entitlement-rows'
import { eachBelonging } from './population'
import type { PackAt } from '../part'

async function* entitlementRows(at: PackAt): AsyncGenerator<EntitlementRow[]> {
  mustRead(at.actor, 'identity:read')
  const own = 'r.identity_id, r.id'
  for await (const rows of eachBelonging(at, 'i.id, i.id', privilegesOf)) yield rows.map(privilegeRow)
  for await (const rows of eachBelonging(at, own, grantsOf)) yield rows.map(grantRow)
  for await (const rows of eachBelonging(at, own, trustsOf)) yield rows.map(trustRow)
  for await (const rows of eachBelonging(at, 'r.from_identity_id, r.id', stepsOf)) yield rows.map(stepRow)
}

const of = columnsOf<EntitlementRow>()
export const entitlements = tablePart({
  id: 'entitlements',
  file: 'entitlements.csv',
  about:
    'What they may do and who may become them: privilege with its reasons, each grant with what it gives and where, trust with its conditions, and steps over connections. Ways found by analysing permissions are not kept for earlier moments: of these only the reasons of the privilege tell.',
  needs: 'identity:read',
  columns: [
    of('what', 'What', (r) => r.what),
    of('identityId', 'Identity id', (r) => r.identityId),
    of('identity', 'Identity', (r) => r.identity),
    of('scope', 'Scope', (r) => r.scope),
    of('id', 'Id', (r) => r.id),
    of('nativeId', 'Native id', (r) => r.nativeId ?? ''),
    of('name', 'Name', (r) => r.name),
    of('managedBy', 'Managed by', (r) => r.managedBy ?? ''),
    of('effect', 'Effect', (r) => r.effect ?? ''),
    of('via', 'By', (r) => r.via ?? ''),
    of('place', 'Where it holds', (r) => r.place ?? ''),
    of('principalType', 'Kind of the other', (r) => r.principalType ?? ''),
    of('principal', 'The other', (r) => r.principal ?? ''),
    of('actions', 'Actions', (r) => r.actions?.join(' ') ?? ''),
    of('conditions', 'Conditions', (r) =>
      r.what !== 'trust' ? '' : r.conditions === undefined ? 'none' : JSON.stringify(r.conditions),
    ),
    of('exercised', 'Seen in use', (r) => r.exercised ?? ''),
    of('state', 'Known', (r) => r.state ?? ''),
    of('because', 'Because', (r) => r.because.join('; ')),
    of('since', 'True since', (r) => r.since),
  ],
  rows: entitlementRows,
})
