// Every observation parses, has an id of its own, points at something, and holds nothing that looks like a secret.
import { Ended, isEnded, Observation } from '@/core/observation'
import { CANARY } from '../faults'
import { coverages, holds, observed, type Law } from '../law'
import { looksSecret, textsOf } from '../secret-shapes'

export const shape: Law = async (study) => {
  const { events } = await study.calm()
  const all = observed(events)
  holds(all.length > 0, 'shape', 'the recorded estate gives no observation at all')
  for (const { where, coverage } of coverages(events))
    holds(
      coverage.state === 'complete' || coverage.why !== 'malformed',
      'shape',
      `${where}: ${coverage.state === 'partial' ? coverage.detail : ''}`,
    )
  const ids = new Set<string>()
  for (const { scope, observation } of all) {
    const name = `${observation.kind} ${observation.nativeId}`
    const parsed = (isEnded(observation) ? Ended : Observation).safeParse(observation)
    holds(parsed.success, 'shape', `${name}: ${parsed.error?.issues[0]?.message}`)
    const id = JSON.stringify([scope, observation.kind, observation.nativeId])
    holds(!ids.has(id), 'shape', `${name} is reported twice in scope ${scope}`)
    ids.add(id)
  }
  for (const { scope, observation } of all) {
    if (isEnded(observation)) continue
    for (const identity of identitiesOf(observation)) {
      const points =
        ids.has(JSON.stringify([scope, 'identity', identity])) || study.world.dangling?.includes(identity)
      holds(
        points,
        'shape',
        `${observation.kind} ${observation.nativeId} speaks of an identity never seen: ${identity}`,
      )
    }
  }
  holdsNoSecret(events)
  await holdsNoValueOfFailure(study)
}

/** Native ids of identities that an observation refers to; a workload may run as one of another scope. */
function identitiesOf(observation: Observation): string[] {
  if (observation.kind === 'credential')
    return observation.identity.state === 'known' ? [observation.identity.value] : []
  // An owner hint may be about a stored secret.
  return 'identity' in observation && observation.identity !== undefined ? [observation.identity] : []
}

function holdsNoSecret(events: Parameters<typeof observed>[0]): void {
  for (const event of events) {
    for (const [text, place] of textsOf(event)) {
      const what = looksSecret(text, place)
      holds(!what, 'shape', `${place} holds what looks like ${what}`)
    }
  }
}

/** A failure's detail says where an answer was not understood, never what stood there. */
async function holdsNoValueOfFailure(study: Parameters<Law>[0]): Promise<void> {
  for (const { fault, run, label } of await study.faults())
    if (fault === 'malformed' && run)
      holds(!JSON.stringify(run.events).includes(CANARY), 'shape', `a value of the source came out: ${label}`)
}
