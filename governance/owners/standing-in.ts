// What is somebody's own: by their name, their teams, and by those who are away and whose place they take.
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { personOf } from './who'

type Person = { id: string; name: string; email: string | null }
export type StandIn = { for?: { id: string; name: string } }
type Owned = { personId: string | null; teamId: string | null; ownerName: string | null }

/** Delegations that count at an instant. */
export const isActiveAt = (now: Date) => ({ startsAt: { lte: now }, endsAt: { gt: now }, endedAt: null })

/** Those in whose place a person acts now. */
export async function delegatorsOf(
  tx: Pick<Tx, 'delegation' | 'person'>,
  personId: string,
  now: Date,
): Promise<Person[]> {
  const given = await tx.delegation.findMany({ where: { toId: personId, ...isActiveAt(now) } })
  return tx.person.findMany({
    where: { id: { in: given.map(({ fromId }) => fromId) } },
    select: { id: true, name: true, email: true },
    orderBy: { id: 'asc' },
  })
}

const namesOf = ({ email, name }: { email?: string | null | undefined; name: string }) =>
  [email, name].flatMap((one) => (one ? [one.toLowerCase()] : []))

/** Whose each identity is, as far as it is that of whoever acts: what was confirmed before what hints say. */
export async function standsInFor(tx: Tx, actor: Actor, now: Date) {
  const me = await personOf(tx, actor)
  const away = me ? await delegatorsOf(tx, me.id, now) : []
  const teams = me
    ? await tx.team.findMany({
        where: { members: { some: { personId: me.id } } },
        select: { id: true, name: true },
      })
    : []
  const own = new Set(namesOf(actor))
  return {
    /** Undefined where it is not theirs. */
    of({ personId, teamId, ownerName }: Owned): StandIn | undefined {
      const named = ownerName?.toLowerCase() ?? ''
      const isOf = (who: Person) => (personId ? who.id === personId : !teamId && namesOf(who).includes(named))
      if (personId ? personId === me?.id : !teamId && own.has(named)) return {}
      const place = away.find(isOf)
      if (place) return { for: { id: place.id, name: place.name } }
      const isTeams = personId
        ? false
        : teams.some((team) => (teamId ? team.id === teamId : team.name.toLowerCase() === named))
      return isTeams ? {} : undefined
    },
  }
}
