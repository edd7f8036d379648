// What the steps of a measurement take and hand on.
import type { Instant } from '@/core/fact'

/** `told` has no limit to be held against. */
export type Verdict = 'holds' | 'misses' | 'told'
export type Figure = { group: string; name: string; aim?: string; measured: string; verdict: Verdict }

export type SyncTime = { seconds: number; applySeconds: number; rows: number }
export type Memory = { identities: number; startMiB: number; peakMiB: number; seconds: number }
export type TableSize = { schema: string; table: string; rows: number; bytes: number; indexBytes: number }
export type Plan = { title: string; text: string }

/** What later steps know of earlier ones. A curve and plans come from several steps, under a name of their own each. */
export type Facts = {
  generateSeconds?: number
  first?: SyncTime
  moments?: Instant[]
  sizes?: TableSize[]
  report?: string
} & { [name: `memory:${string}`]: Memory } & { [name: `plan:${string}`]: Plan } & {
  [name: `moment:${string}`]: Instant
} & {
  [name: `day:${string}`]: number
}

export type Task = {
  step: string
  identities: number
  seed: number
  /** For files, removed in the end. */
  folder: string
  facts: Facts
  figures: Figure[]
  only?: string[]
}
export type Answer = { figures: Figure[]; facts: Facts }
export type Step = (task: Task) => Promise<Answer>

const MIB = 2 ** 20
export const mib = (bytes: number): number => Math.round(bytes / MIB)
/** Highest resident memory of this process so far, as the system counts it. */
export const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

export const atMost = (value: number, limit: number): Verdict => (value <= limit ? 'holds' : 'misses')
export const spaced = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')
export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
export const secondsOf = (s: number): string => `${s.toFixed(1)} s`

/** The instants to ask about, oldest first. */
export const momentsOf = (facts: Facts): Instant[] =>
  Object.entries(facts)
    .filter(([name]) => name.startsWith('moment:'))
    .map(([, at]) => String(at))
    .sort()
