// How an item stands, and how an audit does, as words with a shape.
import type { AuditRow } from '@/governance/audits/list-audits'
import { ITEM_STATUSES, STATUS_TITLES, type ItemStatus } from '@/governance/audits/status'
import { Link } from '@/app/_ui/link'
import { StateWord, type Tone } from '@/app/_ui/state-word'

const TONES: Record<ItemStatus, Tone> = {
  waiting: 'waiting',
  ready: 'busy',
  approved: 'ok',
  flagged: 'warn',
  'not-applicable': 'off',
}
export function StatusWord({ status }: { status: ItemStatus }) {
  return <StateWord tone={TONES[status]}>{STATUS_TITLES[status]}</StateWord>
}
export function AuditWord({ state }: { state: AuditRow['state'] }) {
  return (
    <StateWord tone={state === 'open' ? 'busy' : 'off'}>{state === 'open' ? 'Open' : 'Closed'}</StateWord>
  )
}

/** How many items stand how, each a way to them. */
export function Counts({ audit: { id, counts, overdue } }: { audit: AuditRow }) {
  const shown = ITEM_STATUSES.filter((status) => counts[status] > 0)
  if (!shown.length) return <span className="text-muted">Nothing was asked for or drawn yet</span>
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {shown.map((status) => (
        <li key={status}>
          <Link
            href={`/audits/${id}?status=${status}#items`}
            prefetch={false}
            className="row-link inline-flex gap-1.5"
          >
            <StatusWord status={status} />{' '}
            <span className="tabular">{counts[status].toLocaleString('en')}</span>
          </Link>
        </li>
      ))}
      {overdue > 0 && (
        <li>
          <Link
            href={`/audits/${id}?overdue=yes#items`}
            prefetch={false}
            className="row-link inline-flex gap-1.5"
          >
            <StateWord tone="danger">Overdue</StateWord>{' '}
            <span className="tabular">{overdue.toLocaleString('en')}</span>
          </Link>
        </li>
      )}
    </ul>
  )
}
