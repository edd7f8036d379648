// Whether the actor may see one identity. What they may not see is not found: that it exists is not told either.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_FROM } from './identity-where'
import { allOf, isUuid } from './sql'
import { mustRead, ownedBy } from './visible'

/** @throws RollcallError `forbidden` or `not-found` */
export async function mustSeeIdentity(actor: Actor, id: string): Promise<void> {
  mustRead(actor, 'identity:read')
  const where = () => allOf([Prisma.sql`i.id = ${id}::uuid`, ownedBy(actor)])
  const found =
    isUuid(id) &&
    (await reader.$queryRaw<unknown[]>(Prisma.sql`SELECT 1 FROM ${IDENTITY_FROM} WHERE ${where()}`))
  if (!found || !found.length)
    throw new RollcallError(
      'not-found',
      `No identity has the id ${id}. It may have been removed together with its source.`,
    )
}
