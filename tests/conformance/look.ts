// Collects as the product does; an observation that was understood before is not parsed anew in each of hundreds of looks.
import { collect, type Check } from '@/core/collect'
import { Ended, isEnded, Observation, type Observed } from '@/core/observation'
import type { Machine } from './study'

/** Equal observations are one object, however many looks hold them. */
export function collectOnce(): Machine['collect'] {
  const understood = new Map<string, Observed>()
  const check: Check<Observed> = async ({ batch }) => {
    const good: Observed[] = []
    for (const one of batch) {
      const text = JSON.stringify(one)
      const before = understood.get(text)
      const parsed = before ?? (isEnded(one) ? Ended : Observation).safeParse(one)
      if ('error' in parsed && parsed.error) return { good, bad: parsed.error }
      const data = before ?? (parsed as { data: Observed }).data
      understood.set(text, data)
      good.push(data)
    }
    return { good }
  }
  return (connector, session, now, selection) => collect(connector, session, now, check, selection)
}
