// What each decision about a card has to bring, told before it is asked for. It says what `rowRefusal` refuses the lack of. Pure.
import type { Card, Choice } from '@/core/campaign'
import type { Issue } from '@/core/errors'
import type { Asked } from '../decision-rules'

export type Needs = {
  reasonCode: boolean
  reason: boolean
  keepUntil: boolean
  lacking: boolean
  /** Why, as a sentence; empty where nothing is needed. */
  words: string
}
const NOTHING: Needs = { reasonCode: false, reason: false, keepUntil: false, lacking: false, words: '' }

function keepNeeds({ risk, signals }: Pick<Card, 'risk' | 'signals'>, reasonAlways: boolean): Needs {
  if (risk.tier === 'high')
    return {
      ...NOTHING,
      reasonCode: true,
      reason: true,
      keepUntil: true,
      words: 'It is of high risk: to keep it, give a reason, your own words, and a last day.',
    }
  const against = signals.filter(({ verdict }) => verdict === 'fail').length
  if (against)
    return {
      ...NOTHING,
      reasonCode: true,
      words: `${against === 1 ? 'A signal speaks' : `${against} signals speak`} against keeping it: give a reason.`,
    }
  return always(reasonAlways)
}
const always = (reasonAlways: boolean): Needs =>
  reasonAlways
    ? { ...NOTHING, reasonCode: true, words: 'In this campaign every decision needs a reason.' }
    : NOTHING

export function needsOf(
  choice: Choice,
  card: Pick<Card, 'risk' | 'signals'>,
  { reasonAlways }: { reasonAlways: boolean },
): Needs {
  if (choice === 'keep') return keepNeeds(card, reasonAlways)
  if (choice === 'not-mine') return { ...NOTHING, reason: true, words: 'Say why it is not yours.' }
  if (choice === 'cannot-tell')
    return {
      ...always(reasonAlways),
      lacking: true,
      words: 'Say what is lacking: it stays open until somebody can tell.',
    }
  return always(reasonAlways)
}

const ASKS = {
  reasonCode: 'Choose a reason.',
  reason: 'Say it in your own words.',
  keepUntil: 'Say until when it is kept.',
  lacking: 'Say what is lacking.',
} as const

/** Every field that lacks something, so that a form can say so beside each at once. */
export function lackingIn(asked: Asked, needs: Needs): Issue[] {
  const fields = (Object.keys(ASKS) as (keyof typeof ASKS)[]).filter((field) => {
    const isOther = field === 'reason' && asked.reasonCode === 'other'
    return (needs[field] || isOther) && !asked[field]?.trim()
  })
  return fields.map((path) => ({ path, message: ASKS[path] }))
}
