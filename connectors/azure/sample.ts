// The made-up tenant of the sample organisation: recorded answers, replayed as if they had been given just now.
import type { Transport } from '@/core/upstream'
import { CALLS } from './calls'
import { RECORDED_AT, type Refusal, type SampleAnswer } from './sample/answer'

class NotInSample extends Error {
  override readonly name = 'NotInSample'
  constructor(readonly refusal: Refusal) {
    super(refusal.detail)
  }
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** Numbers as large as this are seconds since 1970, as key vaults count. */
const SECONDS_MIN = 1_000_000_000

function shifted(value: unknown, ms: number): unknown {
  if (typeof value === 'number') return value < SECONDS_MIN ? value : Math.round(value + ms / 1000)
  if (typeof value === 'string')
    return value.replace(INSTANT, (at) => new Date(Date.parse(at) + ms).toISOString())
  if (Array.isArray(value)) return value.map((item) => shifted(item, ms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, ms)]))
}

const fits = (recorded: SampleAnswer, call: string, params: Readonly<Record<string, unknown>>): boolean =>
  recorded.call === call &&
  Object.entries(recorded.params ?? {}).every(
    ([key, value]) => String(params[key]).toLowerCase() === value.toLowerCase(),
  )

/** What a list gives that the sample does not hold. */
const NONE: Readonly<Record<string, unknown>> = {
  query: { totalRecords: 0, data: [], resultTruncated: 'false' },
}

/** Loaded when first asked, so that a live connection never pays for it. */
async function load(): Promise<SampleAnswer[]> {
  const [{ armSample }, { entraSample }] = await Promise.all([
    import('./sample/arm'),
    import('./entra/sample'),
  ])
  return [...armSample, ...entraSample]
}

export function sampleTransport(now: Date = new Date()): Transport {
  let loading: Promise<SampleAnswer[]> | undefined
  return {
    async send(permission, params) {
      loading ??= load()
      const found = (await loading).find((one) => fits(one, permission, params))
      if (found?.refusal) throw new NotInSample(found.refusal)
      if (found) return shifted(found.answer, now.getTime() - Date.parse(RECORDED_AT))
      const api = CALLS[permission]?.api ?? 'login'
      if (api === 'login') throw new NotInSample({ why: 'not-offered', detail: 'not in the sample' })
      return NONE[api] ?? { value: [] }
    },
    explain: (error) => (error instanceof NotInSample ? error.refusal : undefined),
  }
}
