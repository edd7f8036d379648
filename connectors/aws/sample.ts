// The made-up estate of the sample organisation: recorded answers, replayed as if they had been given just now.
import type { Explanation, Transport } from '@/core/upstream'
import { isRecord } from './policy-document'

type Refusal = Pick<Explanation, 'why' | 'detail' | 'code'>
/** One answer: to a permission, for the parameters that are named. The first that fits is given. */
type Recorded = { permission: string; params?: Record<string, string>; answer?: unknown; refusal?: Refusal }
export type Sample = { recordedAt: string; answers: Recorded[] }

class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly refusal: Refusal) {
    super(refusal.detail)
  }
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g

/** Moves every instant by the same time, so that ages stay what they were when the estate was recorded. */
function shifted(value: unknown, ms: number): unknown {
  if (typeof value === 'string')
    return value.replace(INSTANT, (at) => new Date(Date.parse(at) + ms).toISOString().replace('.000Z', 'Z'))
  if (Array.isArray(value)) return value.map((item) => shifted(item, ms))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, ms)]))
}

const fits = (recorded: Recorded, permission: string, params: Readonly<Record<string, unknown>>): boolean =>
  recorded.permission === permission &&
  Object.entries(recorded.params ?? {}).every(([key, value]) => String(params[key]) === value)

/** Loaded when first asked, so that a live connection never pays for it. */
async function load(): Promise<Sample> {
  const [details, listings, credentials, clusters, organization, workloads, lastAccessed] = await Promise.all(
    [
      import('./sample/details.json'),
      import('./sample/listings.json'),
      import('./sample/credentials.json'),
      import('./sample/clusters.json'),
      import('./sample/organization.json'),
      import('./sample/workloads.json'),
      import('./sample/last-accessed.json'),
    ],
  )
  const parts = [
    details.default,
    listings.default,
    credentials.default,
    clusters.default,
    organization.default,
    workloads.default,
    lastAccessed.default,
  ] as unknown as Sample[]
  return { recordedAt: parts[0]?.recordedAt ?? '', answers: parts.flatMap((part) => part.answers) }
}

export function sampleTransport(now: Date = new Date()): Transport {
  let loading: Promise<Sample> | undefined
  return {
    async send(permission, params) {
      loading ??= load()
      const sample = await loading
      const found = sample.answers.find((one) => fits(one, permission, params))
      if (!found) throw new Refused({ why: 'not-offered', detail: 'not in the sample' })
      if (found.refusal) throw new Refused(found.refusal)
      return shifted(found.answer, now.getTime() - Date.parse(sample.recordedAt))
    },
    explain: (error) => (error instanceof Refused ? error.refusal : undefined),
  }
}
