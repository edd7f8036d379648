// What differs between two instants: one filter schema for page, API, CSV and command line, and the rows they show.
import { z } from 'zod'
import type { Instant } from './fact'
import { IdentityFilter, oneOf } from './list'
import { MomentParams } from './moment'
import type { Severity } from './rule'

/** What is compared, in the order it is listed. */
export const DIFF_KINDS = [
  'identity',
  'privilege',
  'owner',
  'grant',
  'trust',
  'credential',
  'finding',
  'source',
  'scope',
] as const
export type DiffKind = (typeof DIFF_KINDS)[number]

/**
 * How it differs. Absence is evidence only where the look was complete: `first-look` is there now and was never looked
 * for before, `learned` has changed only in what one of the two instants does not know.
 */
export const DIFF_WORDS = ['added', 'gone', 'returned', 'changed', 'learned', 'first-look'] as const
export type DiffWord = (typeof DIFF_WORDS)[number]

const { q, scope, size, after } = IdentityFilter.shape

export const DiffFilter = z.object({
  /** The earlier instant. Unset: a week before `to`, or where history begins. */
  from: MomentParams.shape.asOf,
  /** The later instant. Unset: now. */
  to: MomentParams.shape.asOf,
  /** Compares both as they were known at this instant. Unset: each as it was known then. */
  known: MomentParams.shape.known,
  kind: oneOf(DIFF_KINDS),
  what: oneOf(DIFF_WORDS),
  scope,
  /** Part of the name of the thing, or of the identity it belongs to. */
  q,
  /** Only what is about this identity, by its id. */
  identity: z.guid().optional(),
  size,
  after,
})
export type DiffFilter = z.infer<typeof DiffFilter>

/** One field, old to new. `unseen` says that one side was not known: then it may have been the same all along. */
export type DiffField = { field: string; from: string; to: string; unseen?: 'before' | 'after' }

export type DiffRow = {
  kind: DiffKind
  what: DiffWord
  id: string
  name: string
  /** The identity it belongs to, or is. */
  identity?: { id: string; name: string }
  scope?: { id: string; name: string; sample: boolean }
  /** Gone because its source was removed here: whether it still exists is not known. */
  removed?: true
  /** Since when it is true … */
  trueAt: Instant
  /** … and since when we know. */
  knownAt: Instant
  changes: DiffField[]
  /** The run that brought it; verdicts and owners are worked out between runs. */
  run?: { id: string; sourceId: string; source: string }
  rule?: { id: string; severity: Severity; verdict: 'fail' | 'unknown' }
}

/** The two instants an answer compares, absolute: asked again, they give the same answer. */
export type DiffBetween = { from: Instant; to: Instant; known?: Instant }
