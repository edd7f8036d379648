// The first account of an installation: whoever opens it first makes it, and only once.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { db, type Tx } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { parseInput } from '../command'
import { addUser, Email, Password, PersonName } from './password'

const FirstAdministrator = z.strictObject({ name: PersonName, email: Email, password: Password })
export type FirstAdministrator = z.input<typeof FirstAdministrator>

/** Held while members are counted and changed, so that two browsers cannot both be first, or both remove the last. */
export const lockMembers = (tx: Tx) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollcall members', 0))`

/** True until there is an account. */
export async function firstRunNeeded(): Promise<boolean> {
  return (await db.user.count({ take: 1 })) === 0
}

/** @throws RollcallError `conflict` when there is an account already, `invalid` naming each field */
export async function createFirstAdministrator(
  input: FirstAdministrator,
  now = new Date(),
): Promise<{ id: string; email: string }> {
  const given = parseInput(FirstAdministrator, input)
  return db.$transaction(
    async (tx) => {
      await lockMembers(tx)
      ensure(
        (await tx.user.count()) === 0,
        'conflict',
        'This installation has an administrator already. Sign in.',
      )
      const made = await addUser(tx, { ...given, role: 'administrator' }, now)
      const actor = { kind: 'user', id: made.id, name: given.name, role: 'administrator' } as const
      await recordActivity(tx, actor, { action: 'member.create-first', object: `user:${made.id}` }, now)
      return made
    },
    { timeout: 20_000, maxWait: 20_000 },
  )
}
