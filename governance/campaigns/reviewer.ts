// Who of the directory the actor is: reviews are done by people, whatever account or token they come with.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import type { Person } from '@/prisma/generated/client'
import { delegatorsOf } from '../owners/standing-in'

export async function personOf(actor: Actor, tx: Pick<Tx, 'person'> = db): Promise<Person | null> {
  if (actor.kind === 'cli' || actor.kind === 'system' || !actor.email) return null
  const person = await tx.person.findUnique({ where: { email: actor.email.trim().toLowerCase() } })
  return person?.standing === 'here' ? person : null
}

/** @throws RollcallError `forbidden` */
export async function mustBePerson(actor: Actor, tx: Pick<Tx, 'person'> = db): Promise<Person> {
  const person = await personOf(actor, tx)
  if (!person)
    throw new RollcallError(
      'forbidden',
      'Reviews are done by people of the directory, under their own name: nobody there has your address.',
    )
  return person
}

/** The people in whose place somebody may decide now, themselves first: those who are away and have named them. */
export async function inPlaceOf(
  tx: Pick<Tx, 'delegation' | 'person'>,
  personId: string,
  now: Date,
): Promise<string[]> {
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
