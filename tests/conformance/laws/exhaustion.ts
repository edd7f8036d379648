// Every recorded answer is asked for, so nothing stops at page one; and a page token that comes twice ends the look.
import { coverages, holds, names, type Law } from '../law'
import type { Transport } from '@/core/upstream'
import { questionKey } from '../replay'
import type { Call, Study } from '../study'

/** Listings whose paging is disturbed, per study. */
const LISTINGS_MAX = 20

export const exhaustion: Law = async (study) => {
  const { world } = study
  holds(
    world.recorded,
    'exhaustion',
    'give world.recorded, every recorded question, or skip this law with a reason',
  )
  const { calls } = await study.calm()
  const asked = new Set(calls.map(({ key }) => key))
  const left = world.recorded().filter((question) => !asked.has(questionKey(question)))
  holds(
    !left.length,
    'exhaustion',
    `${left.length} recorded questions were never asked: ${left.slice(0, 5).map(questionKey).join('; ')}`,
  )
  for (const [first, second] of pagePairs(calls).slice(0, LISTINGS_MAX))
    await repeatingTokenEnds(study, first, second)
}

/** First and second page of each listing: the same permission, asked again with a token added. */
function pagePairs(calls: readonly Call[]): [first: Call, second: Call][] {
  const pairs = new Map<string, [Call, Call]>()
  calls.forEach((second, at) => {
    const first = calls.slice(0, at).findLast((call) => isExtended(call, second))
    if (first && !pairs.has(first.key)) pairs.set(first.key, [first, second])
  })
  return [...pairs.values()]
}

const isExtended = (first: Call, second: Call): boolean =>
  first.permission === second.permission &&
  Object.keys(second.params).length > Object.keys(first.params).length &&
  Object.entries(first.params).every(
    ([name, value]) => JSON.stringify(second.params[name]) === JSON.stringify(value),
  )

async function repeatingTokenEnds(study: Study, first: Call, second: Call): Promise<void> {
  const { calls, state } = await study.calm()
  const run = await study.run(repeating(study.world.transport(), first, second), {
    limits: { callsMax: calls.length * 5 + 50 },
  })
  const label = `the token of ${first.key} came twice`
  const circles = coverages(run.events).some(
    ({ coverage: c }) =>
      c.state === 'partial' && c.why === 'limited' && c.detail.includes('calls in one run'),
  )
  holds(!circles, 'exhaustion', `${label}, and it went round until the limit of calls`)
  holds(
    names(run.events, first.permission, ['malformed', 'limited']),
    'exhaustion',
    `${label}, and no coverage says so`,
  )
  const retired = study.machine
    .apply(state, run.events, study.later)
    .changes.filter(({ type }) => type === 'retired')
  holds(!retired.length, 'exhaustion', `${label}, and ${retired.length} rows were retired`)
}

/** Answers the second page with the first one, token and all. */
function repeating(transport: Transport, first: Call, second: Call): Transport {
  return {
    send: (permission, params, signal) =>
      transport.send(
        permission,
        questionKey({ permission, params }) === second.key ? first.params : params,
        signal,
      ),
    explain: (error) => transport.explain(error),
  }
}
