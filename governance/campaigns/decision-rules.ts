// What a decision needs and when it is refused: the measures against deciding without looking. Pure.
import { BULK_KEEP_MAX, type Card, type Choice, type Lacking, type ReasonCode } from '@/core/campaign'
import type { Code } from '@/core/errors'
import type { StoredPolicy } from './campaign-input'
import { keptAlone } from './risk-tiers'

export type Asked = {
  decision: Choice
  reasonCode?: ReasonCode | undefined
  reason?: string | undefined
  keepUntil?: string | undefined
  lacking?: Lacking | undefined
  drops?: string[] | undefined
}
export type Refusal = { code: Code; message: string }
const no = (message: string, code: Code = 'invalid'): Refusal => ({ code, message })

const DAY_MS = 86_400_000
const failing = ({ signals }: Card) => signals.filter(({ verdict }) => verdict === 'fail').length

/** What a last day means: its end, in UTC. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59.999Z`)

function dayRefusal(keepUntil: string, { keepDays }: StoredPolicy, now: Date): Refusal | undefined {
  const days = Math.floor((endOfDay(keepUntil).getTime() - now.getTime()) / DAY_MS)
  if (days < 1) return no('“Keep until” has to be a later day.')
  return days > keepDays ? no(`“Keep until” can be ${keepDays} days from now at most.`) : undefined
}

function keepRefusal(asked: Asked, card: Card, policy: StoredPolicy): Refusal | undefined {
  const words = asked.reason?.trim()
  if (card.risk.tier === 'high') {
    if (!asked.reasonCode || !words)
      return no('It is of high risk: to keep it, give a reason, and say it in your own words.')
    if (!asked.keepUntil) return no('It is of high risk: say until when it is kept.')
  }
  const against = failing(card)
  if (against && !asked.reasonCode)
    return no(
      `${against === 1 ? 'A signal speaks' : `${against} signals speak`} against keeping it: give a reason.`,
    )
  return policy.reasonAlways && !asked.reasonCode
    ? no('In this campaign every decision needs a reason.')
    : undefined
}

/** Why one row is refused by what it says alone; undefined where it is not. */
export function rowRefusal(asked: Asked, card: Card, policy: StoredPolicy, now: Date): Refusal | undefined {
  if (asked.reasonCode === 'other' && !asked.reason?.trim()) return no('Say the reason in your own words.')
  if (asked.keepUntil !== undefined && asked.decision !== 'keep' && asked.decision !== 'reduce')
    return no('“Keep until” belongs to what is kept.')
  const day = asked.keepUntil === undefined ? undefined : dayRefusal(asked.keepUntil, policy, now)
  if (day) return day
  if (asked.decision === 'not-mine' && !asked.reason?.trim()) return no('Say why it is not yours.')
  if (asked.decision === 'cannot-tell' && !asked.lacking)
    return no('Say what is lacking: its purpose, who uses it, or how far it reaches.')
  const strange = (asked.drops ?? []).filter((id) => !card.grants.some((grant) => grant.id === id))
  if (strange.length) return no('It names a grant that the identity did not hold.')
  if (asked.drops?.length && asked.decision !== 'reduce')
    return no('Grants are taken away where it is reduced.')
  if (asked.decision === 'keep') return keepRefusal(asked, card, policy)
  if (policy.reasonAlways && !asked.reasonCode && asked.decision !== 'not-mine')
    return no('In this campaign every decision needs a reason.')
  return undefined
}

export type Together = { id: string; asked: Asked; card: Card }

/**
 * Why rows are refused that are kept or reduced in one request: only what is the same in all that is compared, and is not
 * risky, is decided about as one. Removing together is allowed. By row.
 */
export function togetherRefusals(rows: readonly Together[]): Map<string, Refusal> {
  const refused = new Map<string, Refusal>()
  const kept = rows.filter(({ asked }) => asked.decision === 'keep' || asked.decision === 'reduce')
  if (kept.length < 2) return refused
  const [first] = kept
  const keyOf = ({ card }: Together) =>
    card.sameness.state === 'known' ? card.sameness.value.key : undefined
  for (const row of kept) {
    const alone = keptAlone(row.card.risk)
    const key = keyOf(row)
    if (alone) refused.set(row.id, no(alone))
    else if (row.card.sameness.state === 'unknown')
      refused.set(row.id, no(`Whether it is the same as the others is not known. ${row.card.sameness.why}`))
    else if (first && key !== keyOf(first))
      refused.set(row.id, no('It is not the same as the others: decide about it by itself.'))
    else if (!row.asked.reasonCode) refused.set(row.id, no('To keep several at once, give a reason.'))
    else if (kept.length > BULK_KEEP_MAX)
      refused.set(row.id, no(`At most ${BULK_KEEP_MAX} are kept at once.`))
  }
  return refused
}

/** Decisions in a row, and how quickly each has to have been made, to be told that one is going fast. */
const PACE = { decisions: 5, dwellMs: 4000 }
export const FAST_MS = PACE.dwellMs
export const PACE_DECISIONS = PACE.decisions

export type Pace = { fast: boolean; high: number; words: string }

/** @param latest the newest first */
export function paceOf(latest: readonly { dwellMs: number | null; high: boolean }[]): Pace {
  const some = latest.slice(0, PACE.decisions)
  const fast =
    some.length === PACE.decisions && some.every(({ dwellMs }) => dwellMs !== null && dwellMs < PACE.dwellMs)
  const high = some.filter((one) => one.high).length
  return {
    fast,
    high,
    words: fast
      ? `You are going fast; ${high} of these ${high === 1 ? 'is' : 'are'} of high risk. Continue, or look again.`
      : '',
  }
}
