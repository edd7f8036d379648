// Who of the directory the actor is: reviews are done by people, whatever account or token they come with.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import type { Person } from '@/prisma/generated/client'
import { delegatorsOf } from '../owners/standing-in'

/** @param campaignId the campaign it is about: who has come by a link is nobody in any other */
export async function personOf(
  actor: Actor,
  tx: Pick<Tx, 'person'> = db,
  campaignId?: string,
): Promise<Person | null> {
  if (actor.kind === 'link') {
    if (!actor.link || campaignId !== actor.link.campaignId) return null
    const own = await tx.person.findUnique({ where: { id: actor.link.personId } })
    return own?.standing === 'here' ? own : null
  }
  if (actor.kind === 'cli' || actor.kind === 'system' || !actor.email) return null
  const person = await tx.person.findUnique({ where: { email: actor.email.trim().toLowerCase() } })
  return person?.standing === 'here' ? person : null
}

/** @throws RollcallError `forbidden` */
export async function mustBePerson(
  actor: Actor,
  tx: Pick<Tx, 'person'> = db,
  campaignId?: string,
): Promise<Person> {
  const person = await personOf(actor, tx, campaignId)
  if (!person && actor.kind === 'link')
    throw new RollcallError('forbidden', 'This link opens your items of one campaign, and nothing else.')
  if (!person)
    throw new RollcallError(
      'forbidden',
      'Reviews are done by people of the directory, under their own name: nobody there has your address.',
    )
  return person
}

/**
 * The people in whose place somebody may decide now, themselves first: those who are away and have named them. A link is for
 * one person alone.
 */
export async function inPlaceOf(
  tx: Pick<Tx, 'delegation' | 'person'>,
  personId: string,
  now: Date,
  actor?: Actor,
): Promise<string[]> {
  if (actor?.kind === 'link') return [personId]
  const away = await delegatorsOf(tx, personId, now)
  return [personId, ...away.map(({ id }) => id)]
}

/** @throws RollcallError `invalid` naming the field, where nobody of the directory who is there has this id */
export async function personHere(tx: Pick<Tx, 'person'>, id: string, path: string): Promise<Person> {
  const person = await tx.person.findUnique({ where: { id } })
  const wrong = !person
    ? 'There is nobody of this id in the directory.'
    : person.standing === 'here'
      ? ''
      : `${person.name} has left.`
  if (wrong || !person) throw new RollcallError('invalid', wrong, [{ path, message: wrong }])
  return person
}
