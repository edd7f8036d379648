// What there is to ask about in the measured database: ids, names, words, scopes and owners, the same at every run.
import { v5 as namedId } from 'uuid'
import type { Actor } from '@/core/permissions'
import { withServer } from '../sync/server'

export type Identity = { id: string; name: string; nativeId: string; scopeId: string; type: string }
export type Sample = {
  identities: Identity[]
  /** Words of names: in one of a hundred thousand, in one of some hundreds, in a tenth. */
  words: { rare: string[]; middling: string[]; common: string[] }
  types: string[]
  owners: string[]
  scopes: { largest: string; others: string[] }
}

export const READER: Actor = { kind: 'system', id: 'bench', name: 'bench', role: 'administrator' }

const SAMPLES = 200
/** Names that are looked at to tell how common a word is. */
const NAMES = 10_000
const NAMESPACE = '7b1a3c52-5c0e-4b62-9a53-2f3c1d5e8a90'

const AT = `
  SELECT found.* FROM unnest($1::uuid[]) asked (id) CROSS JOIN LATERAL (
    SELECT i.id, i.name, i.native_id AS "nativeId", i.scope_id AS "scopeId", i.type FROM identity i
    WHERE i.id >= asked.id AND i.retired_at IS NULL ORDER BY i.id LIMIT 1) found`

/** How many of the names hold each word. */
function wordCounts(names: readonly string[]): [word: string, count: number][] {
  const counts = new Map<string, number>()
  for (const name of names)
    for (const word of new Set(name.toLowerCase().split(/[^a-z0-9]+/)))
      if (word.length >= 3) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

const between = (words: [string, number][], least: number, most: number) =>
  words.filter(([, count]) => count >= least && count <= most).map(([word]) => word)

function wordsOf(names: readonly string[]): Sample['words'] {
  const counted = wordCounts(names)
  const [first] = counted
  if (!first) throw new Error('there are no identities to ask about')
  const common = between(counted, names.length / 20, names.length)
  const middling = between(counted, names.length / 1000, names.length / 100)
  return {
    rare: names.slice(0, SAMPLES),
    middling: middling.length ? middling : counted.slice(-20).map(([word]) => word),
    common: common.length ? common : [first[0]],
  }
}

export const sampleOf = (seed: number): Promise<Sample> =>
  withServer(async (client) => {
    const ids = (count: number) =>
      Array.from({ length: count }, (_, at) => namedId(`${seed} ${at}`, NAMESPACE))
    const texts = async (sql: string) =>
      (await client.query<{ text: string }>(sql)).rows.map(({ text }) => text)
    const { rows: names } = await client.query<Identity>(AT, [ids(NAMES)])
    const scopes = await texts(
      'SELECT scope_id::text AS text FROM facet_count GROUP BY 1 ORDER BY sum(count) DESC',
    )
    const [largest = '', ...others] = scopes
    return {
      identities: names.slice(0, SAMPLES),
      words: wordsOf(names.map(({ name }) => name)),
      types: await texts('SELECT type AS text FROM facet_count GROUP BY 1 ORDER BY sum(count) DESC LIMIT 12'),
      owners: await texts(
        "SELECT owner_name AS text FROM facet_count WHERE owner_name <> '' GROUP BY 1 ORDER BY sum(count) DESC LIMIT 50",
      ),
      scopes: { largest, others },
    }
  })
