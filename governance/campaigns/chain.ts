// Who is asked about an identity, and why that person; who may not be the only one; who looks a second time. Pure.
import type { Fact } from '@/core/fact'
import type { Owner } from '@/core/subject'
import type { ChainStep, StoredPolicy } from './campaign-input'
import type { Directory, Known } from './directory'
import type { Risk } from './risk-tiers'
import { pickOne } from './sampling'

type Asked = {
  owner: Fact<Owner> | null
  hints: readonly { via: string; value: string }[]
  directory: Directory
}
export type Interest = { personId: string; why: string }
export type Assigned = { reviewerId: string | null; why: string }

const here = (one: Known | undefined): Known | undefined => (one?.here ? one : undefined)
const nameOf = (owner: Fact<Owner> | null): string | undefined =>
  owner?.state === 'known' ? owner.value.name : undefined

/** Whether the owner that sources name is somebody of the directory, and still there. */
export function standingOf({ owner, directory }: Asked): Risk['owner'] {
  const name = nameOf(owner)
  if (name === undefined) return owner?.state === 'absent' ? 'none' : 'unknown'
  const person = directory.byEmail(name)
  if (person) return person.here ? 'here' : 'left'
  return directory.teamOf(name) ? 'here' : 'not-in-directory'
}

/** A team that owns it, or the team of the person who owned it and has left. */
function leadOf(name: string, { directory }: Asked): { lead: Known; words: string } | undefined {
  const team = directory.teamOf(name)
  const ofTeam = here(directory.person(team?.leadId))
  if (team && ofTeam) return { lead: ofTeam, words: `leads ${team.name}, which owns it` }
  const person = directory.byEmail(name)
  const ofPerson = here(directory.person(person?.leadId))
  if (person && ofPerson) return { lead: ofPerson, words: `leads the team of ${person.name}, who owns it` }
  return undefined
}

/** The first of the chain that there is. */
export function reviewerOf(chain: readonly ChainStep[], asked: Asked): Assigned {
  const name = nameOf(asked.owner)
  for (const step of chain) {
    if (step.by === 'person') {
      const person = here(asked.directory.person(step.person))
      if (person) return { reviewerId: person.id, why: 'is named for what nobody else is asked about' }
      continue
    }
    if (name === undefined) continue
    if (step.by === 'owner') {
      const person = here(asked.directory.byEmail(name))
      if (person && asked.owner?.state === 'known')
        return { reviewerId: person.id, why: `owns it, as ${asked.owner.value.how} tells` }
    } else {
      const found = leadOf(name, asked)
      if (found) return { reviewerId: found.lead.id, why: found.words }
    }
  }
  return { reviewerId: null, why: noneWords(name, asked) }
}

function noneWords(name: string | undefined, { owner, directory }: Asked): string {
  if (name === undefined)
    return owner?.state === 'absent' ? 'nobody is named as its owner' : 'who owns it is not known'
  const person = directory.byEmail(name)
  if (person) return person.here ? 'the chain does not ask its owner' : `its owner ${person.name} has left`
  return 'its owner is nobody of the directory'
}

/** How sources say who made something. */
const MADE = /\b(?:made it|creat(?:ed|or))\b/i

/** Who has something of their own at stake: whoever owns it, and whoever made it. */
export function interestedIn({ owner, hints, directory }: Asked): Interest[] {
  const name = nameOf(owner)
  const owning = name === undefined ? undefined : directory.byEmail(name)
  const made = hints.flatMap(({ via, value }) => {
    const person = MADE.test(via) ? directory.byEmail(value) : undefined
    return person ? [{ personId: person.id, why: `made it (${via})` }] : []
  })
  const all = [...(owning ? [{ personId: owning.id, why: 'owns it' }] : []), ...made]
  return all.filter((one, at) => all.findIndex(({ personId }) => personId === one.personId) === at)
}

/** Another person who has nothing at stake: the lead, the manager of the reviewer, or one of those named. */
export function secondOf(
  reviewerId: string | null,
  asked: Asked,
  { interested, policy, id }: { interested: readonly Interest[]; policy: StoredPolicy; id: string },
): string | null {
  const { directory } = asked
  const reviewer = directory.person(reviewerId)
  const fits = (one: Known | undefined): one is Known =>
    one !== undefined &&
    one.here &&
    one.id !== reviewerId &&
    !interested.some(({ personId }) => personId === one.id)
  const beside = [reviewer?.leadId, reviewer?.managerId].map((other) => directory.person(other)).find(fits)
  if (beside) return beside.id
  return (
    pickOne(policy.seed, id, policy.secondReviewers.map((other) => directory.person(other)).filter(fits))
      ?.id ?? null
  )
}
