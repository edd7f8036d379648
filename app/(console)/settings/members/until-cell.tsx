// Until when somebody has access, and how long that is.
import type { MemberView } from '@/governance/members/list-members'
import { dayWords } from '@/app/_ui/moment-words'
import { pageNow } from '@/app/_ui/page-clock'

const DAY_MS = 24 * 3600_000

/** Whole days after today. */
const daysLeft = (until: string, now = pageNow()) => Math.floor((Date.parse(until) - now.getTime()) / DAY_MS)

export function UntilCell({ member: { until, ended } }: { member: MemberView }) {
  if (!until) return <span className="text-muted">No end</span>
  const day = dayWords(new Date(Date.parse(until) - 1))
  const days = daysLeft(until)
  return (
    <time dateTime={until} className="tabular">
      {ended ? `Ended on ${day}` : day}
      {!ended && (
        <span className="block text-caption text-muted">
          {days === 0 ? 'its last day is today' : days === 1 ? '1 day left' : `${days} days left`}
        </span>
      )}
    </time>
  )
}
