// What tells of a scope: the ids, native ids and names of its rows. For tests that somebody who may not see it reads none of them.
import { db } from '@/prisma/client'

/** Tables of what a source says itself, and of what is made of it. */
const INVENTORY = [
  'identity',
  'credential',
  'secret',
  'entitlement',
  'grant',
  'trust',
  'workload',
  'issuer',
  'owner_hint',
  'usage',
]
const MADE = ['finding']

type Column = { table: string; column: string }
const columns = (tables: string[], names: string[]) =>
  db.$queryRaw<Column[]>`
    SELECT table_name::text AS "table", column_name::text AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ANY(${tables}) AND column_name = ANY(${names})`

/** Words that are told apart from the words of a sentence. */
const isTelling = (word: string) => word.length >= 6 && /[\d\-_./:@]/.test(word)

/** All that the sources of these scopes say, as one text: a name in it may be told, whose ever it is. */
async function saidBy(scopeIds: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    INVENTORY.map((table) =>
      db.$queryRawUnsafe<{ text: string }[]>(
        `SELECT to_jsonb(t)::text AS text FROM "${table}" t WHERE scope_id = ANY($1::uuid[])`,
        scopeIds,
      ),
    ),
  )
  const scopes = await db.scope.findMany({
    where: { id: { in: [...scopeIds] } },
    select: { name: true, nativeId: true },
  })
  return [...texts.flat().map(({ text }) => text), JSON.stringify(scopes)].join('\n')
}

/** Words that tell of any other scope than these, and that these do not say themselves. */
export async function unseenWords(seen: readonly string[]): Promise<Set<string>> {
  const told = await saidBy(seen)
  const found = new Set<string>()
  for (const { table, column } of await columns([...INVENTORY, ...MADE], ['id', 'native_id', 'name'])) {
    const rows = await db.$queryRawUnsafe<{ word: string | null }[]>(
      `SELECT DISTINCT "${column}"::text AS word FROM "${table}" WHERE NOT scope_id = ANY($1::uuid[])`,
      seen,
    )
    for (const { word } of rows) if (word) found.add(word)
  }
  const scopes = await db.scope.findMany({
    where: { id: { notIn: [...seen] } },
    include: { connections: { include: { connection: true } } },
  })
  const read = await db.connectionScope.findMany({
    where: { scopeId: { in: [...seen] } },
    select: { connectionId: true },
  })
  for (const { id, nativeId, name, connections } of scopes) {
    for (const word of [id, nativeId, name]) found.add(word)
    for (const { connection } of connections)
      if (!read.some(({ connectionId }) => connectionId === connection.id))
        for (const word of [connection.id, connection.name]) found.add(word)
  }
  return new Set(
    [...found].filter((word) => isTelling(word) && !told.includes(JSON.stringify(word).slice(1, -1))),
  )
}

const isPart = (letter: string | undefined): boolean => letter !== undefined && /[\w-]/.test(letter)

/** Which of the words a text holds; each as a whole, not as a part of a longer one. */
export const heldIn = (text: string, words: ReadonlySet<string>): string[] =>
  [...words].filter((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true
    return false
  })
