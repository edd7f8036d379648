// What reviews are called on pages: choices, reasons, risks and states. The words of the record stay as they are.
import {
  LACKING,
  REASONS,
  type Choice,
  type ItemState,
  type Lacking,
  type ReasonCode,
  type Tier,
} from '@/core/campaign'
import type { Tone } from '@/app/_ui/state-word'

export const CHOICE_WORDS: Record<Choice, { title: string; means: string }> = {
  keep: { title: 'Keep', means: 'It stays as it is.' },
  reduce: { title: 'Keep, but reduce', means: 'It stays, and loses the rights you name.' },
  remove: { title: 'Remove', means: 'People turn it off, then delete it.' },
  'not-mine': { title: 'Not mine', means: 'Somebody else is asked about it.' },
  'cannot-tell': { title: 'I cannot tell', means: 'It stays open; you say what is lacking.' },
}
export const choiceTitle = (choice: string): string =>
  Object.hasOwn(CHOICE_WORDS, choice) ? CHOICE_WORDS[choice as Choice].title : choice

const LACKING_WORDS: Record<Lacking, string> = {
  purpose: 'What it is for',
  consumer: 'Who or what uses it',
  reach: 'How far it reaches',
}
const ASK = { value: '', title: 'Choose one' }
export const LACKING_OPTIONS = [ASK, ...LACKING.map((value) => ({ value, title: LACKING_WORDS[value] }))]
export const lackingTitle = (word: string): string =>
  Object.hasOwn(LACKING_WORDS, word) ? LACKING_WORDS[word as Lacking] : word

export const REASON_OPTIONS = [
  ASK,
  ...(Object.keys(REASONS) as ReasonCode[]).map((value) => ({ value, title: REASONS[value] })),
]
export const reasonTitle = (code: string): string =>
  Object.hasOwn(REASONS, code) ? REASONS[code as ReasonCode] : code

export const TIER_WORDS: Record<Tier, string> = { high: 'High', medium: 'Medium', low: 'Low' }

export const STATE_WORDS: Record<ItemState, { tone: Tone; title: string }> = {
  undecided: { tone: 'waiting', title: 'Not decided' },
  unclear: { tone: 'unknown', title: 'Cannot tell' },
  decided: { tone: 'busy', title: 'Decided' },
  signed: { tone: 'ok', title: 'Signed' },
  carried: { tone: 'off', title: 'Carried by policy' },
  excepted: { tone: 'warn', title: 'Left to somebody' },
  moved: { tone: 'off', title: 'Moved to the next campaign' },
}
