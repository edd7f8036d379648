// What became known since a scope was last judged, as ids of what has to be judged anew: its own, and what joins lead to.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

type Client = Pick<Tx, '$queryRaw'>

/** Joins are followed so far, as they are where facts are read. */
const HOPS_MAX = 8

const union = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ' UNION ALL ')

/** Versions that began or ended since: also those of what belonged to somebody else before. */
const moved = (table: string, columns: string, since: Date, scopeId?: string): Prisma.Sql => {
  const own = scopeId === undefined ? Prisma.empty : Prisma.sql`t.scope_id = ${scopeId}::uuid AND`
  const [name, what] = [Prisma.raw(table), Prisma.raw(columns)]
  return Prisma.sql`
    SELECT ${what} FROM public.${name} t WHERE ${own} t.known_from > ${since}::timestamptz
    UNION ALL SELECT ${what} FROM past.${name} t WHERE ${own} t.known_to > ${since}::timestamptz`
}

const OWNED = ['credential', '"grant"', 'trust', 'usage', 'owner_hint']
const JOINED = ['identity', 'credential', 'workload', 'secret', 'issuer']

/** What moved in the scope itself. */
const within = (scopeId: string, since: Date, upTo: bigint): Prisma.Sql => Prisma.sql`
  SELECT id FROM (${moved('credential', 't.id', since, scopeId)}) c
  UNION ALL SELECT id FROM (${moved('secret', 't.id', since, scopeId)}) s
  UNION ALL SELECT i.id FROM (${moved('identity', 't.id', since, scopeId)}) x JOIN identity i ON i.predecessor_id = x.id
  UNION ALL SELECT identity_id FROM (${union(OWNED.map((table) => moved(table, 't.identity_id', since, scopeId)))}) o
  UNION ALL SELECT a.identity_id FROM access_change a WHERE a.scope_id = ${scopeId}::uuid AND a.id <= ${upTo}::bigint
  UNION ALL SELECT i.id FROM ownership_change c JOIN identity i ON i.id = c.identity_id
    WHERE c.known_at > ${since}::timestamptz AND i.scope_id = ${scopeId}::uuid
  UNION ALL SELECT i.id FROM directory_change d
    JOIN ownership o ON o.person_id = d.who_id OR o.team_id = d.who_id
    JOIN identity i ON i.id = o.identity_id
    WHERE d.known_at > ${since}::timestamptz AND i.scope_id = ${scopeId}::uuid
  UNION ALL SELECT h.identity_id FROM directory_change d JOIN owner_hint h ON lower(h.value) = d.email
    WHERE d.known_at > ${since}::timestamptz AND d.email <> '' AND h.identity_id IS NOT NULL
      AND h.scope_id = ${scopeId}::uuid`

/** What moved anywhere that facts of the scope may be joined to. */
const anywhere = (since: Date): Prisma.Sql => Prisma.sql`
  SELECT id FROM (${union(JOINED.map((table) => moved(table, 't.id', since)))}) m
  UNION ALL SELECT unnest(ARRAY[t.from_row_id, t.from_identity_id, t.to_row_id, t.to_identity_id])
    FROM (${moved('edge', 't.from_row_id, t.from_identity_id, t.to_row_id, t.to_identity_id', since)}) t
  UNION ALL SELECT i.id FROM (SELECT t.scope_id, unnest(t.uses) AS used
      FROM (${moved('workload', 't.scope_id, t.uses', since)}) t) w
    JOIN identity i ON i.scope_id = w.scope_id AND (i.native_id = w.used OR i.aliases @> ARRAY[w.used])`

