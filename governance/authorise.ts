// The one question every read and write asks first: is someone there, and may they?
import { RollcallError } from '@/core/errors'
import { may, PERMISSIONS, type Actor, type Permission } from '@/core/permissions'

const article = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`)
const list = new Intl.ListFormat('en', { type: 'disjunction' })

/** @throws RollcallError `unauthenticated` without an actor, `forbidden` when its role does not hold the permission */
export function authorise(actor: Actor | null, permission: Permission): asserts actor is Actor {
  if (!actor) throw new RollcallError('unauthenticated', 'Sign in first.')
  if (may(actor, permission)) return
  if (actor.only !== undefined)
    throw new RollcallError('forbidden', `This token may do nothing but ${actor.only}.`)
  if (actor.within !== undefined)
    throw new RollcallError(
      'forbidden',
      `Your access is limited to some scopes; this (permission ${permission}) tells of all of them.`,
    )
  const holders = list.format(PERMISSIONS[permission].map(article))
  throw new RollcallError(
    'forbidden',
    `Only ${holders} can do this (permission ${permission}); you are ${article(actor.role)}.`,
  )
}
