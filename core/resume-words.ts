// What a run looks at again that was throttled before: as it is kept with the run, and as sentences. Pure.
import { z } from 'zod'
import type { Instant } from '@/core/fact'

/** Times that what was throttled is looked at again, before it is left to the next sync. */
export const RESUMES_MAX = 4

const Resumes = z.object({
  /** The run that was throttled. */
  runId: z.string(),
  /** When that run was asked for. */
  of: z.string(),
  /** When the source may be asked again. */
  at: z.string(),
  /** How many pairs of a scope and a stream are looked at again. */
  streams: z.number(),
  /** Whether the list of scopes was throttled too: scopes that were not met are looked at whole. */
  scopes: z.boolean(),
  /** Which of the attempts it is, from 1. */
  attempt: z.number(),
  /** When the sync began that all of them go on with: what was looked at since needs no other look. */
  since: z.string(),
})
export type Resumes = { runId: string; of: Instant; at: Instant; since: Instant } & Pick<
  z.infer<typeof Resumes>,
  'streams' | 'scopes' | 'attempt'
>
type Throttled = Pick<Resumes, 'streams' | 'scopes'>

/** What a run resumes; undefined for every run that does not. */
export function resumesOf(report: unknown): Resumes | undefined {
  const parsed = z.object({ resumes: Resumes }).safeParse(report)
  return parsed.success ? parsed.data.resumes : undefined
}

/** @example `2026-11-22 14:05 UTC`: the same to the command line, to the interface and in a log */
const minuteWords = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

const isMany = ({ streams, scopes }: Throttled) => streams > 1 || (streams > 0 && scopes)
const them = (what: Throttled) => (isMany(what) ? 'them' : 'it')
function whatWords({ streams, scopes }: Throttled): string {
  const parts = [
    ...(streams ? [`${streams.toLocaleString('en')} ${streams === 1 ? 'stream' : 'streams'}`] : []),
    ...(scopes ? ['the list of scopes'] : []),
  ]
  const text = parts.join(' and ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
const were = (what: Throttled) => (isMany(what) ? 'were' : 'was')

/** @example `2 streams were throttled; Rollcall looks at them again at 2026-11-22 14:05 UTC.` */
export const goesOnWords = (what: Throttled & { at: Instant }): string =>
  `${whatWords(what)} ${were(what)} throttled; Rollcall looks at ${them(what)} again at ${minuteWords(what.at)}.`

/** What is not looked at again by itself, and why. */
export function leftWords(what: Throttled, why: 'tried' | 'paused' | 'due'): string {
  const next = `the next sync looks at ${them(what)} again`
  if (why === 'tried')
    return `${whatWords(what)} ${were(what)} still throttled after ${RESUMES_MAX} further attempts; ${next}.`
  const because = { paused: 'as the source is paused', due: 'as it comes first' }[why]
  return `${whatWords(what)} ${were(what)} throttled; ${next}, ${because}.`
}

/** @example `Resumes 3 streams of the run of 2026-11-22 13:59 UTC that were throttled: attempt 1 of 4.` */
export function resumesWords(resumes: Resumes): string {
  const what = whatWords(resumes)
  const named = what.charAt(0).toLowerCase() + what.slice(1)
  return `Resumes ${named} of the run of ${minuteWords(resumes.of)} that ${were(resumes)} throttled: attempt ${resumes.attempt} of ${RESUMES_MAX}.`
}
