// Finds the one connection a person means, by id or by name.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { isUuid } from './sql'
import { mustRead } from './visible'

/** @throws RollcallError `forbidden` or `not-found` */
export async function resolveSource(actor: Actor, reference: string): Promise<string> {
  mustRead(actor, 'source:read')
  const select = { id: true }
  const byId = isUuid(reference)
    ? await reader.connection.findUnique({ where: { id: reference }, select })
    : null
  const found = byId ?? (await reader.connection.findUnique({ where: { name: reference }, select }))
  if (found) return found.id
  throw new RollcallError(
    'not-found',
    `There is no source “${reference}”. List the sources to see their names.`,
  )
}
