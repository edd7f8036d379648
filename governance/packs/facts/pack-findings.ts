// The verdicts that fail or cannot be told about the population of a pack, by the rules of its controls, in batches.
import type { FindingLine } from '@/evidence/report/facts'
import type { FindingRow } from '@/core/list'
import type { Evidence } from '@/core/rule'
import { reader } from '@/inventory/moment/at-moment'
import { findingColumns, findingRows, type RawFinding } from '@/inventory/queries/finding-row'
import { findingWhere } from '@/inventory/queries/finding-where'
import { mustRead } from '@/inventory/queries/visible'
import { Prisma } from '@/prisma/generated/client'
import { rules } from '@/rules'
import { controlsOf } from '../../frameworks/rules-of-controls'
import { rulesAsked } from '../controls'
import { eachBelonging, isWhole } from '../parts/population'
import type { PackAt } from '../part'

const BATCH = 1000

export type PackFinding = FindingRow & {
  revision: string
  evidence: Evidence[]
  subjectNativeId: string
  scopeNativeId: string
  connector: string
}
type Raw = RawFinding & {
  identityId: string
  revision: string
  evidence: Evidence[]
  subjectNativeId: string | null
  scopeNativeId: string
  connector: string
}

/** Over f (finding), s (its scope) and what it is about. */
const COLUMNS = Prisma.sql`${findingColumns()}, f.revision, f.evidence, s.native_id AS "scopeNativeId", s.connector_id AS connector,
  CASE f.subject_kind WHEN 'scope' THEN s.native_id
    WHEN 'identity' THEN (SELECT x.native_id FROM identity x WHERE x.id = f.subject_id)
    WHEN 'credential' THEN (SELECT x.native_id FROM credential x WHERE x.id = f.subject_id)
    ELSE (SELECT x.native_id FROM secret x WHERE x.id = f.subject_id) END AS "subjectNativeId", '{}'::text[] AS "placeValues"`

/** Condition over `finding f` of what a pack tells: what is open at its moment, by its rules. */
export async function packFindingsWhere({ actor, asked }: PackAt): Promise<Prisma.Sql> {
  const rule = rulesAsked(asked.controls)
  const { scope } = asked.filter
  const asks = { sort: 'severity' as const, ...(scope && { scope }) }
  // Controls that no rule speaks to have no findings.
  return findingWhere(actor, rule ? { ...asks, rule: rule.length ? rule : ['-'] } : asks)
}

async function readOut(raw: readonly Raw[]): Promise<PackFinding[]> {
  const rows = await findingRows(raw)
  return rows.map((row, at) => {
    const { revision, evidence, subjectNativeId, scopeNativeId, connector } = raw[at] as Raw
    return {
      ...row,
      ...{ revision, evidence, scopeNativeId, connector },
      subjectNativeId: subjectNativeId ?? row.subject.id,
    }
  })
}

async function* ofWhole(at: PackAt, where: Prisma.Sql): AsyncGenerator<Raw[]> {
  let after: string | undefined
  do {
    at.signal.throwIfAborted()
    const rows = await reader.$queryRaw<Raw[]>(Prisma.sql`
      SELECT ${COLUMNS} FROM finding f JOIN scope s ON s.id = f.scope_id
      WHERE ${where} ${after ? Prisma.sql`AND f.id > ${after}::uuid` : Prisma.empty} ORDER BY f.id LIMIT ${BATCH}::int`)
    if (rows.length) yield rows
    after = rows.length === BATCH ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
}

const ofSome = (at: PackAt, where: Prisma.Sql) =>
  eachBelonging<Raw>(at, 'f.identity_id, f.id', ({ ids, place, limit }) =>
    reader.$queryRaw<Raw[]>(Prisma.sql`
      SELECT ${COLUMNS} FROM finding f JOIN scope s ON s.id = f.scope_id
      WHERE f.identity_id = ANY(${ids}::uuid[]) AND ${where} AND ${place}
      ORDER BY f.identity_id, f.id LIMIT ${limit}::int`),
  )

export async function* eachPackFinding(at: PackAt): AsyncGenerator<PackFinding[]> {
  mustRead(at.actor, 'finding:read')
  const where = await packFindingsWhere(at)
  const batches = isWhole(at.asked.filter) ? ofWhole(at, where) : ofSome(at, where)
  for await (const raw of batches) yield await readOut(raw)
}

const TITLES = new Map(rules.map(({ meta }) => [meta.id, meta.title]))
export const titleOf = (ruleId: string): string => TITLES.get(ruleId) ?? ruleId

/** The same as formats list it. */
export const findingLine = (row: PackFinding): FindingLine => ({
  id: row.id,
  ruleId: row.ruleId,
  ruleTitle: titleOf(row.ruleId),
  revision: row.revision,
  verdict: row.verdict,
  severity: row.severity,
  message: row.message,
  subject: {
    id: row.subject.id,
    nativeId: row.subjectNativeId,
    name: row.subject.name,
    kind: row.subject.kind,
  },
  ...(row.identityId !== undefined && { identityId: row.identityId }),
  scope: { name: row.scope.name, nativeId: row.scopeNativeId, connector: row.connector },
  state: row.state,
  openedAt: row.openedAt,
  changedAt: row.changedAt,
  ...(row.resolvedAt !== undefined && { resolvedAt: row.resolvedAt }),
  ...(row.excepted && {
    excepted: {
      until: row.excepted.until,
      reason: row.excepted.reason,
      approvedBy: row.excepted.approvedBy,
    },
  }),
  controls: [...controlsOf(row.ruleId)],
})
