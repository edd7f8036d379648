// Rows of a comparison as people read them: with the names of what they belong to, and field by field what changed.
import type { DiffField, DiffKind, DiffRow, DiffWord } from '@/core/diff'
import { SEVERITIES } from '@/core/rule'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { Between } from './diff-between'
import type { RawDiff } from './diff-sql'
import { holdsAt, literal } from './diff-where'
import { docDifferences } from './doc-changes'
import { compact, iso } from './sql'

export type Found = { kind: DiffKind; raw: RawDiff & { what: DiffWord } }

const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

/** The newest version known at the later moment names a thing, also one that is gone since. */
async function newest<R extends { id: string }>(
  table: 'identity' | 'scope',
  columns: string,
  ids: string[],
  { to }: Between,
): Promise<Map<string, R>> {
  if (!ids.length) return new Map()
  const rows = await reader.$queryRaw<R[]>(Prisma.sql`
    SELECT DISTINCT ON (v.id) v.id, ${Prisma.raw(columns)} FROM ${Prisma.raw(`version.${table}`)} v
    WHERE v.id = ANY(${ids}::uuid[]) AND v.known_from <= ${Prisma.raw(literal(to.known))}
    ORDER BY v.id, v.known_from DESC, v.valid_from DESC`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What an identity was last called. */
export async function identityNamed(
  id: string | undefined,
  between: Between,
): Promise<{ id: string; name: string } | undefined> {
  if (!id) return undefined
  return (await newest<{ id: string; name: string }>('identity', 'v.name', [id], between)).get(id)
}

type RunOf = { id: string; sourceId: string; source: string }
async function runsOf(ids: string[], { to }: Between): Promise<Map<string, RunOf>> {
  if (!ids.length) return new Map()
  const rows = await reader.$queryRaw<RunOf[]>(Prisma.sql`
    SELECT r.id, c.id AS "sourceId", c.name AS source FROM version.run r
    JOIN version.connection c ON c.id = r.connection_id AND ${Prisma.raw(holdsAt('c', to))}
    WHERE r.id = ANY(${ids}::uuid[]) AND ${Prisma.raw(holdsAt('r', to))}`)
  return new Map(rows.map((row) => [row.id, row]))
}

const severityName = (value: unknown): unknown => (typeof value === 'number' ? SEVERITIES[value] : value)
const inWords = (doc: Record<string, unknown>) =>
  'severity' in doc ? { ...doc, severity: severityName(doc.severity) } : doc

function changesOf({ raw }: Found, nameOf: (id: string | null) => string): DiffField[] {
  const { before, after, identityBefore, identityId } = raw
  if (!before || !after) return []
  const moved: DiffField[] =
    identityBefore === identityId
      ? []
      : [{ field: 'belongsTo', from: nameOf(identityBefore), to: nameOf(identityId) }]
  return [...moved, ...docDifferences(inWords(before), inWords(after))]
}

export async function diffRowsOf(found: readonly Found[], between: Between): Promise<DiffRow[]> {
  const of = (pick: (raw: RawDiff) => string | null) => distinct(found.map(({ raw }) => pick(raw)))
  const identityIds = [...new Set([...of((r) => r.identityId), ...of((r) => r.identityBefore)])]
  const [identities, scopes, runs] = await Promise.all([
    newest<{ id: string; name: string }>('identity', 'v.name', identityIds, between),
    newest<{ id: string; name: string; sample: boolean }>(
      'scope',
      'v.name, v.sample',
      of((r) => r.scopeId),
      between,
    ),
    runsOf(
      of((r) => r.runId),
      between,
    ),
  ])
  const nameOf = (id: string | null) => (id === null ? 'none' : (identities.get(id)?.name ?? id))
  return found.map((one) => {
    const { kind, raw } = one
    const identity = raw.identityId ? { id: raw.identityId, name: nameOf(raw.identityId) } : undefined
    return compact<DiffRow>({
      kind,
      what: raw.what,
      id: raw.id,
      name: raw.name || (identity?.name ?? ''),
      identity,
      scope: raw.scopeId ? scopes.get(raw.scopeId) : undefined,
      removed: raw.removed || undefined,
      trueAt: iso(raw.trueAt),
      knownAt: iso(raw.knownAt),
      changes: changesOf(one, nameOf),
      run: raw.runId ? runs.get(raw.runId) : undefined,
      rule:
        raw.ruleId && raw.verdict
          ? { id: raw.ruleId, severity: SEVERITIES[raw.severity ?? 4] ?? 'info', verdict: raw.verdict }
          : undefined,
    })
  })
}
