// Whether the log is as it was written: its head, to be noted, and what a check finds.
import { activityHead, verifyActivity } from '@/governance/activity/verify-activity'
import type { Actor } from '@/core/permissions'
import { count } from '@/app/_inventory/words'
import { CopyButton } from '@/app/_ui/copy-button'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'

const guard = (isGuarded: boolean) =>
  isGuarded
    ? 'The role of the database that Rollcall works with can neither change an entry nor take one away.'
    : 'Rollcall works with a role that owns the log, and could take off what guards it: give it one of its own (docs/activity.md).'

async function Checked({ actor }: { actor: Actor }) {
  const { entries, problems, more, isGuarded } = await verifyActivity(actor)
  if (!problems.length)
    return (
      <Notice title={`${count(entries, 'entry', 'entries')}, each as it was written.`} role="status">
        That all of the log was made anew would be found with a head that was noted before:{' '}
        <code className="font-mono">activity verify --head</code>. {guard(isGuarded)}
      </Notice>
    )
  return (
    <Notice tone="danger" title="The log is not as it was written." role="alert">
      <ul className="list-disc pl-5">
        {problems.map(({ kind, seq, id, words }) => (
          <li key={`${kind} ${seq ?? id}`}>{words}</li>
        ))}
      </ul>
      {more && <p>There is more than is told.</p>}
    </Notice>
  )
}

export async function ChainLine({ actor, check }: { actor: Actor; check: boolean }) {
  const head = await activityHead(actor)
  if (!head) return null
  const text = `${head.seq}:${head.hash}`
  return (
    <div className="mb-3 flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-2 text-caption text-muted">
        Each entry is chained to the one before it. Head{' '}
        <code className="font-mono [overflow-wrap:anywhere]">
          {head.seq}:{head.hash.slice(0, 12)}…
        </code>
        <CopyButton text={text} what="head of the activity log" />
        {!check && (
          <Link href="/activity?check=yes" prefetch={false} className="link">
            Check the chain
          </Link>
        )}
      </p>
      {check && <Checked actor={actor} />}
    </div>
  )
}
