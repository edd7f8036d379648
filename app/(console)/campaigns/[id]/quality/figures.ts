// The figures of how attentively was decided, each with what it means. A share of nothing is told as such, never as nought.
import type { Quality } from '@/governance/campaigns/quality'

export type Figure = { title: string; means: string; value: string; before?: string }

const NONE = 'Nothing to tell of'
const percent = (share: number | null): string =>
  share === null ? NONE : `${Math.round(share * 1000) / 10} %`
const seconds = (ms: number | null): string =>
  ms === null ? 'Not measured' : `${Math.round(ms / 100) / 10} s`
const plain = (n: number): string => n.toLocaleString('en')
const goneWords = ({ goneInTime: { of, gone, unknown } }: Quality): string =>
  of || unknown
    ? `${plain(gone)} of ${plain(of)}${unknown ? `, ${plain(unknown)} nobody has looked at` : ''}`
    : NONE

const FIGURES: { title: string; means: string; of: (quality: Quality) => string }[] = [
  {
    title: 'Decisions of people',
    means: 'That count now. What policy carried is in none of these figures.',
    of: (q) => plain(q.human),
  },
  { title: 'Carried by policy', means: 'Never counted as a review by a person.', of: (q) => plain(q.policy) },
  {
    title: 'Removed or reduced',
    means: 'Where next to nothing is, few have looked for what is not needed.',
    of: (q) => percent(q.removeShare),
  },
  {
    title: 'Time on the evidence, high risk',
    means: 'Median; the card in sight, and the window in use.',
    of: (q) => seconds(q.medianDwellMs.high),
  },
  {
    title: 'Time on the evidence, medium risk',
    means: 'Median.',
    of: (q) => seconds(q.medianDwellMs.medium),
  },
  { title: 'Time on the evidence, low risk', means: 'Median.', of: (q) => seconds(q.medianDwellMs.low) },
  {
    title: 'Measured',
    means: 'Decisions of which that time is known: the others were made without scripts, or over the API.',
    of: (q) => `${plain(q.measured)} of ${plain(q.human)}`,
  },
  { title: 'In under 4 seconds', means: 'Of those that were measured.', of: (q) => percent(q.fastShare) },
  {
    title: 'Evidence opened',
    means: 'At least one folded part of the card was opened.',
    of: (q) => percent(q.openedShare),
  },
  {
    title: 'Went on after being told of the pace',
    means: 'Decisions by somebody who was told to be going fast.',
    of: (q) => plain(q.paced),
  },
  {
    title: 'Handed on',
    means: 'Items that a reviewer gave to somebody else.',
    of: (q) => percent(q.handedOnShare),
  },
  {
    title: 'Reasons in the same words',
    means: 'Of all reasons in own words: how many stand at more than five items alike.',
    of: (q) => percent(q.sameWordsShare),
  },
  {
    title: 'Second looks given',
    means: 'By another person, without being told what the first one said.',
    of: ({ secondLooks: { answered, asked } }) => `${plain(answered)} of ${plain(asked)}`,
  },
  {
    title: 'Second looks that differ',
    means: 'How often two people who look at the same do not say the same.',
    of: (q) => percent(q.secondLooks.differingShare),
  },
  {
    title: 'Removals gone within 30 days',
    means: 'Of those of which a complete look could tell.',
    of: goneWords,
  },
]

export const figuresOf = (quality: Quality, before?: Quality): Figure[] =>
  FIGURES.map(({ title, means, of }) => ({
    title,
    means,
    value: of(quality),
    ...(before && { before: of(before) }),
  }))
