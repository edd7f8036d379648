// One row of a list of findings: what is selected for it, and how it reads.
import type { FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { SEVERITIES } from '@/core/rule'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { latentTo, messageTo } from './beyond-scopes'
import { EXCEPTIONS_COLUMN, exceptionsOf, type Excepted } from './finding-exceptions'
import { TRIAGE_COLUMN, triageOf, type RawTriage } from './finding-triage'
import { staleVerdicts, type StaleVerdicts } from './freshness'
import { compact, iso, isoOr } from './sql'
import type { Bounded } from './types'

export type RawFinding = {
  id: string
  ruleId: string
  verdict: FindingRow['verdict']
  severity: number
  message: string
  latent: string | null
  subjectKind: FindingRow['subject']['kind']
  subjectId: string
  subjectName: string
  identityId: string | null
  scopeId: string
  scopeName: string
  sample: boolean
  state: FindingRow['state']
  openedAt: Date
  changedAt: Date
  resolvedAt: Date | null
  triage: RawTriage
  anyException: boolean
  placeValues: string[]
}

/** Columns over f (finding) and s (its scope). @param actor who reads it; unset: whoever sees all of it */
export const findingColumns = (actor?: Actor): Prisma.Sql => Prisma.sql`
  f.id, f.rule_id AS "ruleId", f.verdict, f.severity, ${messageTo(actor)} AS message, ${latentTo(actor)} AS latent, f.subject_kind AS "subjectKind",
  f.subject_id AS "subjectId", f.subject_name AS "subjectName", f.identity_id AS "identityId",
  s.id AS "scopeId", s.name AS "scopeName", s.sample, f.state,
  f.opened_at AS "openedAt", f.changed_at AS "changedAt", f.resolved_at AS "resolvedAt",
  ${TRIAGE_COLUMN} AS triage, ${EXCEPTIONS_COLUMN} AS "anyException"`

type Told = { verdicts: StaleVerdicts; excepted?: Excepted }

/** @param verdicts which of them rest on looks that are out of date */
function findingRow(raw: RawFinding, { verdicts, excepted }: Told): FindingRow {
  return compact({
    id: raw.id,
    ruleId: raw.ruleId,
    verdict: raw.verdict,
    severity: SEVERITIES[raw.severity] ?? 'info',
    message: raw.message,
    latent: raw.latent ?? undefined,
    subject: { kind: raw.subjectKind, id: raw.subjectId, name: raw.subjectName },
    identityId: raw.identityId ?? undefined,
    scope: { id: raw.scopeId, name: raw.scopeName, sample: raw.sample },
    state: raw.state,
    openedAt: iso(raw.openedAt),
    changedAt: iso(raw.changedAt),
    resolvedAt: isoOr(raw.resolvedAt),
    // What is resolved says what was found then; only what is open is claimed now.
    stale: raw.state === 'open' ? verdicts.of(raw.scopeId, raw.subjectKind) : undefined,
    ...excepted,
    triage: triageOf(raw.triage),
  })
}

/** Rows as they are read, each told whether what it rests on is out of date, and what people have decided about it. */
export async function findingRows(rows: readonly RawFinding[], now?: Date): Promise<FindingRow[]> {
  const open = rows.filter(({ state }) => state === 'open')
  const ids = open.filter(({ anyException }) => anyException).map(({ id }) => id)
  const [verdicts, excepted] = await Promise.all([
    staleVerdicts(
      open.map(({ scopeId }) => scopeId),
      now,
    ),
    exceptionsOf(ids),
  ])
  return rows.map((raw) => findingRow(raw, { verdicts, excepted: excepted.get(raw.id) }))
}

const SHOWN_MAX = 200

/** The findings of one identity: open before resolved, worst first. The caller has checked who asks. */
export async function findingsOf(identityId: string, actor?: Actor): Promise<Bounded<FindingRow>> {
  const rows = await reader.$queryRaw<RawFinding[]>(Prisma.sql`
    SELECT ${findingColumns(actor)} FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.identity_id = ${identityId}::uuid
    ORDER BY f.state, f.verdict, f.severity, f.id LIMIT ${SHOWN_MAX + 1}::int`)
  return { rows: await findingRows(rows.slice(0, SHOWN_MAX)), more: rows.length > SHOWN_MAX }
}