/** What acts as something, by whichever side says so. */
const acting = (front: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT e.from_identity_id AS id FROM edge e WHERE e.to_identity_id = ANY(${front}::uuid[]) AND e.means = 'becomes-this'
  UNION ALL SELECT e.from_identity_id FROM edge e WHERE e.to_row_id = ANY(${front}::uuid[]) AND e.means = 'becomes-this'
  UNION ALL SELECT e.to_identity_id FROM edge e WHERE e.from_identity_id = ANY(${front}::uuid[]) AND e.means = 'this-becomes'
  UNION ALL SELECT e.to_identity_id FROM edge e WHERE e.from_row_id = ANY(${front}::uuid[]) AND e.means = 'this-becomes'`

/** What else tells something of a thing that moved: who names it, what it is a copy of, who can come to it and to whom it can. */
const beside = (front: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT unnest(ARRAY[e.from_row_id, e.from_identity_id]) FROM edge e WHERE e.to_row_id = ANY(${front}::uuid[])
  UNION ALL SELECT unnest(ARRAY[e.from_row_id, e.from_identity_id]) FROM edge e WHERE e.to_identity_id = ANY(${front}::uuid[])
  UNION ALL SELECT unnest(ARRAY[e.to_row_id, e.to_identity_id]) FROM edge e WHERE e.from_row_id = ANY(${front}::uuid[])
  UNION ALL SELECT s.from_id FROM access_step s WHERE s.to_id = ANY(${front}::uuid[])
  UNION ALL SELECT s.to_id FROM access_step s WHERE s.from_id = ANY(${front}::uuid[])`

/** Secrets of one name in one place: the copy, and what makes it. */
const namesakes = (front: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT o.row_id FROM join_key k JOIN join_key o ON (o.type, o.value, o.scope_id) = (k.type, k.value, k.scope_id)
  WHERE k.row_id = ANY(${front}::uuid[]) AND k.kind = 'secret' AND o.kind = 'secret' AND o.row_id <> k.row_id`

/**
 * Ids of identities, credentials and secrets of the scope, some of them perhaps gone.
 * @param since up to which all that became known has been judged
 * @param upTo the last change that analyses have noted
 */
export async function touchedSince(
  tx: Client,
  scopeId: string,
  since: Date,
  upTo: bigint,
): Promise<string[]> {
  const touched = new Set<string>()
  const take = (rows: readonly { id: string | null }[]): string[] => {
    const fresh: string[] = []
    for (const { id } of rows)
      if (id !== null && !touched.has(id)) {
        touched.add(id)
        fresh.push(id)
      }
    return fresh
  }
  const ask = (question: Prisma.Sql) =>
    tx.$queryRaw<{ id: string | null }[]>`SELECT DISTINCT id FROM (${question}) q (id)`
  let front = take(await ask(anywhere(since)))
  for (let hop = 0; front.length && hop < HOPS_MAX; hop++) {
    const ways = hop < 2 ? [acting(front), beside(front), namesakes(front)] : [acting(front)]
    front = take(await ask(union(ways)))
  }
  take(await ask(within(scopeId, since, upTo)))
  // What belongs to the same is told beside each other; and where what it belongs to is gone, it is judged by itself.
  take(
    await ask(Prisma.sql`SELECT c.id FROM credential c WHERE c.identity_id = ANY(${[...touched]}::uuid[])
      AND c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL`),
  )
  return ofScope(tx, scopeId, [...touched])
}

/** Those of the scope, whether or not they are still there. */
async function ofScope(tx: Client, scopeId: string, ids: readonly string[]): Promise<string[]> {
  if (!ids.length) return []
  const tables = ['identity', 'credential', 'secret', 'subject_state'].map(
    (table) => Prisma.sql`
      SELECT id FROM ${Prisma.raw(table)} WHERE id = ANY(${ids}::uuid[]) AND scope_id = ${scopeId}::uuid`,
  )
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT DISTINCT id FROM (${union(tables)}) t`
  return rows.map(({ id }) => id)
}

/** What time alone may have changed. */
export async function dueBy(tx: Client, scopeId: string, now: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM subject_state WHERE scope_id = ${scopeId}::uuid AND due_at <= ${now}::timestamptz`
  return rows.map(({ id }) => id)
}
