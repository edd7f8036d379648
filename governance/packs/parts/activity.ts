// A stretch of the activity log with its hashes, so that whoever has a noted head can check that nothing in it was changed.
import { authorise } from '../../authorise'
import { Prisma } from '@/prisma/generated/client'
import { REMOVED } from './people'
import type { Part, PackAt } from '../part'

const BATCH = 1000
const ZEROS = '0'.repeat(64)

type Stretch = { first: bigint; last: bigint }
/**
 * From the first entry of the period to the last that was known, and all that stands between these two: a chain has no gaps.
 * Without a period it is the last entry alone, which is the head.
 */
async function stretchOf({ snapshot, asked }: PackAt): Promise<Stretch | undefined> {
  const { moment, from } = asked
  const first = from
    ? Prisma.sql`min(l.seq) FILTER (WHERE a.known_from >= ${from}::timestamptz)`
    : Prisma.sql`max(l.seq)`
  const [row] = await snapshot.$queryRaw<{ first: bigint | null; last: bigint | null }[]>(Prisma.sql`
    SELECT ${first} AS first, max(l.seq) AS last FROM activity_link l JOIN activity a ON a.id = l.activity_id
    WHERE a.known_from <= ${moment.known}::timestamptz`)
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : undefined
}

type Link = { seq: bigint; before: string | null; hash: string; text: string }
async function* links(at: PackAt): AsyncGenerator<Link[]> {
  const stretch = await stretchOf(at)
  if (!stretch) return
  for (let after = stretch.first - 1n; after < stretch.last;) {
    at.signal.throwIfAborted()
    const rows = await at.snapshot.$queryRaw<Link[]>(Prisma.sql`
      SELECT l.seq, b.hash AS before, l.hash, activity_text(a, l.seq) AS text
      FROM activity_link l JOIN activity a ON a.id = l.activity_id LEFT JOIN activity_link b ON b.seq = l.seq - 1
      WHERE l.seq > ${after} AND l.seq <= ${stretch.last} ORDER BY l.seq LIMIT ${BATCH}::int`)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.seq
  }
}

export const activity: Part = {
  id: 'activity',
  file: 'activity.ndjson',
  about:
    'The activity log of the period, an entry a line: its place, the hash before it, its own hash, and its text. The hash is the SHA-256 of the hash before, a space and the text; without a period it is the last entry alone, the head.',
  isUsual: true,
  needs: 'activity:read',
  async count(at) {
    const stretch = await stretchOf(at)
    return { rows: stretch ? Number(stretch.last - stretch.first) + 1 : 0, isExact: true }
  },
  async *write(at, wrote) {
    authorise(at.actor, 'activity:read')
    // A text without its names is another text: its hash could not be taken again.
    const isRedacted = at.asked.redact.includes('people')
    const encoder = new TextEncoder()
    for await (const rows of links(at)) {
      const lines = rows.map(({ seq, before, hash, text }) =>
        JSON.stringify({
          ...{ place: Number(seq), before: before ?? ZEROS, hash },
          text: isRedacted ? REMOVED : text,
        }),
      )
      yield encoder.encode(`${lines.join('\n')}\n`)
      wrote(rows.length)
    }
  },
}
