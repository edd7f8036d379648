// What people, tokens and the application itself did, newest first.
import type { Metadata } from 'next'
import { listActivity, type ActivityRow } from '@/governance/activity/list-activity'
import { DataTable, type Column } from '@/app/_list/data-table'
import { flatParams, hrefWith } from '@/app/_list/query'
import { recordPage } from '@/app/_session/record-page'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { actionWords } from './action-words'

export const metadata: Metadata = { title: 'Activity' }
const KINDS: Record<string, string> = { user: '', token: 'token of ', cli: 'command line, ', system: '' }

const detailText = (detail: ActivityRow['detail']) =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')

const COLUMNS: Column<ActivityRow>[] = [
  { key: 'at', title: 'When', className: 'w-64', cell: (row) => <Moment at={row.at} full /> },
  {
    key: 'who',
    title: 'Who',
    cell: (row) => (
      <span className="whitespace-nowrap">
        {KINDS[row.actor.kind]}
        {row.actor.name}
      </span>
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
    cell: (row) => (
      <code className="font-mono text-caption text-muted [overflow-wrap:anywhere]">{row.object}</code>
    ),
  },
]

export default recordPage('activity:read', async ({ actor, at }, { searchParams }) => {
  const params = flatParams(await searchParams)
  const before = /^\d+$/.test(params.before ?? '') ? { before: params.before } : {}
  const { rows, next } = await at(() => listActivity(actor, before))
  return (
    <Page title="Activity" lead="Every change made here, by whom. Kept for as long as the database is.">
      {rows.length ? (
        <DataTable caption="Activity" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Empty title="Nothing was done yet">
          Every change made by a person, a token or the command line appears here.
        </Empty>
      )}
      <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
        {params.before && <ButtonLink href="/activity">Back to start</ButtonLink>}
        {next && <ButtonLink href={hrefWith('/activity', {}, { before: next })}>Older</ButtonLink>}
      </nav>
    </Page>
  )
})
