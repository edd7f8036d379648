// The made-up server of the sample organisation: what its commands would print, as if they had just been run.
import type { Transport } from '@/core/upstream'
import { DISCOVERY } from './calls'
import { explain, Refused } from './explain'

type Answered = { permission: string; params?: Record<string, unknown>; answer: unknown }
type Sample = { recordedAt: string; answers: Answered[] }

const SECONDS = /_at$/
/** Moves every instant by the same time, so that ages stay what they were. */
function shifted(value: unknown, seconds: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shifted(one, seconds))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECONDS.test(key) && Number(inner) ? String(Number(inner) + seconds) : shifted(inner, seconds),
    ]),
  )
}

/** Loaded when first asked. */
const load = async (): Promise<Sample> => (await import('./sample/server.json')).default as unknown as Sample

export function sampleTransport(now: Date = new Date()): Transport {
  let loading: Promise<Sample> | undefined
  return {
    async send(permission, params) {
      loading ??= load()
      const { recordedAt, answers } = await loading
      const found = answers.find(
        (one) => one.permission === permission && JSON.stringify(one.params ?? {}) === JSON.stringify(params),
      )
      if (!found)
        throw new Refused({
          why: 'not-offered',
          detail: permission === DISCOVERY ? 'The sample has no issuer of JWT-SVIDs.' : 'not in the sample',
        })
      return shifted(found.answer, Math.round((now.getTime() - Date.parse(recordedAt)) / 1000))
    },
    explain,
  }
}
