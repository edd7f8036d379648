// The exceptions about a population, as they stood at what was known: each with what of the population it covers.
import { reader } from '@/inventory/moment/at-moment'
import { storedFilterWhere } from '@/inventory/queries/finding-exceptions'
import { allOf } from '@/inventory/queries/sql'
import type { Exception } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import type { ExceptionState } from '../../exceptions/list-exceptions'
import { rulesAsked } from '../controls'
import type { PackAt } from '../part'
import { isWhole, ofPopulation, populationFrom, populationWhere } from './population'

const BATCH = 200

export type ExceptionRow = Exception & {
  /** As it stood at what was known, worked out from its instants. */
  stateThen: ExceptionState
  /** Open findings of the population that it speaks of. */
  covers: number
}

const notAfter = (date: Date | null, known: Date): Date | null =>
  date !== null && date <= known ? date : null

/** What was said of it later nobody knew then. */
export function exceptionAt(row: Exception, known: Date): Exception & { stateThen: ExceptionState } {
  const decidedAt = notAfter(row.decidedAt, known)
  const endedAt = notAfter(row.endedAt, known)
  const approvedAt = notAfter(row.approvedAt, known)
  const then = {
    ...row,
    ...{ decidedAt, endedAt, approvedAt },
    ...(!decidedAt && { deciderId: null, deciderName: null, decisionNote: null }),
    ...(!endedAt && { endedBy: null, endedWhy: null }),
  }
  const over = row.expiresAt <= known
  const stateThen: ExceptionState = endedAt
    ? approvedAt
      ? 'ended'
      : 'withdrawn'
    : decidedAt && !approvedAt
      ? 'refused'
      : over
        ? 'expired'
        : approvedAt
          ? 'approved'
          : 'asked'
  return { ...then, stateThen }
}

/** In a period: what counted or was asked for in it. Without one: what counts or waits. */
const isTold = (row: ReturnType<typeof exceptionAt>, from: Date | undefined): boolean => {
  if (!from) return row.stateThen === 'approved' || row.stateThen === 'asked'
  const end = row.endedAt ?? (row.decidedAt && !row.approvedAt ? row.decidedAt : row.expiresAt)
  return end >= from
}

/** Over `finding f`: open findings of the population. */
async function findingsOfPopulation(at: PackAt): Promise<Prisma.Sql> {
  const { scope } = at.asked.filter
  const open = Prisma.sql`f.state = 'open'`
  if (isWhole(at.asked.filter) && !scope) return open
  const of = await populationWhere(at)
  return Prisma.sql`${open} AND f.identity_id IN (SELECT i.id FROM ${populationFrom(of)} WHERE ${of})`
}

async function countCovered(row: Exception, of: Prisma.Sql): Promise<number> {
  const about = row.findingId
    ? Prisma.sql`f.id = ${row.findingId}::uuid`
    : row.identityId
      ? Prisma.sql`f.identity_id = ${row.identityId}::uuid`
      : await storedFilterWhere(row.filter)
  const where = allOf([about, Prisma.sql`f.rule_id = ANY(${row.rules}::text[])`, of])
  const [found] = await reader.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM finding f WHERE ${where}`)
  return found?.count ?? 0
}

/** Identities behind exceptions about one finding, whether or not it is still open. */
async function identitiesOf(rows: readonly Exception[]): Promise<Map<string, string | null>> {
  const ids = rows.flatMap(({ findingId }) => findingId ?? [])
  if (!ids.length) return new Map()
  const found = await reader.$queryRaw<{ id: string; identityId: string | null }[]>(Prisma.sql`
    SELECT f.id, f.identity_id AS "identityId" FROM finding f WHERE f.id = ANY(${ids}::uuid[])`)
  return new Map(found.map(({ id, identityId }) => [id, identityId]))
}

async function told(at: PackAt, rows: readonly Exception[]): Promise<ExceptionRow[]> {
  const { moment, from, filter, controls } = at.asked
  const known = new Date(moment.known)
  const wanted = rulesAsked(controls)
  const then = rows
    .filter((row) => !wanted || row.rules.some((rule) => wanted.includes(rule)))
    .map((row) => exceptionAt(row, known))
    .filter((row) => isTold(row, from === undefined ? undefined : new Date(from)))
  const [byFinding, of] = [await identitiesOf(then), await findingsOfPopulation(at)]
  const aboutOf = (row: Exception) => row.identityId ?? byFinding.get(row.findingId ?? '')
  const mine = await ofPopulation(at, then.map(aboutOf), { gone: true })
  const all = isWhole(filter) && !filter.scope
  const found: ExceptionRow[] = []
  for (const row of then) {
    const covers = await countCovered(row, of)
    if (all || covers > 0 || mine.has(aboutOf(row) ?? '')) found.push({ ...row, covers })
  }
  return found
}

export async function* eachPackException(at: PackAt): AsyncGenerator<ExceptionRow[]> {
  authorise(at.actor, 'exception:read')
  let after: string | undefined
  do {
    at.signal.throwIfAborted()
    const rows = await at.snapshot.exception.findMany({
      where: { askedAt: { lte: at.asked.moment.known }, ...(after && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: BATCH,
    })
    const found = await told(at, rows)
    if (found.length) yield found
    after = rows.length === BATCH ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
}
