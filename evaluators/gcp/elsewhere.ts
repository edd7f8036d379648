// Principals of other realms that let one of this realm become them.
import type { Principal, TrustStatement } from '@/core/access'
import { all } from '../three-valued'
import { conditionOf, suffices } from './admits'
import { means, poolOf } from './members'
import type { Found } from './steps'
import { short } from './words'
import type { World } from './world'

type Entry = { to: Principal; trust: TrustStatement }
const kept = new WeakMap<World, { byEmail: Map<string, Entry[]>; others: Entry[] }>()
const EMAIL = /^(?:deleted:)?serviceAccount:([^[\]?]+@[^?[\]]+)/

function entriesOf(world: World) {
  const found = kept.get(world)
  if (found) return found
  const byEmail = new Map<string, Entry[]>()
  const others: Entry[] = []
  for (const to of world.realm.elsewhere)
    for (const trust of to.trusts) {
      if (trust.effect !== 'allow') continue
      const email = EMAIL.exec(trust.principal)?.[1]?.toLowerCase()
      if (email === undefined) others.push({ to, trust })
      else byEmail.set(email, [...(byEmail.get(email) ?? []), { to, trust }])
    }
  const entries = { byEmail, others }
  kept.set(world, entries)
  return entries
}

/** Members that name nobody of this platform are of the realm that the principal is in. */
const isOurs = (member: string): boolean =>
  /^(serviceAccount:|deleted:serviceAccount:|allUsers$|allAuthenticatedUsers$|principal(Set)?:\/\/)/.test(
    member,
  ) || poolOf(member) !== undefined

export function* elsewhereSteps(world: World, principal: Principal): Generator<Found> {
  if (!world.realm.elsewhere.length) return
  const who = world.who(principal)
  const { byEmail, others } = entriesOf(world)
  const named = [...who.emails].flatMap((email) => byEmail.get(email) ?? [])
  for (const { to, trust } of [...named, ...others]) {
    if (!isOurs(trust.principal)) continue
    const answer = all([
      means(trust.principal, who, world.hierarchy),
      conditionOf(trust),
      suffices(trust.actions),
    ])
    if (answer.value === 'no') continue
    const because = [`${short(to.name)} lets ${short(trust.principal)} become it.`, ...answer.because]
    yield { to: { kind: 'principal', id: to.id }, by: 'trust', answer: { ...answer, because } }
  }
}
