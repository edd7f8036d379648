// What was said about an item so far, newest first: who decided what, who handed it on, and the second look.
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { choiceTitle, lackingTitle, reasonTitle } from './words'

type Decision = ReviewItem['decisions'][number]

function Said({ decision }: { decision: Decision }) {
  const { reasonCode, reason, keepUntil, lacking, source } = decision
  const why = [reasonCode && reasonTitle(reasonCode), reason].filter(Boolean).join(': ')
  return (
    <li>
      <Moment at={decision.at} /> <span className="font-medium">{decision.by}</span>
      {decision.for && <span className="text-muted"> in the place of {decision.for}</span>}
      {source === 'policy' && <span className="text-muted"> (by policy, not by a person)</span>}:{' '}
      <span className="font-medium">
        {decision.decision === 'undone' ? 'Taken back' : choiceTitle(decision.decision)}
      </span>
      {decision.requestSize > 1 && (
        <span className="text-muted">, together with {decision.requestSize - 1} others</span>
      )}
      {keepUntil && <span>, until {keepUntil.slice(0, 10)}</span>}
      {lacking && <span>, lacking: {lackingTitle(lacking).toLowerCase()}</span>}
      {why && <span className="block text-muted">{why}</span>}
    </li>
  )
}

export function SaidSoFar({ view: { decisions, handovers, secondLook } }: { view: ReviewItem }) {
  if (!decisions.length && !handovers.length && !secondLook) return null
  return (
    <Section id="said" title="Said so far">
      <ul className="flex flex-col gap-1.5 [overflow-wrap:anywhere]">
        {secondLook && (
          <li>
            Second look ({secondLook.why}) {secondLook.by && `by ${secondLook.by}`}:{' '}
            <span className="font-medium">
              {secondLook.answer ? choiceTitle(secondLook.answer) : 'not given yet'}
            </span>
            {secondLook.settledAs &&
              `; settled as ${choiceTitle(secondLook.settledAs)} by ${secondLook.settledBy ?? 'the manager'}`}
          </li>
        )}
        {decisions.map((decision) => (
          <Said key={decision.id} decision={decision} />
        ))}
        {handovers.map(({ from, to, reason, by, at }) => (
          <li key={at + to}>
            <Moment at={at} /> handed {from && `from ${from} `}to <span className="font-medium">{to}</span> by{' '}
            {by}: <span className="text-muted">{reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
