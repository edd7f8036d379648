// One finding with the evidence its verdict rests on.
import { RollcallError } from '@/core/errors'
import type { FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import type { Evidence } from '@/core/rule'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { evidenceTo } from './beyond-scopes'
import { completenessOf } from './completeness-of'
import { looksOf } from './fact-view'
import { findingColumns, findingRows, type RawFinding } from './finding-row'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { IDENTITY_FROM } from './identity-where'
import { allOf, compact, isUuid } from './sql'
import type { FindingDetail } from './types'
import { mustRead, ofOwned } from './visible'

type Raw = RawFinding & {
  revision: string
  resolvedWhy: string | null
  evidence: Evidence[]
  params: unknown
  setSeverity: string | null
  policyVersion: number | null
}

async function identityOf(id: string | null) {
  if (!id) return undefined
  const [raw] = await reader.$queryRaw<RawIdentity[]>(Prisma.sql`
    SELECT ${IDENTITY_COLUMNS} FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id WHERE i.id = ${id}::uuid`)
  return raw && identityRow(raw)
}

const settingsOf = ({ params, setSeverity, policyVersion }: Raw) =>
  policyVersion === null ? undefined : compact({ params, severity: setSeverity ?? undefined, policyVersion })

/** @throws RollcallError `forbidden` or `not-found` */
export async function getFinding(actor: Actor, id: string): Promise<FindingDetail> {
  mustRead(actor, 'finding:read')
  const where = () => allOf([Prisma.sql`f.id = ${id}::uuid`, ofOwned(actor, 'f.identity_id')])
  const [raw] = isUuid(id)
    ? await reader.$queryRaw<Raw[]>(Prisma.sql`
        SELECT ${findingColumns(actor)}, f.revision, f.resolved_why AS "resolvedWhy", f.evidence,
          r.params, r.severity AS "setSeverity", r.policy_version AS "policyVersion"
        FROM finding f JOIN scope s ON s.id = f.scope_id LEFT JOIN public.rule_revision r ON r.revision = f.revision WHERE ${where()}`)
    : []
  if (!raw)
    throw new RollcallError(
      'not-found',
      `No finding has the id ${id}. It may have been removed together with its source.`,
    )
  const [[finding], identity, looks, completeness] = await Promise.all([
    findingRows([raw]),
    identityOf(raw.identityId),
    looksOf(raw.scopeId),
    completenessOf(actor, { scopeIds: [raw.scopeId] }),
  ])
  return compact({
    finding: finding as FindingRow,
    revision: raw.revision,
    resolvedWhy: raw.resolvedWhy ?? undefined,
    settings: settingsOf(raw),
    evidence: evidenceTo(actor, raw.evidence),
    identity,
    looks,
    completeness,
  })
}
