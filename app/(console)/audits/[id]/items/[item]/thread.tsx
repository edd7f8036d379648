// What was said and decided about an item, in the order in which it was.
import type { ThreadEntry } from '@/governance/audits/list-items'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { hrefOf } from '../../../link-in'
import { StatusWord } from '../../../words'

type Said = Extract<ThreadEntry, { what: 'comment' }>
function Leads({ link }: { link: NonNullable<Said['link']> }) {
  const { kind, id, name } = link
  return (
    <p className="mt-1 text-caption [overflow-wrap:anywhere]">
      <span className="text-muted">{kind}: </span>
      {id === undefined ? (
        <span className="text-muted">{name}</span>
      ) : (
        <Link href={hrefOf({ kind, id })} prefetch={false} className="link">
          {name}
        </Link>
      )}
    </p>
  )
}

function Entry({ entry }: { entry: ThreadEntry }) {
  const isInternal = entry.what === 'comment' && entry.internal
  return (
    <li
      className={`rounded-lg border px-3 py-2.5 ${isInternal ? 'border-dashed border-control bg-surface' : 'border-hairline'}`}
    >
      <p className="flex flex-wrap items-baseline gap-x-2 text-caption text-muted">
        <span className="font-medium text-ink">{entry.by}</span>
        {entry.what === 'comment' && entry.fromAuditor && <span>auditor</span>}
        {isInternal && <span>internal note: auditors do not see it</span>}
        <Moment at={entry.at} full />
      </p>
      {entry.what === 'comment' ? (
        <>
          <p className="mt-1 max-w-[90ch] whitespace-pre-line [overflow-wrap:anywhere]">{entry.text}</p>
          {entry.link && <Leads link={entry.link} />}
        </>
      ) : (
        <p className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <StatusWord status={entry.before} /> <span className="text-muted">is now</span>{' '}
          <StatusWord status={entry.after} />
          {entry.reason && (
            <span className="basis-full whitespace-pre-line [overflow-wrap:anywhere]">{entry.reason}</span>
          )}
        </p>
      )}
    </li>
  )
}

export function Thread({ thread }: { thread: readonly ThreadEntry[] }) {
  if (!thread.length) return <p className="text-muted">Nobody has said anything yet.</p>
  return (
    <ol aria-label="What was said" className="flex flex-col gap-2">
      {thread.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  )
}
