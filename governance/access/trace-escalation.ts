// How many steps each thing is from being administrator, of a scope or a part of it: from there backwards, step by step.
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Longer ways than this are not followed: nobody would take them, and none was ever found in the field. */
export const HOPS_MAX = 8
/** Longest that making all distances anew may take. */
const TIMEOUT_MS = 30 * 60_000

type Pass = { hops: 'hops' | 'open_hops'; step: 'step_id' | 'open_step_id'; certain: boolean }
const PASSES: readonly Pass[] = [
  { hops: 'hops', step: 'step_id', certain: true },
  { hops: 'open_hops', step: 'open_step_id', certain: false },
]

/** Told in the transaction that writes: nothing is written of which nobody hears. */
export type Told = (tx: Tx, changed: string[]) => Promise<void>

/** Where something differs since distances were last made. Until they are made, what is new there counts as not judged. */
export const untraced = async (): Promise<boolean> =>
  (await db.accessAnalysis.findFirst({ where: { traced: false }, select: { scopeId: true } })) !== null

/** When this process last made them, and how long that took, in milliseconds. */
const last = { endedAt: 0, tookMs: 0 }
/** Where they are made again and again, for one scope after the other, this share of the time goes into it at most. */
const SHARE_MAX = 0.2
/** What takes no longer is never dear. */
const CHEAP_MS = 2000
const isDear = (): boolean =>
  last.tookMs > CHEAP_MS && performance.now() - last.endedAt < last.tookMs * (1 / SHARE_MAX - 1)

/**
 * Makes the distances of all identities anew, unless nothing differs. Safe to repeat and to interrupt: an analysis that comes
 * meanwhile says again that something differs.
 * @param putOff asked where that would be dear just now; until it is done, what is new counts as not judged
 * @returns undefined where it was put off
 */
export async function traceWhatDiffers(
  told?: Told,
  putOff?: () => Promise<boolean>,
): Promise<string[] | undefined> {
  if (!(await untraced())) return []
  if (isDear() && (await putOff?.())) return undefined
  const began = performance.now()
  const changed = await db.$transaction(
    async (tx) => {
      const moved = await traceEscalation(tx)
      if (moved.length) await told?.(tx, moved)
      return moved
    },
    { timeout: TIMEOUT_MS, maxWait: 60_000 },
  )
  last.endedAt = performance.now()
  last.tookMs = last.endedAt - began
  return changed
}

/**
 * Makes the distances of all identities anew and writes those that differ.
 * @returns scopes in which an identity is nearer or farther than before, or new
 */
export async function traceEscalation(tx: Tx): Promise<string[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 2)`
  // First of all: what is written after this is for the next time.
  const scopes = await tx.$queryRaw<{ id: string }[]>`
    UPDATE access_analysis SET traced = true WHERE NOT traced RETURNING scope_id AS id`
  const changed = new Set<string>()
  for (const pass of PASSES) for (const scope of await trace(tx, pass)) changed.add(scope)
  for (const scope of await known(
    tx,
    scopes.map(({ id }) => id),
  ))
    changed.add(scope)
  return [...changed]
}

/** What is new in these scopes has its distances now, be it that there are none. */
async function known(tx: Tx, scopes: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH new AS (
      UPDATE access_verdict SET traced = true WHERE NOT traced AND scope_id = ANY(${[...scopes]}::uuid[]) RETURNING scope_id
    ) SELECT DISTINCT scope_id AS id FROM new`
  return rows.map(({ id }) => id)
}

const column = (name: string) => Prisma.raw(name)

async function trace(tx: Tx, { hops, step, certain }: Pass): Promise<string[]> {
  const table = Prisma.raw(`near_${hops}`)
  const follows = certain ? Prisma.sql`s.certainty <> 'depends'` : Prisma.sql`TRUE`
  await tx.$executeRaw`CREATE TEMPORARY TABLE ${table} (id uuid PRIMARY KEY, hops int, step_id uuid) ON COMMIT DROP`
  let reached = await tx.$executeRaw`
    INSERT INTO ${table}
    SELECT identity_id, 0, NULL FROM access_verdict WHERE ${column(certain ? 'certain' : 'possible')} = 'administrator'
    UNION ALL
    SELECT DISTINCT ON (s.from_id) s.from_id, 1, s.id FROM access_step s
    WHERE s.to_kind = 'administrator' AND ${follows} AND NOT EXISTS (SELECT 1 FROM access_verdict v
      WHERE v.identity_id = s.from_id AND v.${column(certain ? 'certain' : 'possible')} = 'administrator')`
  // The first two rounds start from what is there already: administrators, and those who take one step to be one.
  for (let hop = 1; hop <= HOPS_MAX && (hop <= 2 || reached > 0); hop++)
    reached = await tx.$executeRaw`
      INSERT INTO ${table} SELECT DISTINCT ON (s.from_id) s.from_id, ${hop}::int, s.id
      FROM ${table} n JOIN access_step s ON s.to_id = n.id
      WHERE n.hops = ${hop - 1}::int AND ${follows} AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.id = s.from_id)
      ORDER BY s.from_id, s.certainty DESC, s.id`
  const rows = await tx.$queryRaw<{ scopeId: string }[]>`
    WITH wanted AS (
      SELECT v.identity_id, n.hops, n.step_id FROM access_verdict v LEFT JOIN ${table} n ON n.id = v.identity_id
      WHERE (v.${column(hops)}, v.${column(step)}) IS DISTINCT FROM (n.hops, n.step_id)
    ), written AS (
      UPDATE access_verdict v SET ${column(hops)} = w.hops, ${column(step)} = w.step_id FROM wanted w
      WHERE v.identity_id = w.identity_id RETURNING v.scope_id
    ) SELECT DISTINCT scope_id AS "scopeId" FROM written`
  return rows.map(({ scopeId }) => scopeId)
}
