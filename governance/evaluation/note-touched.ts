// What became known since this was last asked, and whatever joins lead to from there, noted for the scopes it is of: once for
// all of them, so that a scope pays for what moved in it and not for what moved elsewhere.
import type { Tx } from '@/prisma/client'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Joins are followed so far, as they are where facts are read. */
const HOPS_MAX = 8
/** Of what is told beside something that moved. */
const BESIDE_HOPS = 2
/** Longest that spreading may take; a scope that waits for it waits for what it needs. */
const TIMEOUT_MS = 30 * 60_000
/** From so many on the planner is told how many there are. */
const MANY = 5000

export type Noted = {
  /** Everything that became known up to then is noted. */
  settled: Date
  /** Everything noted up to this pass counts; what is noted later is for the next time. */
  pass: bigint
}

const union = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ' UNION ALL ')

/**
 * Versions that began or ended since: also those of what belonged to somebody else before, and those of scopes that nobody has
 * judged yet, for others may rest on them already.
 */
const moved = (table: string, columns: string, since: Date): Prisma.Sql => {
  const [name, what] = [Prisma.raw(table), Prisma.raw(columns)]
  return Prisma.sql`
    SELECT ${what} FROM public.${name} t WHERE t.known_from > ${since}::timestamptz
    UNION ALL SELECT ${what} FROM past.${name} t WHERE t.known_to > ${since}::timestamptz`
}

const OWNED = ['credential', '"grant"', 'trust', 'usage', 'owner_hint']
const JOINED = ['identity', 'credential', 'workload', 'secret', 'issuer']

/** What moved, and leads on to what it is joined to. */
const leading = (since: Date): Prisma.Sql => Prisma.sql`
  SELECT id FROM (${union(JOINED.map((table) => moved(table, 't.id', since)))}) m
  UNION ALL SELECT unnest(ARRAY[t.from_row_id, t.from_identity_id, t.to_row_id, t.to_identity_id])
    FROM (${moved('edge', 't.from_row_id, t.from_identity_id, t.to_row_id, t.to_identity_id', since)}) t
  UNION ALL SELECT i.id FROM (SELECT t.scope_id, unnest(t.uses) AS used
      FROM (${moved('workload', 't.scope_id, t.uses', since)}) t) w
    JOIN identity i ON i.scope_id = w.scope_id AND (i.native_id = w.used OR i.aliases @> ARRAY[w.used])`

/** Of what something moved that is told of it alone. */
const owning = (since: Date): Prisma.Sql => Prisma.sql`
  SELECT i.id FROM (${moved('identity', 't.id', since)}) x JOIN identity i ON i.predecessor_id = x.id
  UNION ALL SELECT identity_id FROM (${union(OWNED.map((table) => moved(table, 't.identity_id', since)))}) o
  UNION ALL SELECT identity_id FROM ownership_change WHERE known_at > ${since}::timestamptz
  UNION ALL SELECT o.identity_id FROM directory_change d
    JOIN ownership o ON o.person_id = d.who_id OR o.team_id = d.who_id WHERE d.known_at > ${since}::timestamptz
  UNION ALL SELECT h.identity_id FROM directory_change d JOIN owner_hint h ON lower(h.value) = d.email
    WHERE d.known_at > ${since}::timestamptz AND d.email <> ''`

/** What acts as something of the last hop, by whichever side says so. */
const acting = (hop: number): Prisma.Sql => Prisma.sql`
  SELECT e.from_identity_id FROM front f JOIN edge e ON e.to_identity_id = f.id WHERE f.hop = ${hop} AND e.means = 'becomes-this'
  UNION ALL SELECT e.from_identity_id FROM front f JOIN edge e ON e.to_row_id = f.id WHERE f.hop = ${hop} AND e.means = 'becomes-this'
  UNION ALL SELECT e.to_identity_id FROM front f JOIN edge e ON e.from_identity_id = f.id
    WHERE f.hop = ${hop} AND e.means = 'this-becomes'
  UNION ALL SELECT e.to_identity_id FROM front f JOIN edge e ON e.from_row_id = f.id WHERE f.hop = ${hop} AND e.means = 'this-becomes'`

/** What else tells something of a thing that moved: who names it, what it is a copy of, who can come to it and to whom it can. */
const beside = (hop: number): Prisma.Sql => Prisma.sql`
  SELECT unnest(ARRAY[e.from_row_id, e.from_identity_id]) FROM front f JOIN edge e ON e.to_row_id = f.id WHERE f.hop = ${hop}
  UNION ALL SELECT unnest(ARRAY[e.from_row_id, e.from_identity_id]) FROM front f JOIN edge e ON e.to_identity_id = f.id
    WHERE f.hop = ${hop}
  UNION ALL SELECT unnest(ARRAY[e.to_row_id, e.to_identity_id]) FROM front f JOIN edge e ON e.from_row_id = f.id WHERE f.hop = ${hop}
  UNION ALL SELECT s.from_id FROM front f JOIN access_step s ON s.to_id = f.id WHERE f.hop = ${hop}
  UNION ALL SELECT s.to_id FROM front f JOIN access_step s ON s.from_id = f.id WHERE f.hop = ${hop}`

