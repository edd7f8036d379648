// Lays what was read from each source beside what is held, kind by kind: a difference that nobody explains is a gap.
import type { SourceLine } from '@/evidence/report/facts'
import type { Kind } from '@/core/observation'
import { BEYOND } from '@/core/upstream'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { PackAt } from '../part'
import { isWhole, populationFrom, populationWhere } from '../parts/population'
import { eachLook, instantOr, refusedIn, type LookRow } from './looks'

/** Under what a kind of observation is held. */
const TABLES: Readonly<Record<Kind, string>> = {
  identity: 'identity',
  credential: 'credential',
  workload: 'workload',
  entitlement: 'entitlement',
  grant: '"grant"',
  trust: 'trust',
  usage: 'usage',
  'owner-hint': 'owner_hint',
  secret: 'secret',
  issuer: 'issuer',
}

/** By scope, then kind and stream. */
type Counts = ReadonlyMap<string, number>
const keyOf = (...parts: string[]) => parts.join('\n')

async function heldIn(scopeIds: readonly string[]): Promise<Counts> {
  const of = Object.entries(TABLES).map(
    ([kind, table]) => Prisma.sql`
      SELECT ${kind}::text AS kind, x.scope_id AS "scopeId", x.stream, count(*)::int AS count FROM ${Prisma.raw(table)} x
      WHERE x.scope_id = ANY(${[...scopeIds]}::uuid[]) AND x.retired_at IS NULL GROUP BY x.scope_id, x.stream`,
  )
  const rows = await reader.$queryRaw<{ kind: string; scopeId: string; stream: string; count: number }[]>(
    Prisma.join(of, ' UNION ALL '),
  )
  return new Map(rows.map(({ kind, scopeId, stream, count }) => [keyOf(scopeId, kind, stream), count]))
}

/** Of those that are there, how many the filter lets through, by scope. */
async function fittingIn(at: PackAt, scopeIds: readonly string[]): Promise<Counts | undefined> {
  if (isWhole(at.asked.filter)) return undefined
  const where = await populationWhere(at)
  const rows = await reader.$queryRaw<{ scopeId: string; count: number }[]>(Prisma.sql`
    SELECT i.scope_id AS "scopeId", count(*)::int AS count FROM ${populationFrom(where)}
    WHERE ${where} AND i.scope_id = ANY(${[...scopeIds]}::uuid[]) AND i.retired_at IS NULL GROUP BY i.scope_id`)
  return new Map(rows.map(({ scopeId, count }) => [scopeId, count]))
}

export type Reconciled = SourceLine & {
  /** Rows of which nobody says why they differ. */ unexplained: number
}

/** What is not of the filter is held and not in the pack. */
const ofFilter = (held: number, fitting: number) =>
  held > fitting ? [{ count: held - fitting, why: 'the filter of this pack leaves them out' }] : []

/**
 * A newer look that was cut short adds, and takes nothing away. Where the newest look was complete, what it read is what is
 * held, but for what the source has said to have ended since, which is not counted: that is said to be unexplained.
 */
function differenceOf(looks: readonly LookRow[], read: number | undefined, held: number) {
  if (read === undefined || read === held) return { why: [], unexplained: 0 }
  const isNewer = looks.some(({ at, completeAt }) => at && completeAt && at > completeAt)
  const count = Math.abs(held - read)
  if (isNewer && held > read)
    return { why: [{ count, why: 'seen by later looks that were cut short' }], unexplained: 0 }
  return { why: [], unexplained: count }
}

const isBeyond = ({ state, why }: LookRow) =>
  state === 'partial' && why !== null && (BEYOND as readonly string[]).includes(why)
const oldest = (dates: (Date | null)[]) => (dates.some((one) => one === null) ? undefined : least(dates))
const least = (dates: (Date | null)[]) =>
  dates.flatMap((one) => one ?? []).sort((a, b) => a.getTime() - b.getTime())[0]
const newest = (dates: (Date | null)[]) =>
  dates.flatMap((one) => one ?? []).sort((a, b) => b.getTime() - a.getTime())[0]

function lineOf(looks: readonly LookRow[], held: Counts, fitting: Counts | undefined): Reconciled {
  const first = looks[0]
  if (!first) throw new Error('a line is of one look at least')
  const { scopeId, kind } = first
  const told = looks.filter((one) => !isBeyond(one))
  const rows = looks.reduce(
    (sum, { stream }) => sum + (held.get(keyOf(scopeId, kind ?? '', stream ?? '')) ?? 0),
    0,
  )
  const counts = looks.map(({ read }) => read)
  // One stream that was never seen whole, and it is not known how many there are.
  const read = counts.some((one) => one === null)
    ? undefined
    : counts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const { why: excluded, unexplained } = differenceOf(looks, read, rows)
  const incomplete = looks.find(({ state, gaps }) => state === 'partial' || gaps?.length)
  const isComplete = looks.every(({ state }) => state === 'complete')
  const completeAt = instantOr(oldest(looks.map((one) => one.completeAt)) ?? null)
  const lookedAt = instantOr(newest(looks.map((one) => one.at)) ?? null)
  const isNever = (told.length ? told : looks).every((one) => one.completeAt === null)
  return {
    connection: first.connection,
    connector: first.connector,
    scope: first.scope,
    scopeNativeId: first.scopeNativeId,
    kind: kind ?? 'everything',
    ...(read !== undefined && { read }),
    held: rows,
    excluded: [
      ...excluded,
      ...(kind === 'identity' && fitting ? ofFilter(rows, fitting.get(scopeId) ?? 0) : []),
    ],
    refused: looks.flatMap(refusedIn),
    state: isComplete ? 'complete' : isNever ? 'never' : 'partial',
    ...(lookedAt !== undefined && { lookedAt }),
    ...(completeAt !== undefined && { completeAt }),
    ...(incomplete && { why: whyOf(incomplete) }),
    unexplained,
  }
}

const whyOf = ({ state, why, permission, detail, gaps }: LookRow): string =>
  state === 'partial'
    ? [why, permission && detail?.startsWith(permission) ? '' : permission, detail].filter(Boolean).join(', ')
    : `single questions were refused: ${(gaps ?? []).map((gap) => `${gap.permission} (${gap.why})`).join(', ')}`

/** Looks of one scope and kind, in the order in which they come. */
function grouped(rows: readonly LookRow[]): LookRow[][] {
  const groups = new Map<string, LookRow[]>()
  for (const row of rows) {
    const key = keyOf(row.scopeId, row.kind ?? '')
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

/**
 * One line for each scope and kind. No API that is read today tells how many there are in all, so `reported` is left out: that
 * is not known, and not none.
 */
export async function* reconcile(at: PackAt): AsyncGenerator<Reconciled[]> {
  for await (const looks of eachLook(at)) {
    const ids = [...new Set(looks.map(({ scopeId }) => scopeId))]
    const [held, fitting] = await Promise.all([heldIn(ids), fittingIn(at, ids)])
    yield grouped(looks).map((group) => lineOf(group, held, fitting))
  }
}
