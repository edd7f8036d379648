// Who of the directory is meant by an address that somebody has typed, and by what address people are shown.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { personFor } from '../owners/who'

/**
 * @param path of the field, which the error names
 * @throws RollcallError `invalid` where the directory knows nobody of that address, or says that they left
 */
export async function personNamed(
  actor: Actor | null,
  word: string,
  path: string,
): Promise<{ id: string; name: string }> {
  authorise(actor, 'person:read')
  return personFor(db, actor, word, path)
}

/** What people are called in a field that takes an address: theirs, or where they have none their id. By id. */
export async function addressesOf(
  actor: Actor | null,
  ids: readonly string[],
): Promise<Record<string, { name: string; address: string }>> {
  authorise(actor, 'person:read')
  const rows = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  })
  return Object.fromEntries(rows.map(({ id, name, email }) => [id, { name, address: email ?? id }]))
}
