// What became of decisions to remove and to reduce: decided, signed, applied, and what later complete looks say.
import { reader } from '@/inventory/moment/at-moment'
import { isoOr } from '@/inventory/queries/sql'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import {
  REMEDIATION_SINCE,
  remediationState,
  REMEDIATION_WHY,
  type RemediationState,
} from '../../campaigns/remediation-state'
import { columnsOf, tablePart } from './csv-part'
import { REMOVED } from './people'
import { eachBelonging } from './population'
import { ensureNotAsked } from './second-looks'
import type { PackAt } from '../part'

/** As it was written down by then: what was done later nobody knew. */
type Noted = {
  id: string
  identityId: string
  campaignId: string
  campaign: string
  item: string
  decisionId: string
  name: string
  kind: 'remove' | 'reduce'
  steps: string[]
  drops: string[]
  decidedAt: Date
  decidedBy: string
  signedAt: Date | null
  appliedAt: Date | null
  appliedBy: string | null
  appliedNote: string | null
  droppedAt: Date | null
}
type Seen = { state: RemediationState; why: string; since: Date | null }
export type PackRemediation = Noted & Seen

const by = (column: string, known: string) =>
  Prisma.sql`CASE WHEN r.${Prisma.raw(column)} <= ${known}::timestamptz THEN r.${Prisma.raw(column)} END`

function noted(at: PackAt, ids: string[], place: Prisma.Sql, limit: number): Promise<Noted[]> {
  const { moment, from } = at.asked
  const { known } = moment
  const applied = (column: string) =>
    Prisma.sql`CASE WHEN r.applied_at <= ${known}::timestamptz THEN r.${Prisma.raw(column)} END`
  const inPeriod = from
    ? Prisma.sql`AND greatest(r.decided_at, ${by('signed_at', known)}, ${by('applied_at', known)}, ${by('dropped_at', known)})
        >= ${from}::timestamptz`
    : Prisma.empty
  return at.snapshot.$queryRaw<Noted[]>(Prisma.sql`
    SELECT r.id, r.identity_id AS "identityId", c.id AS "campaignId", c.name AS campaign, i.id AS item, d.id AS "decisionId", i.name,
      r.kind, r.steps, r.drops, r.decided_at AS "decidedAt", d.by_name AS "decidedBy", ${by('signed_at', known)} AS "signedAt",
      ${by('applied_at', known)} AS "appliedAt", ${applied('applied_by')} AS "appliedBy",
      ${applied('applied_note')} AS "appliedNote", ${by('dropped_at', known)} AS "droppedAt"
    FROM remediation r JOIN campaign_item i ON i.id = r.item_id JOIN decision d ON d.id = r.decision_id
      JOIN campaign c ON c.id = r.campaign_id
    WHERE r.identity_id = ANY(${ids}::uuid[]) AND NOT i.control AND r.decided_at <= ${known}::timestamptz ${inPeriod} AND ${place}
    ORDER BY r.identity_id, r.id LIMIT ${limit}::int`)
}

/** What looks say of them is asked of the record as it stood; what people said of them is no part of it. */
async function withState(rows: readonly Noted[], known: string): Promise<PackRemediation[]> {
  if (!rows.length) return []
  const given = rows.map((row) => ({
    id: row.id,
    identity_id: row.identityId,
    kind: row.kind,
    drops: row.drops,
    decided_at: row.decidedAt,
    signed_at: row.signedAt,
    applied_at: row.appliedAt,
    dropped_at: row.droppedAt,
  }))
  const seen = await reader.$queryRaw<(Seen & { id: string })[]>(Prisma.sql`
    SELECT r.id, r.state, ${REMEDIATION_WHY} AS why, ${REMEDIATION_SINCE} AS since FROM (
      SELECT r.*, ${remediationState(new Date(known))} AS state
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r (id uuid, identity_id uuid, kind text, drops text[],
        decided_at timestamptz, signed_at timestamptz, applied_at timestamptz, dropped_at timestamptz)) r`)
  const byId = new Map(seen.map(({ id, ...rest }) => [id, rest]))
  return rows.map((row) => {
    const told = byId.get(row.id)
    if (!told) throw new Error(`nothing is told of remediation ${row.id}`)
    return { ...row, ...told }
  })
}

export async function* eachPackRemediation(at: PackAt): AsyncGenerator<PackRemediation[]> {
  authorise(at.actor, 'campaign:read')
  await ensureNotAsked(at)
  const batches = eachBelonging<Noted>(
    at,
    'r.identity_id, r.id',
    ({ ids, place, limit }) => noted(at, ids, place, limit),
    { gone: true },
  )
  for await (const rows of batches) yield await withState(rows, at.asked.moment.known)
}

const of = columnsOf<PackRemediation>()
export const remediation = tablePart({
  id: 'remediation',
  file: 'remediation.csv',
  about:
    'What was decided to be removed or reduced, and what became of it: signed, applied, verified gone, still there, or cannot be verified, with why.',
  needs: 'campaign:read',
  columns: [
    of('id', 'Id', (r) => r.id),
    of('campaignId', 'Campaign id', (r) => r.campaignId),
    of('campaign', 'Campaign', (r) => r.campaign),
    of('item', 'Item id', (r) => r.item),
    of('decisionId', 'Decision id', (r) => r.decisionId),
    of('identityId', 'Identity id', (r) => r.identityId),
    of('name', 'Name', (r) => r.name),
    of('kind', 'What', (r) => r.kind),
    of('state', 'State', (r) => r.state),
    of('since', 'Since', (r) => isoOr(r.since) ?? 'not known'),
    of('why', 'Cannot be verified because', (r) => (r.state === 'cannot-verify' ? r.why : '')),
    of('decidedBy', 'Decided by', (r) => r.decidedBy),
    of('decidedAt', 'Decided', (r) => r.decidedAt.toISOString()),
    of('signedAt', 'Signed', (r) => isoOr(r.signedAt) ?? 'not signed'),
    of('appliedAt', 'Applied', (r) => isoOr(r.appliedAt) ?? 'nobody says so'),
    of('appliedBy', 'Applied by', (r) => r.appliedBy ?? ''),
    of('appliedNote', 'Note', (r) => r.appliedNote ?? ''),
    of('droppedAt', 'Taken back', (r) => isoOr(r.droppedAt) ?? ''),
    of('drops', 'Grants to be taken away', (r) => r.drops.join(' ')),
    of('steps', 'Steps', (r) => r.steps.join('; ')),
  ],
  rows: eachPackRemediation,
  redacted: (row, named) => ({
    ...row,
    decidedBy: named(row.decidedBy),
    appliedBy: row.appliedBy === null ? null : named(row.appliedBy),
    appliedNote: row.appliedNote === null ? null : REMOVED,
  }),
})
