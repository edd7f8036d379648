// Whether the people who own an identity are still there, as far as the directory tells.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { IdentitySubject, Owner } from '@/core/subject'
import { db } from '@/prisma/client'
import type { Confirmed, Hint } from '../owner'

export type Standing = 'here' | 'left'
const DIRECTORY = 'the directory'

/** By e-mail, without regard to case: people of whom a source of the directory speaks. Others are in no directory. */
export async function standingsOf(emails: Iterable<string>): Promise<Map<string, Standing>> {
  const asked = [...new Set([...emails].map((email) => email.toLowerCase()))]
  if (!asked.length) return new Map()
  const rows = await db.$queryRaw<{ email: string; standing: Standing }[]>`
    SELECT p.email, p.standing FROM person p WHERE p.email = ANY(${asked}::text[])
      AND EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id)`
  return new Map(rows.map(({ email, standing }) => [email, standing]))
}

/**
 * An identity is left alone only when everybody who is named as a person has left: where one is here, somebody answers. A
 * name of unclear kind counts as a person if the directory knows it, and else leaves open whether it is one. Where somebody
 * was confirmed, it is about them alone.
 * @param hints all that name an owner of the identity
 */
export function ownerStanding(
  owner: Fact<Owner>,
  hints: readonly Pick<Hint, 'names' | 'value'>[],
  standings: ReadonlyMap<string, Standing>,
  confirmed?: Pick<Confirmed, 'names' | 'standing'>,
): IdentitySubject['ownerStanding'] {
  if (owner.state !== 'known') return owner
  const { names } = owner.value
  if (names === 'team') return absent(owner.source, 'the owner is a team')
  if (confirmed)
    return confirmed.standing === null
      ? unknown('not-collected', DIRECTORY, 'no source of the directory speaks of the owner')
      : known(confirmed.standing, DIRECTORY)
  const people = hints.filter((hint) => hint.names === names).map(({ value }) => value)
  const known_ = people.map((value) => standings.get(value.toLowerCase()))
  if (known_.includes('here')) return known('here', DIRECTORY)
  const strangers = people.filter((_, at) => known_[at] === undefined)
  if (!strangers.length && people.length) return known('left', DIRECTORY)
  return unknown('not-collected', DIRECTORY, 'nobody of that name is in the directory')
}
