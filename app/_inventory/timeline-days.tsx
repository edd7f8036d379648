// What changed and when, newest first, day by day: for every page of one thing.
import type { Timeline, TimelineEvent } from '@/inventory/queries/types'
import { Link } from '@/app/_ui/link'
import { Moment, absolute } from '@/app/_ui/moment'
import { pageNow } from '@/app/_ui/page-clock'
import { SeverityMark } from '@/app/_ui/severity'
import { ruleTitle } from './rule-meta'
import { factWords } from './words'

export const EVENT_WORDS: Record<TimelineEvent['what'], string> = {
  created: 'created',
  'first-seen': 'first seen',
  changed: 'changed',
  retired: 'no longer seen',
  restored: 'seen again',
  'finding-opened': 'finding opened',
  'finding-resolved': 'finding resolved',
}

function Event({ event }: { event: TimelineEvent }) {
  const isFinding = event.kind === 'finding'
  return (
    <li className="grid grid-cols-[9.5rem_1fr] gap-3 py-2 max-sm:grid-cols-1 max-sm:gap-0">
      <span className="text-muted">
        <Moment at={event.at} />
      </span>
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <span className="text-muted">{isFinding ? '' : `${event.kind.replace('-', ' ')} `}</span>
          {isFinding ? (
            <Link href={`/findings/${event.id}`} className="row-link">
              {event.ruleId ? ruleTitle(event.ruleId) : event.name}
            </Link>
          ) : (
            <span className="font-medium">{event.name}</span>
          )}{' '}
          {EVENT_WORDS[event.what]} {event.severity && <SeverityMark severity={event.severity} />}
        </p>
        {event.message && <p className="text-muted [overflow-wrap:anywhere]">{event.message}</p>}
        {event.changes.length > 0 && (
          <ul className="mt-0.5 text-caption text-muted">
            {event.changes.map((change) => (
              <li key={change.field} className="[overflow-wrap:anywhere]">
                {factWords(change.field)}: <del>{change.from}</del> →{' '}
                <ins className="text-ink no-underline">{change.to}</ins>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

type Of = { href: string; firstSeenAt: string }

/** The thing as it was when the day ended: not before it was first seen, nor while the day goes on. */
function AsOfDay({ of, at, day }: { of: Of; at: string; day: string }) {
  const date = at.slice(0, 10)
  if (date < of.firstSeenAt.slice(0, 10) || date >= pageNow().toISOString().slice(0, 10)) return null
  return (
    <Link href={`${of.href}?asOf=${date}`} prefetch={false} className="link font-normal print:hidden">
      As of then<span className="sr-only">, the end of {day}</span>
    </Link>
  )
}

export function TimelineDays({ timeline, of }: { timeline: Timeline; of: Of }) {
  const days = new Map<string, TimelineEvent[]>()
  for (const event of timeline.events) {
    const day = absolute(event.at, false)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return (
    <>
      {timeline.events.length === 0 && (
        <p className="text-muted">Nothing has changed since it was first seen.</p>
      )}
      {[...days].map(([day, events]) => (
        <section key={day} className="mb-3">
          <h3 className="flex flex-wrap items-baseline justify-between gap-x-3 border-b border-hairline pb-1 text-caption font-medium text-muted">
            {day}
            <AsOfDay of={of} at={events[0]?.at ?? day} day={day} />
          </h3>
          <ul className="divide-y divide-hairline">
            {events.map((event, i) => (
              <Event key={event.id + event.what + i} event={event} />
            ))}
          </ul>
        </section>
      ))}
      {timeline.more && <p className="text-caption text-muted">Older events are kept but not shown here.</p>}
      {timeline.keptFrom && (
        <p className="text-caption text-muted">
          Changes before {absolute(timeline.keptFrom)} may no longer be kept.
        </p>
      )}
    </>
  )
}
