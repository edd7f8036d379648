// Whether the people who own an identity are still there, as far as the directory of this installation tells.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { IdentitySubject, Owner } from '@/core/subject'
import { db } from '@/prisma/client'
import type { Hint } from '../owner'

type Standing = 'here' | 'left'
const DIRECTORY = 'members of this installation'

/** By e-mail, without regard to case: members who are active, and those who were shut out. Others are in no directory. */
export async function standingsOf(emails: Iterable<string>): Promise<Map<string, Standing>> {
  const asked = [...new Set([...emails].map((email) => email.toLowerCase()))]
  if (!asked.length) return new Map()
  const rows = await db.$queryRaw<{ email: string; banned: boolean | null }[]>`
    SELECT lower(email) AS email, banned FROM "user" WHERE lower(email) = ANY(${asked}::text[])`
  return new Map(rows.map(({ email, banned }) => [email, banned ? 'left' : 'here']))
}

/**
 * An identity is left alone only when everybody who is named as a person has left: where one is here, somebody answers. A
 * name of unclear kind counts as a person if the directory knows it, and else leaves open whether it is one.
 * @param hints all that name an owner of the identity
 */
export function ownerStanding(
  owner: Fact<Owner>,
  hints: readonly Pick<Hint, 'names' | 'value'>[],
  standings: ReadonlyMap<string, Standing>,
): IdentitySubject['ownerStanding'] {
  if (owner.state !== 'known') return owner
  const { names } = owner.value
  if (names === 'team') return absent(owner.source, 'the owner is a team')
  const people = hints.filter((hint) => hint.names === names).map(({ value }) => value)
  const known_ = people.map((value) => standings.get(value.toLowerCase()))
  if (known_.includes('here')) return known('here', DIRECTORY)
  const strangers = people.filter((_, at) => known_[at] === undefined)
  if (!strangers.length && people.length) return known('left', DIRECTORY)
  return unknown('not-collected', DIRECTORY, 'nobody of that name is in the directory')
}
