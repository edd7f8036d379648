// Who of the directory is meant by an address that somebody has typed.
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
