// Whom of the directory words of sources mean: by address, by name where only one bears it, by the address of a team.
import { db } from '@/prisma/client'
import type { Role } from './weigh'

export type Known = {
  role: Exclude<Role, 'unclear'>
  whoId: string
  name: string
  standing?: 'here' | 'left' | 'unknown'
}
type Person = { id: string; name: string; email: string | null; standing: 'here' | 'left' | 'unknown' }
type Team = { id: string; name: string; email: string | null }

const lower = (text: string) => text.trim().toLowerCase()

export type Directory = {
  /** Undefined where nobody, or more than one, is called so. */
  of: (role: Role, value: string) => Known | undefined
  byId: (whoId: string) => Known | undefined
}

const ofPerson = ({ id, name, email, standing }: Person): Known => ({
  role: 'person',
  whoId: id,
  name: email ?? name,
  standing,
})

/** @param ids of people and teams that are known to be meant */
export async function directoryOf(values: readonly string[], ids: readonly string[]): Promise<Directory> {
  const words = [...new Set(values.map(lower))]
  const [people, teams] = await Promise.all([
    db.$queryRaw<Person[]>`
      SELECT p.id, p.name, p.email,
        CASE WHEN EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id) THEN p.standing ELSE 'unknown' END AS standing
      FROM person p WHERE p.email = ANY(${words}::text[]) OR lower(p.name) = ANY(${words}::text[]) OR p.id = ANY(${[...ids]}::uuid[])`,
    db.$queryRaw<Team[]>`
      SELECT id, name, email FROM team
      WHERE lower(name) = ANY(${words}::text[]) OR lower(email) = ANY(${words}::text[]) OR id = ANY(${[...ids]}::uuid[])`,
  ])
  const one = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined)
  const personOf = (word: string): Known | undefined => {
    const found =
      people.find(({ email }) => email === word) ?? one(people.filter(({ name }) => lower(name) === word))
    return found && ofPerson(found)
  }
  const teamOf = (word: string): Known | undefined => {
    const found = teams.find(({ name, email }) => lower(name) === word || (email && lower(email) === word))
    return found && { role: 'team', whoId: found.id, name: found.name }
  }
  return {
    of(role, value) {
      const word = lower(value)
      // A mailbox that looks like a person may be a team's, and a word like a team somebody's: the directory decides.
      return role === 'team' ? (teamOf(word) ?? personOf(word)) : (personOf(word) ?? teamOf(word))
    },
    byId(whoId) {
      const person = people.find(({ id }) => id === whoId)
      const team = teams.find(({ id }) => id === whoId)
      return person ? ofPerson(person) : team && { role: 'team', whoId, name: team.name }
    },
  }
}
