// The evidence of a card, in the same order every time: what changed, what it does, its use, its reach, what follows from
// either, and what speaks against it. Signals, and never a verdict.
import type { ReactNode } from 'react'
import type { Card, Signal } from '@/core/campaign'
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { EVENT_WORDS } from '@/app/_inventory/timeline-days'
import { factWords } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Panel } from '@/app/_ui/section'
import { SeverityMark } from '@/app/_ui/severity'
import { StateWord } from '@/app/_ui/state-word'
import { Lines, Row, SectionRow } from './section'

/** @param links whether whoever looks may open the pages of identities and findings */
type Props = { view: ReviewItem; links: boolean }

/** Folded, and noted as looked at when it is opened. */
function Folded({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  return (
    <details data-evidence={name} className="border-t border-hairline px-4 py-2.5">
      <summary className="cursor-pointer text-ui font-medium text-muted select-none">{title}</summary>
      <div className="mt-1.5 text-prose [overflow-wrap:anywhere]">{children}</div>
    </details>
  )
}

function SignalLine({ signal, links }: { signal: Signal; links: boolean }) {
  const { findingId, rule, severity, verdict, message } = signal
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      {verdict === 'fail' && <SeverityMark severity={severity} />}
      {links ? (
        <Link href={`/findings/${findingId}`} prefetch={false} className="link font-medium">
          {ruleTitle(rule)}
        </Link>
      ) : (
        <span className="font-medium">{ruleTitle(rule)}</span>
      )}
      <span className="text-muted">{message}</span>
    </li>
  )
}

const Signals = ({ signals, links }: { signals: readonly Signal[]; links: boolean }) => (
  <ul className="flex flex-col gap-1">
    {signals.map((signal) => (
      <SignalLine key={signal.findingId} signal={signal} links={links} />
    ))}
  </ul>
)

/** What speaks against it, and what nobody can tell: the second is folded, and never counted as fine. */
function Spoken({ card: { signals, moreSignals }, links }: { card: Card; links: boolean }) {
  const failing = signals.filter(({ verdict }) => verdict === 'fail')
  const unknown = signals.filter(({ verdict }) => verdict === 'unknown')
  const more = moreSignals > 0 ? `, and ${moreSignals} more signals` : ''
  return (
    <>
      <Row title="Signals">
        {failing.length ? (
          <Signals signals={failing} links={links} />
        ) : (
          <p>No finding was open against it.</p>
        )}
      </Row>
      {(unknown.length > 0 || more) && (
        <Folded
          name="unknown"
          title={`Of ${unknown.length} ${unknown.length === 1 ? 'rule' : 'rules'} nobody can tell whether it holds${more}`}
        >
          <Signals signals={unknown} links={links} />
        </Folded>
      )}
    </>
  )
}

function Unseen({ unseen }: { unseen: readonly string[] }) {
  if (!unseen.length)
    return (
      <Row title="Not seen">
        <p>Everything that is collected about it was seen.</p>
      </Row>
    )
  return (
    <Folded
      name="unseen"
      title={`${unseen.length.toLocaleString('en')} ${unseen.length === 1 ? 'thing was' : 'things were'} not seen when this was made`}
    >
      <Lines lines={unseen} />
    </Folded>
  )
}

function Since({ since, instant }: { since: ReviewItem['since']; instant: string }) {
  const count = since.events.length
  return (
    <Folded
      name="since"
      title={
        count
          ? `${count} changes since ${absolute(instant)}`
          : `No change is known since ${absolute(instant)}`
      }
    >
      {count === 0 && <p>What was not looked at since then may have changed all the same.</p>}
      <ul className="flex flex-col gap-1">
        {since.events.map((event, at) => (
          <li key={at}>
            <Moment at={event.at} /> <span className="text-muted">{event.kind.replace('-', ' ')}</span>{' '}
            <span className="font-medium">{event.ruleId ? ruleTitle(event.ruleId) : event.name}</span>{' '}
            {EVENT_WORDS[event.what]}
            {event.changes.map(({ field, from, to }) => (
              <span key={field} className="block text-caption text-muted">
                {factWords(field)}: {from} → {to}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Folded>
  )
}

/** What has become of it meanwhile, where that changes what can be decided. */
export function Meanwhile({ since }: { since: ReviewItem['since'] }) {
  if (since.standing === 'there') return null
  return (
    <Notice
      tone="warn"
      title={
        since.standing === 'gone'
          ? 'It is gone: a complete look no longer saw it'
          : 'Its source is not read any more'
      }
    >
      {since.standing === 'gone' ? (
        <>
          {since.goneAt && <Moment at={since.goneAt} full />}. It cannot be kept or reduced: decide to remove
          it.
        </>
      ) : (
        'Nobody can say whether it is still there. The card shows it as it was.'
      )}
    </Notice>
  )
}

export function Evidence({ view, links }: Props) {
  const { card, since } = view
  return (
    <Panel>
      <SectionRow title="Since the last decision" section={card.changed} />
      <SectionRow title="What it does" section={card.does} />
      <SectionRow title="Used" section={card.used} />
      <SectionRow title="Could do" section={card.could} />
      <SectionRow title="If you keep it" section={card.keeping} />
      <SectionRow title="If you remove it" section={card.removing} />
      <Spoken card={card} links={links} />
      <Row title="Owner">
        {card.owner.state === 'unknown' ? (
          <p>
            <StateWord tone="unknown">Unknown</StateWord>: {card.owner.words}
          </p>
        ) : (
          card.owner.words
        )}
      </Row>
      <Unseen unseen={card.unseen} />
      <Since since={since} instant={card.instant} />
    </Panel>
  )
}
