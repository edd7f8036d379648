// A fact is known, absent or unknown, and always says where the answer comes from.
import { z } from 'zod'

/**
 * Why a question has no answer.
 * `not-offered`: this source cannot answer it at all; `left-out`: its settings leave it out; `limited`: a limit of ours was
 * reached;
 * `not-collected`: nobody has asked yet. The others are what the call ended with.
 */
export const Why = z.enum([
  'denied',
  'throttled',
  'timed-out',
  'unreachable',
  'malformed',
  'limited',
  'cancelled',
  'not-offered',
  'left-out',
  'not-collected',
])
export type Why = z.infer<typeof Why>

/** An instant in UTC, ISO 8601 with `Z`: JSON-safe, sortable as text, free of time zones. */
export const Instant = z.iso.datetime({
  error: 'must be an ISO 8601 instant in UTC, like 2026-09-30T23:59:59Z',
})
export type Instant = z.infer<typeof Instant>

/** A newer look could not confirm the answer: it stands, with its age. */
const Unconfirmed = z.strictObject({ why: Why, since: Instant })

const answered = {
  /** The call (named by its permission) that gave the answer. */
  source: z.string().min(1),
  /** When it was last confirmed. Left out while the row it belongs to was itself confirmed later. */
  at: Instant.optional(),
  unconfirmed: Unconfirmed.optional(),
}

/** The schema of a fact whose value has the given shape. */
export const factOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('known'), value, ...answered }),
    z.strictObject({ state: z.literal('absent'), note: z.string().optional(), ...answered }),
    z.strictObject({
      state: z.literal('unknown'),
      why: Why,
      source: z.string().min(1),
      detail: z.string().optional(),
    }),
  ])

type Answered = { source: string; at?: Instant; unconfirmed?: z.infer<typeof Unconfirmed> }
export type Known<T> = { state: 'known'; value: T } & Answered
/** The source was asked and there is none: an answer, not a gap. */
export type Absent = { state: 'absent'; note?: string } & Answered
export type Unknown = { state: 'unknown'; why: Why; source: string; detail?: string }
export type Fact<T> = Known<T> | Absent | Unknown

export const known = <T>(value: T, source: string): Known<T> => ({ state: 'known', value, source })
export const absent = (source: string, note?: string): Absent =>
  note === undefined ? { state: 'absent', source } : { state: 'absent', source, note }
export const unknown = (why: Why, source: string, detail?: string): Unknown =>
  detail === undefined ? { state: 'unknown', why, source } : { state: 'unknown', why, source, detail }

/** A nullable answer of a source as a fact: null and undefined are the source's "none". */
export const answer = <T>(value: T | null | undefined, source: string, noneMeans?: string): Fact<T> =>
  value === null || value === undefined ? absent(source, noneMeans) : known(value, source)

/** Applies `pick` to a known value; absent and unknown pass through unchanged. */
export function mapFact<T, U>(fact: Fact<T>, pick: (value: T) => U | null | undefined): Fact<U> {
  if (fact.state !== 'known') return fact
  const { value, ...rest } = fact
  const picked = pick(value)
  return picked === null || picked === undefined
    ? { ...rest, state: 'absent' }
    : { ...rest, state: 'known', value: picked }
}

/** The value where it is known, otherwise undefined: for display and sorting, never for a verdict. */
export const valueOf = <T>(fact: Fact<T>): T | undefined => (fact.state === 'known' ? fact.value : undefined)

export const isFact = (v: unknown): v is Fact<unknown> =>
  typeof v === 'object' &&
  v !== null &&
  'state' in v &&
  'source' in v &&
  (v.state === 'known' || v.state === 'absent' || v.state === 'unknown')
