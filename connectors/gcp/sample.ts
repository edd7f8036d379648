// The made-up organisation of the sample: recorded answers, replayed as if they had been given just now.
import type { Explanation, Transport } from '@/core/upstream'
import { CALLS, isCall } from './calls'
import { withLists } from './request'

type Refusal = Pick<Explanation, 'why' | 'detail' | 'code'>
/** One answer: to a call, for the parameters that are named. The first that fits is given. */
type Recorded = { call: string; params?: Record<string, string>; answer?: unknown; refusal?: Refusal }
type Sample = { recordedAt: string; answers: Recorded[] }

class NotInSample extends Error {
  override readonly name = 'NotInSample'
  constructor(readonly refusal: Refusal) {
    super(refusal.detail)
  }
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
/** Moves every instant by the same time, so that ages stay what they were. The year 9999 stands for no end. */
function shifted(value: unknown, ms: number): unknown {
  if (typeof value === 'string')
    return value.replace(INSTANT, (at) =>
      at.startsWith('9999-') ? at : new Date(Date.parse(at) + ms).toISOString(),
    )
  if (Array.isArray(value)) return value.map((item) => shifted(item, ms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, ms)]))
}

const fits = (recorded: Recorded, call: string, params: Readonly<Record<string, unknown>>): boolean =>
  recorded.call === call &&
  Object.entries(recorded.params ?? {}).every(([key, value]) => [params[key]].flat().includes(value))

const isList = (call: string): boolean => isCall(call) && 'lists' in CALLS[call] && call !== 'iam.roles.get'

/** Loaded when first asked, so that a live connection never pays for it. */
const load = async (): Promise<Sample> =>
  (await import('./sample/organisation.json')).default as unknown as Sample

export function sampleTransport(now: Date = new Date()): Transport {
  let loading: Promise<Sample> | undefined
  return {
    async send(permission, params) {
      loading ??= load()
      const sample = await loading
      const found = sample.answers.find((one) => fits(one, permission, params))
      if (found?.refusal) throw new NotInSample(found.refusal)
      // A list that the sample does not hold is empty; anything else it does not offer.
      if (!found && !isList(permission))
        throw new NotInSample({ why: 'not-offered', detail: 'not in the sample' })
      const answer = isCall(permission) ? withLists(permission, found?.answer ?? {}) : found?.answer
      return shifted(answer, now.getTime() - Date.parse(sample.recordedAt))
    },
    explain: (error) => (error instanceof NotInSample ? error.refusal : undefined),
  }
}
