// When an empty answer is evidence: only where every stream that could have told was seen whole.
import { absent, unknown, type Absent, type Instant, type Unknown, type Why } from '@/core/fact'
import type { Kind } from '@/core/observation'

/** The newest look at a kind in one stream of a scope. */
export type LookRow = {
  stream: string
  kind: string
  at: Date
  state: string
  why: string | null
  permission: string | null
  detail: string | null
  completeAt: Date | null
  /** Types of identities that its rows are, or belong to; empty: any. */
  about: string[]
}

/** The looks that can tell something of identities of a type. */
export const looksAbout = <T extends Pick<LookRow, 'about'>>(looks: readonly T[], type: string): T[] =>
  looks.filter(({ about }) => !about.length || about.includes(type))

/** The look of a row's own stream: what confirms the row while nothing about it changes. */
export const lookOf = (looks: readonly LookRow[], stream: string, kind: Kind): LookRow | undefined =>
  looks.find((l) => l.stream === stream && l.kind === kind)

/** The few instants of looks, written out once instead of once a row. */
const written = new WeakMap<Date, Instant>()
function iso(date: Date): Instant {
  const before = written.get(date)
  if (before !== undefined) return before
  const text = date.toISOString()
  written.set(date, text)
  return text
}

/** When a row was last confirmed: when its version began, or by a later complete look. */
export const confirmedAt = (validFrom: Date, look: LookRow | undefined): Instant =>
  look?.completeAt && look.completeAt > validFrom ? iso(look.completeAt) : validFrom.toISOString()

/** What it means that nothing of this kind is held: absent since the oldest complete look, or unknown. */
export function absenceOf(looks: readonly LookRow[], kind: Kind): Absent | Unknown {
  const streams = looks.filter((l) => l.kind === kind)
  if (!streams.length) return unknown('not-collected', kind, 'no source was asked')
  const never = streams.find((l) => !l.completeAt)
  if (never)
    return unknown((never.why ?? 'not-collected') as Why, never.permission ?? kind, never.detail ?? undefined)
  const oldest = streams.reduce((a, b) => ((a.completeAt ?? 0) <= (b.completeAt ?? 0) ? a : b))
  const doubt = streams.find((l) => l.state !== 'complete')
  return {
    ...absent(`${oldest.stream}, read for ${kind}s`),
    at: oldest.completeAt?.toISOString(),
    ...(doubt && {
      unconfirmed: { why: (doubt.why ?? 'not-collected') as Why, since: doubt.at.toISOString() },
    }),
  }
}
