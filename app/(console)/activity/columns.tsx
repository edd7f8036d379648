// The columns of the activity log; names and objects lead to all that is told of them.
import type { ActivityRow } from '@/governance/activity/list-activity'
import type { Column } from '@/app/_list/data-table'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { actionWords } from './action-words'

export const PATH = '/activity'
const KINDS: Record<string, string> = {
  user: '',
  token: 'token of ',
  cli: 'command line, ',
  system: '',
  link: 'by a link, ',
}

const detailText = (detail: ActivityRow['detail']) =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')

/** @param params the filter that the page has: each link narrows it further */
export const columns = (params: Record<string, string>): Column<ActivityRow>[] => {
  const narrowed = (more: Record<string, string>) => hrefWith(PATH, params, { ...more, after: undefined })
  const quiet = 'underline-offset-3 hover:underline'
  return [
    { key: 'at', title: 'When', className: 'w-64', cell: (row) => <Moment at={row.at} full /> },
    {
      key: 'who',
      title: 'Who',
      cell: (row) => (
        <Link
          href={narrowed({ actor: row.actor.name })}
          prefetch={false}
          className={`whitespace-nowrap ${quiet}`}
        >
          {KINDS[row.actor.kind]}
          {row.actor.name}
        </Link>
      ),
    },
    {
      key: 'what',
      title: 'What',
      cell: (row) => (
        <span className="block">
          <span className="font-medium">{actionWords(row.action)}</span>
          {Object.keys(row.detail).length > 0 && (
            <span className="block text-caption text-muted [overflow-wrap:anywhere]">
              {detailText(row.detail)}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'object',
      title: 'On',
      cell: (row) =>
        row.object && (
          <Link href={narrowed({ object: row.object })} prefetch={false} className={quiet}>
            <code className="font-mono text-caption text-muted [overflow-wrap:anywhere]">{row.object}</code>
          </Link>
        ),
    },
  ]
}
