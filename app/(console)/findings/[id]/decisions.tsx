// What people have decided about one finding, and deciding more.
import type { FindingRow } from '@/core/list'
import type { TriageEntry } from '@/governance/triage/finding-history'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { triage } from '../actions'
import { STATUS_TITLES, TriageFields } from '../triage-fields'
import { Undo } from '../undo'

/** That it is excepted, or was until not long ago: when, why and by whom. */
export function ExceptionNotice({ finding: { excepted, exceptionEnded } }: { finding: FindingRow }) {
  if (excepted)
    return (
      <Notice
        title={
          <>
            Excepted until <Moment at={excepted.until} full />.
          </>
        }
      >
        {excepted.reason} Asked for by {excepted.by}, approved by {excepted.approvedBy}{' '}
        <Moment at={excepted.since} full />. It stays open, and is counted as what it is.{' '}
        <Link href={`/exceptions/${excepted.id}`} className="link">
          The exception
        </Link>
      </Notice>
    )
  if (!exceptionEnded) return null
  return (
    <Notice tone="warn" title="It is back.">
      Its{' '}
      <Link href={`/exceptions/${exceptionEnded.id}`} className="link">
        exception
      </Link>{' '}
      ended on <Moment at={exceptionEnded.at} full />.
    </Notice>
  )
}

export function TriageLine({ finding: { triage: held } }: { finding: FindingRow }) {
  if (!held) return <p className="text-muted">Nobody has taken it up.</p>
  return (
    <p className="flex flex-wrap gap-x-3">
      <span className="font-medium">{STATUS_TITLES[held.status]}</span>
      <span>{held.assignee ? `assigned to ${held.assignee.name}` : 'assigned to nobody'}</span>
      {held.snoozedUntil && (
        <span>
          snoozed until <Moment at={held.snoozedUntil} full />, or until its verdict or severity changes
        </span>
      )}
      {held.note && <span className="basis-full [overflow-wrap:anywhere]">{held.note}</span>}
    </p>
  )
}

const NAMES: Record<string, string> = {
  status: 'status',
  assignee: 'assigned to',
  note: 'note',
  snoozeUntil: 'snoozed until',
}
const said = ({ what, undoes }: TriageEntry): string =>
  undoes
    ? 'undid what was done before'
    : Object.entries(what)
        .map(([name, value]) => `${NAMES[name] ?? name}: ${value ?? 'none'}`)
        .join(', ')

export function TriageHistory({ entries }: { entries: TriageEntry[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {entries.map((entry) => (
        <li key={entry.actId} className={entry.undone ? 'text-muted line-through' : ''}>
          <span className="font-medium">{entry.by}</span> <Moment at={entry.at} full /> {said(entry)}
          {entry.findings > 1 && (
            <span className="text-muted"> (with {entry.findings.toLocaleString('en')} findings)</span>
          )}
          {entry.undone && <span className="sr-only"> (undone)</span>}
        </li>
      ))}
    </ul>
  )
}

type Props = {
  finding: FindingRow
  entries: TriageEntry[]
  /** Set where the reader may triage. */
  people?: { id: string; name: string }[]
  mayAsk: boolean
}
export function Triage({ finding, entries, people, mayAsk }: Props) {
  return (
    <Section id="triage" title="Triage">
      <div className="flex flex-col gap-3">
        <TriageLine finding={finding} />
        {people && (
          <ActionForm
            action={triage}
            label="Triage"
            resets
            quiet
            className="flex flex-col gap-3 print:hidden"
          >
            <Undo />
            <input type="hidden" name="finding" value={finding.id} />
            <div className="flex flex-wrap items-end gap-3">
              <TriageFields people={people} />
              {finding.triage?.snoozedUntil && (
                <label className="flex h-8 items-center gap-2">
                  <input type="checkbox" name="wake" value="true" className="size-4" />
                  End the snooze
                </label>
              )}
              <Submit>Save</Submit>
              {mayAsk && !finding.excepted && (
                <ButtonLink href={`/exceptions/new?finding=${finding.id}`}>Ask for an exception</ButtonLink>
              )}
            </div>
          </ActionForm>
        )}
        {entries.length > 0 && <TriageHistory entries={entries} />}
      </div>
    </Section>
  )
}
