// How risky an item is, and every reason that holds.
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { STATE_WORDS } from './words'
import { RiskWord } from './risk-word'
import type { ItemState } from '@/core/campaign'
import { StateWord } from '@/app/_ui/state-word'

export function RiskLine({ view: { card, state, reviewer } }: { view: ReviewItem }) {
  const { tier, reasons } = card.risk
  const { tone, title } = STATE_WORDS[state as ItemState]
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-prose [overflow-wrap:anywhere]">
      <RiskWord tier={tier} long />
      <span className="text-muted">
        {reasons.length
          ? `because: ${reasons.map(({ words }) => words).join('; ')}`
          : 'nothing speaks against it'}
      </span>
      <StateWord tone={tone}>{title}</StateWord>
      {reviewer && (
        <span className="text-muted">
          asked: {reviewer.name}, {reviewer.why}
        </span>
      )}
    </p>
  )
}
