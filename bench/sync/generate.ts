// How long the rows take merely to be generated: no part of the engine, but of every sync of the generated estate.
import { readEstate } from '@/estate/read-estate'
import { secondsOf, spaced, type Step } from '../contract'

export const generate: Step = async ({ identities, seed }) => {
  const from = performance.now()
  let rows = 0
  for await (const { observed } of readEstate({ identities, seed, day: 0 }))
    for await (const one of observed) rows += one ? 1 : 0
  const seconds = (performance.now() - from) / 1000
  const measured = `${secondsOf(seconds)} for ${spaced(rows)} observations`
  const name = 'Making the observations, without Rollcall'
  return {
    figures: [{ group: 'Sync', name, measured, verdict: 'told' }],
    facts: { generateSeconds: seconds },
  }
}
