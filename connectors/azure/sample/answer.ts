// One recorded answer of the made-up tenant: to a call, for the parameters that are named. The first that fits is given.
import type { Explanation } from '@/core/upstream'

export type Refusal = Pick<Explanation, 'why' | 'detail' | 'code'>
export type SampleAnswer = {
  call: string
  /** Compared with the path, host or next page that is asked for. */
  params?: Readonly<Record<string, string>>
  answer?: unknown
  refusal?: Refusal
}

/** When the answers were made up: every instant in them is moved by the time since, so that ages stay what they were. */
export const RECORDED_AT = '2026-11-01T00:00:00.000Z'
