// What a password must be, and how it is kept. The rows are those the login library reads.
import { hashPassword } from 'better-auth/crypto'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import type { Role } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { noteMember } from '../directory/note-member'

export const PASSWORD_LENGTH_MIN = 12
/** Hashing takes longer for longer ones. */
export const PASSWORD_LENGTH_MAX = 128
const PROVIDER = 'credential'

export const Password = z
  .string()
  .min(PASSWORD_LENGTH_MIN, { error: `must have at least ${PASSWORD_LENGTH_MIN} characters` })
  .max(PASSWORD_LENGTH_MAX, { error: `must have at most ${PASSWORD_LENGTH_MAX} characters` })
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: 'must be an e-mail address' }).max(254))
export const PersonName = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty' })
  .max(100)
  .refine((name) => !/\p{Cc}/u.test(name), { error: 'must not hold control characters' })

type NewUser = {
  name: string
  email: string
  role: Role
  password: string
  accessUntil?: Date | null
  isLimited?: boolean
}

/** Adds someone who can sign in with that password, and is somebody of the directory from then on. */
export async function addUser(
  tx: Tx,
  { password, ...user }: NewUser,
  now: Date,
): Promise<{ id: string; email: string }> {
  const id = newId()
  const hash = await hashPassword(password)
  await tx.user.create({ data: { id, ...user, emailVerified: true } })
  await tx.account.create({
    data: { id: newId(), accountId: id, providerId: PROVIDER, userId: id, password: hash },
  })
  await noteMember(tx, { id, ...user }, true, now)
  return { id, email: user.email }
}

/** Replaces the password, and ends every session that began with the old one. */
export async function replacePassword(tx: Tx, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password)
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: PROVIDER },
    data: { password: hash },
  })
  if (!count)
    await tx.account.create({
      data: { id: newId(), accountId: userId, providerId: PROVIDER, userId, password: hash },
    })
  await tx.session.deleteMany({ where: { userId } })
}
