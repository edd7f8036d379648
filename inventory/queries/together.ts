// Several small questions as one statement: each costs a way to the database and back, and few cost more than that.
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'

/** Rows as they come out of JSON: instants are text. */
export type Told<R> = {
  [K in keyof R]: R[K] extends Date | null ? (null extends R[K] ? string | null : string) : R[K]
}

/**
 * Answers each question with its rows, in its order.
 * @param shared `WITH …`, what several of them read from
 */
export async function together<T extends Record<string, unknown[]>>(
  questions: Record<keyof T & string, Prisma.Sql>,
  shared: Prisma.Sql = Prisma.empty,
): Promise<T> {
  const asked = Object.entries<Prisma.Sql>(questions).map(
    ([name, sql]) =>
      Prisma.sql`(SELECT coalesce(jsonb_agg(r), '[]'::jsonb) FROM (${sql}) r) AS ${Prisma.raw(`"${name}"`)}`,
  )
  const [row] = await reader.$queryRaw<T[]>(Prisma.sql`${shared} SELECT ${Prisma.join(asked)}`)
  if (!row) throw new Error('there is no answer')
  return row
}
