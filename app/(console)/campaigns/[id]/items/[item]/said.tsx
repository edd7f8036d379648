// What was said about an item: every decision, every hand-over, and the second look.
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { absolute, Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { decisionTitle } from '../../../words'

type Decision = ReviewItem['decisions'][number]

function decidedWords(one: Decision): string {
  const told = [
    one.for && `in the place of ${one.for}`,
    one.source === 'policy' && 'carried by policy',
    one.requestSize > 1 && `with ${one.requestSize - 1} others`,
    one.keepUntil && `until ${absolute(one.keepUntil, false)}`,
  ]
  return told.filter(Boolean).join(', ')
}

function Decisions({ decisions }: Pick<ReviewItem, 'decisions'>) {
  return (
    <ol className="flex flex-col gap-2" aria-label="Decisions">
      {decisions.map((one, at) => (
        <li key={one.id} className="border-l-2 border-hairline pl-3 [overflow-wrap:anywhere]">
          <p>
            <span className="font-medium">{decisionTitle(one.decision)}</span> by {one.by}{' '}
            <Moment at={one.at} full />
            {at === 0 && one.decision !== 'undone' && <span className="text-muted"> · counts</span>}
          </p>
          <p className="text-caption text-muted">{decidedWords(one)}</p>
          {one.reason && <p className="whitespace-pre-line">{one.reason}</p>}
        </li>
      ))}
    </ol>
  )
}

function SecondLook({ look }: { look: NonNullable<ReviewItem['secondLook']> }) {
  const why = look.why === 'administrator' ? 'It is equivalent to an administrator' : 'It was drawn at random'
  return (
    <p className="mt-3">
      <span className="font-medium">Second look.</span> {why}.{' '}
      {look.answer
        ? `${look.by ?? 'Somebody'}: ${decisionTitle(look.answer)}.`
        : look.by
          ? `${look.by} is asked, without being told what the first one decided.`
          : 'Nobody is asked yet.'}
      {look.settledAs && ` Settled by ${look.settledBy ?? 'somebody'}: ${decisionTitle(look.settledAs)}.`}
    </p>
  )
}

export function Said({ view }: { view: ReviewItem }) {
  const { decisions, handovers, secondLook } = view
  if (view.role === 'second') return null
  return (
    <Section id="said" title="What was said about it">
      {decisions.length > 0 ? (
        <Decisions decisions={decisions} />
      ) : (
        <p className="text-muted">Nobody has decided about it.</p>
      )}
      {handovers.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1" aria-label="Handed over">
          {handovers.map((one) => (
            <li key={one.at + one.to} className="[overflow-wrap:anywhere]">
              {one.from ?? 'Nobody'} → {one.to}, by {one.by} <Moment at={one.at} />: {one.reason}
            </li>
          ))}
        </ul>
      )}
      {secondLook && <SecondLook look={secondLook} />}
    </Section>
  )
}
