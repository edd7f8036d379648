// The end of the activity log as it was known at an instant: the same whenever it is asked for.
import type { Instant } from '@/core/fact'
import type { Tx } from '@/prisma/client'

export type Head = { seq: bigint; hash: string }

/** Undefined where nothing had been done by then. */
export async function headAt(snapshot: Tx, known: Instant): Promise<Head | undefined> {
  const [head] = await snapshot.$queryRaw<Head[]>`
    SELECT l.seq, l.hash FROM activity_link l JOIN activity a ON a.id = l.activity_id
    WHERE a.known_from <= ${known}::timestamptz ORDER BY l.seq DESC LIMIT 1`
  return head
}
export const headText = ({ seq, hash }: Head): string => `${seq}:${hash}`
