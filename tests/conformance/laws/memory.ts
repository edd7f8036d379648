// No fault erases what was known, nor a class that was decided; the next undisturbed look at the same restores everything.
import { isDeepStrictEqual } from 'node:util'
import { isFact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { holds, type Law } from '../law'
import { inPart, partOf } from '../parts'

const MEMORY = 'memory'

export const memory: Law = async (study) => {
  const calm = await study.calm()
  const muchLater = new Date(Date.parse(study.later) + 36 * 3_600_000).toISOString()
  for (const { run, label } of await study.faults()) {
    if (!run) continue
    const { state } = study.machine.apply(calm.state, run.events, study.later)
    let isDisturbed = false
    for (const [key, before] of calm.state) {
      const after = state.get(key)
      holds(after?.active, MEMORY, `${label}: ${before.kind} ${before.nativeId} is gone`)
      if (isDeepStrictEqual(after.observation, before.observation)) continue
      isDisturbed = true
      keeps(before.observation, after.observation, label)
    }
    if (!isDisturbed) continue
    const again = calm.events.filter((event) => 'stream' in event && run.parts.some(inPart(partOf(event))))
    const { state: healed } = study.machine.apply(state, again, muchLater)
    for (const [key, { observation, kind, nativeId }] of calm.state)
      holds(
        isDeepStrictEqual(healed.get(key)?.observation, observation),
        MEMORY,
        `${label}: ${kind} ${nativeId} is not restored by the next whole look`,
      )
  }
}

function keeps(before: Observation, after: Observation, label: string): void {
  const now: Record<string, unknown> = after
  for (const [field, was] of Object.entries(before)) {
    const is = now[field]
    const what = `${label}: ${field} of ${before.kind} ${before.nativeId}`
    if (!isFact(was)) {
      holds(isDeepStrictEqual(is, was), MEMORY, `${what} changed, and it is no fact that could be unknown`)
      continue
    }
    if (was.state === 'unknown') continue
    const kept = isFact(is) && is.state === was.state && isDeepStrictEqual(valueIn(is), valueIn(was))
    holds(kept, MEMORY, `${what} was ${was.state} and is ${isFact(is) ? is.state : 'no fact'}`)
  }
}

const valueIn = (fact: object): unknown => ('value' in fact ? fact.value : null)
