// Whom a notice is for: people with an account that is in use.
import { PERMISSIONS, type Permission } from '@/core/permissions'
import type { Tx } from '@/prisma/client'

export type Person = {
  /** Left out for somebody who has no account. */
  userId?: string
  email: string
  name: string
}

const SELECT = { id: true, email: true, name: true } as const
const toPerson = ({ id, email, name }: { id: string; email: string; name: string }): Person => ({
  userId: id,
  email,
  name,
})
/** The login library knows an account that is in use by either. */
const IN_USE = { OR: [{ banned: null }, { banned: false }] }

/** Members whose role holds the permission. @param but whom it does not concern */
export async function membersWho(
  tx: Tx,
  permission: Permission,
  but: readonly string[] = [],
): Promise<Person[]> {
  const users = await tx.user.findMany({
    where: { role: { in: [...PERMISSIONS[permission]] }, id: { notIn: [...but] }, ...IN_USE },
    select: SELECT,
    orderBy: { id: 'asc' },
  })
  return users.map(toPerson)
}

/** Those of the accounts that are in use. */
export async function membersNamed(tx: Tx, ids: readonly (string | null)[]): Promise<Person[]> {
  const wanted = ids.filter((id) => id !== null)
  const users = await tx.user.findMany({
    where: { id: { in: wanted }, ...IN_USE },
    select: SELECT,
    orderBy: { id: 'asc' },
  })
  return users.map(toPerson)
}
