// Takes the hashes of the activity log again: what was edited, taken out, put in or put in another order is named.
import { z } from 'zod'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

/** The end of a chain at some time: whoever noted it can find out later whether the chain still holds it. */
export type Head = { seq: number; hash: string }
/**
 * edited: the entry, or its place, does not say what was hashed; removed: its link has no entry, or a link is lacking; added:
 * an entry has no link; other-head: the chain does not hold the head that was noted.
 */
export type ChainProblem = {
  kind: 'edited' | 'removed' | 'added' | 'other-head'
  /** Its place in the chain; of what was added its id. */
  seq?: number
  id?: string
  words: string
}
export type Chain = {
  /** Entries that were looked at: all of them. */
  entries: number
  /** Undefined where nothing was ever done. */
  head?: Head
  problems: ChainProblem[]
  /** Whether there are more problems than are told. */
  more: boolean
  /** Whether the role of the database that Rollcall works with can neither change nor take away entries, nor the guards of the log. */
  isGuarded: boolean
}

export const ChainQuestion = z.object({
  /** A head that was noted before, such as in evidence: `<place>:<hash>`. */
  head: z
    .string()
    .trim()
    .regex(
      /^\d{1,15}:[0-9a-f]{64}$/,
      'is no head: write its place, a colon and its hash of 64 letters and digits',
    )
    .transform((text): Head => {
      const [seq = '', hash = ''] = text.split(':')
      return { seq: Number(seq), hash }
    })
    .optional(),
})
export type ChainQuestion = z.infer<typeof ChainQuestion>

const BATCH = 20_000
const TOLD_MAX = 100
const ZEROS = '0'.repeat(64)

type Row = { seq: bigint; hash: string; gone: boolean; fits: boolean; follows: boolean }
/** Each entry is asked beside the hash that stands before it: one that is wrong does not make all after it wrong. */
const batch = (after: bigint) => db.$queryRaw<Row[]>`
  SELECT l.seq, l.hash, a.id IS NULL AS gone,
    coalesce(l.hash = activity_hash(coalesce(before.hash, ${ZEROS}), activity_text(a, l.seq)), false) AS fits,
    before.seq IS NOT NULL OR l.seq = 1 AS follows
  FROM activity_link l LEFT JOIN activity a ON a.id = l.activity_id LEFT JOIN activity_link before ON before.seq = l.seq - 1
  WHERE l.seq > ${after} ORDER BY l.seq LIMIT ${BATCH}`

/** A role that owns the log, or may do what its owner may, can take off what guards it. */
async function isGuarded(): Promise<boolean> {
  const [row] = await db.$queryRaw<{ guarded: boolean }[]>`
    SELECT bool_and(NOT pg_has_role(relowner, 'MEMBER') AND NOT has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
      AS guarded FROM pg_class WHERE oid IN ('public.activity'::regclass, 'public.activity_link'::regclass)`
  return row?.guarded ?? false
}

const unlinked = () => db.$queryRaw<{ id: bigint }[]>`
  SELECT a.id FROM activity a LEFT JOIN activity_link l ON l.activity_id = a.id
  WHERE l.seq IS NULL ORDER BY a.id LIMIT ${TOLD_MAX + 1}`

function problemOf({ seq, gone, fits, follows }: Row): ChainProblem | undefined {
  const place = Number(seq)
  if (!follows)
    return { kind: 'removed', seq: place - 1, words: `What stood before entry ${place} was taken out.` }
  if (gone) return { kind: 'removed', seq: place, words: `Entry ${place} was taken out.` }
  if (!fits) return { kind: 'edited', seq: place, words: `Entry ${place} does not say what it said.` }
  return undefined
}

/** Of a chain that was made anew as a whole only a head that was noted elsewhere tells. */
async function otherHead({ seq, hash }: Head): Promise<ChainProblem[]> {
  const link = await db.activityLink.findUnique({ where: { seq } })
  if (link?.hash === hash) return []
  const words = link
    ? `Entry ${seq} has another hash than the one that was noted: what stands up to it was made anew.`
    : `There is no entry ${seq} any more: the end of the log was taken out.`
  return [{ kind: 'other-head', seq, words }]
}

export async function verifyActivity(actor: Actor | null, asked: ChainQuestion = {}): Promise<Chain> {
  authorise(actor, 'activity:read')
  const problems: ChainProblem[] = []
  let [entries, last] = [0, undefined as Row | undefined]
  for (;;) {
    const rows = await batch(last?.seq ?? 0n)
    for (const row of rows) {
      const problem = problems.length > TOLD_MAX ? undefined : problemOf(row)
      if (problem) problems.push(problem)
    }
    entries += rows.length
    last = rows.at(-1) ?? last
    if (rows.length < BATCH) break
  }
  for (const { id } of await unlinked())
    problems.push({ kind: 'added', id: String(id), words: `An entry (${id}) stands beside the chain.` })
  if (asked.head) problems.unshift(...(await otherHead(asked.head)))
  return {
    entries,
    ...(last && { head: { seq: Number(last.seq), hash: last.hash } }),
    problems: problems.slice(0, TOLD_MAX),
    more: problems.length > TOLD_MAX,
    isGuarded: await isGuarded(),
  }
}

/** The end of the chain now. */
export async function activityHead(actor: Actor | null): Promise<Head | undefined> {
  authorise(actor, 'activity:read')
  const link = await db.activityLink.findFirst({ orderBy: { seq: 'desc' } })
  return link ? { seq: Number(link.seq), hash: link.hash } : undefined
}