/** Secrets of one name in one place: the copy, and what makes it. */
const namesakes = (hop: number): Prisma.Sql => Prisma.sql`
  SELECT o.row_id FROM front f JOIN join_key k ON k.row_id = f.id
    JOIN join_key o ON (o.type, o.value, o.scope_id) = (k.type, k.value, k.scope_id)
  WHERE f.hop = ${hop} AND k.kind = 'secret' AND o.kind = 'secret' AND o.row_id <> k.row_id`

/** @returns how many were not in front before */
async function take(tx: Tx, hop: number, question: Prisma.Sql): Promise<number> {
  const count = await tx.$executeRaw`
    INSERT INTO front (id, hop) SELECT DISTINCT id, ${hop}::int FROM (${question}) q (id) WHERE id IS NOT NULL
    ON CONFLICT DO NOTHING`
  if (count >= MANY) await tx.$executeRaw`ANALYZE front`
  return count
}

/** What has to be judged anew, as far as anything leads to it, into the table `front`. */
async function spread(tx: Tx, since: Date): Promise<void> {
  await tx.$executeRaw`CREATE TEMPORARY TABLE front (id uuid PRIMARY KEY, hop int NOT NULL) ON COMMIT DROP`
  let fresh = await take(tx, 0, leading(since))
  for (let hop = 0; fresh && hop < HOPS_MAX; hop++)
    fresh = await take(
      tx,
      hop + 1,
      hop < BESIDE_HOPS ? union([acting(hop), beside(hop), namesakes(hop)]) : acting(hop),
    )
  await take(tx, HOPS_MAX + 1, owning(since))
  // What belongs to the same is told beside each other; and where what it belongs to is gone, it is judged by itself.
  await take(
    tx,
    HOPS_MAX + 2,
    Prisma.sql`SELECT c.id FROM front f JOIN credential c ON c.identity_id = f.id WHERE c.retired_at IS NULL`,
  )
}

const SUBJECTS = ['identity', 'credential', 'secret', 'subject_state'].map(
  (table) => Prisma.sql`SELECT t.scope_id, t.id FROM front f JOIN ${Prisma.raw(table)} t ON t.id = f.id`,
)
/** Of scopes that are being taken away nothing is noted. */
const note = (tx: Tx, pass: bigint) => tx.$executeRaw`
  WITH judged AS MATERIALIZED (
    SELECT s.id AS scope_id FROM scope s JOIN evaluation e ON e.scope_id = s.id FOR KEY SHARE OF s SKIP LOCKED)
  INSERT INTO touched (scope_id, id, pass)
  SELECT DISTINCT t.scope_id, t.id, ${pass}::bigint FROM (${union(SUBJECTS)}) t JOIN judged j ON j.scope_id = t.scope_id
  ON CONFLICT (scope_id, id) DO UPDATE SET pass = excluded.pass`

/** Asked of each table by itself, so that where nothing moved the answer costs next to nothing. */
async function anyMoved(tx: Tx, since: Date): Promise<boolean> {
  const after = (table: string, column: string) => Prisma.sql`
    EXISTS (SELECT 1 FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(column)} > ${since}::timestamptz)`
  const versions = [...new Set([...JOINED, ...OWNED, 'edge'])].flatMap((table) => [
    after(`public.${table}`, 'known_from'),
    after(`past.${table}`, 'known_to'),
  ])
  const changes = ['ownership_change', 'directory_change'].map((table) => after(table, 'known_at'))
  const [found] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT ${Prisma.join([...versions, ...changes], ' OR ')} AS any`
  return found?.any ?? true
}

/** Notes what has to be judged anew in every scope that was judged before. */
export const noteTouched = (): Promise<Noted> =>
  db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 7)`
      // Before anything is read: what becomes known later is for the next time.
      const [now] = await tx.$queryRaw<{ settled: Date }[]>`SELECT knowledge_settled() AS settled`
      const settled = now?.settled ?? new Date(0)
      const [before] = await tx.$queryRaw<{ pass: bigint; since: Date | null }[]>`
        SELECT coalesce((SELECT pass FROM touched_up_to), 0) AS pass,
          coalesce((SELECT settled_at FROM touched_up_to), (SELECT min(settled_at) FROM evaluation)) AS since`
      let pass = before?.pass ?? 0n
      if (before?.since && (await anyMoved(tx, before.since))) {
        pass++
        await spread(tx, before.since)
        await note(tx, pass)
      }
      await tx.$executeRaw`
        INSERT INTO touched_up_to AS t (pass, settled_at) VALUES (${pass}::bigint, ${settled}::timestamptz)
        ON CONFLICT (id) DO UPDATE SET pass = excluded.pass, settled_at = greatest(t.settled_at, excluded.settled_at)`
      return { settled, pass }
    },
    { timeout: TIMEOUT_MS, maxWait: 60_000 },
  )
