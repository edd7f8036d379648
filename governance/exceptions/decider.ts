// What every decision about an exception begins with: it is there, it waits, and whoever decides is somebody else.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Exception } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'

/** @throws RollcallError `forbidden` for the command line: four eyes need two names */
export function ensureNamed(actor: Actor): void {
  if (actor.kind === 'cli' || actor.kind === 'system')
    throw new RollcallError(
      'forbidden',
      'Exceptions are asked for and decided by members, so that two people are named: sign in, or use a token of yours.',
    )
}

const ENDINGS: Record<string, string> = {
  approved: 'It was approved already',
  refused: 'It was refused already',
  withdrawn: 'It was withdrawn',
  expired: 'Its last day is over',
  ended: 'It was ended',
}

/** Held until the transaction ends, so that of two decisions at once only one is made. */
export async function exceptionToChange(tx: Tx, id: string): Promise<Exception> {
  await tx.$queryRaw`SELECT 1 FROM exception WHERE id = ${id}::uuid FOR UPDATE`
  const held = await tx.exception.findUnique({ where: { id } })
  if (!held) throw new RollcallError('not-found', 'There is no such exception.')
  return held
}

/** @throws RollcallError `conflict` unless it waits for a decision */
export function ensureAsked({ state, expiresAt, deciderName }: Exception, now: Date): void {
  if (state === 'asked' && expiresAt > now) return
  const by = deciderName && ['approved', 'refused'].includes(state) ? `, by ${deciderName}` : ''
  throw new RollcallError('conflict', `${ENDINGS[state] ?? 'Its last day is over'}${by}.`)
}

/** @throws RollcallError `forbidden` */
export function ensureAnother(actor: Actor, { requesterId }: Exception): void {
  ensureNamed(actor)
  if (actor.id === requesterId)
    throw new RollcallError(
      'forbidden',
      'You asked for it yourself: somebody else has to decide. You can withdraw it.',
    )
}
