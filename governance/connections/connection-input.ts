// What the commands about connections ask for in common.
import { z } from 'zod'
import type { Tx } from '@/prisma/client'
import { ensure } from '@/core/errors'

const INTERVAL_MINUTES_MIN = 15
const INTERVAL_MINUTES_MAX = 30 * 24 * 60

export const ConnectionName = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty' })
  .max(100)
  .refine((name) => !/\p{Cc}/u.test(name), { error: 'must not hold control characters' })
export const IntervalMinutes = z
  .number()
  .int()
  .min(INTERVAL_MINUTES_MIN, { error: `must be at least ${INTERVAL_MINUTES_MIN} minutes` })
  .max(INTERVAL_MINUTES_MAX, { error: 'must be at most 30 days' })

/** @throws RollcallError `conflict` when another connection has the name */
export async function ensureNameIsFree(tx: Tx, name: string, butFor?: string): Promise<void> {
  const held = await tx.connection.findUnique({ where: { name }, select: { id: true } })
  ensure(
    !held || held.id === butFor,
    'conflict',
    `There is a connection called “${name}” already. Choose another name.`,
  )
}

/** The title, with a number where it is taken. */
export async function freeName(tx: Tx, title: string): Promise<string> {
  const rows = await tx.connection.findMany({
    where: { name: { startsWith: title } },
    select: { name: true },
  })
  const taken = new Set(rows.map(({ name }) => name))
  let name = title
  for (let number = 2; taken.has(name); number++) name = `${title} ${number}`
  return name
}
