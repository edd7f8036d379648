// Campaigns: in which state, who manages them, until when, and how far they are.
import type { CampaignRow } from '@/governance/campaigns/list-campaigns'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { pageNow } from '@/app/_ui/page-clock'
import { FunnelBar, funnelWords, remediationWords } from '../funnel'
import { CampaignWord, itemsOf } from '../words'

function Due({ row }: { row: CampaignRow }) {
  const late = row.state === 'running' && new Date(row.dueAt) < pageNow()
  return (
    <span className={late ? 'font-medium text-danger' : ''}>
      {late && 'Overdue: '}
      <Moment at={row.dueAt} />
    </span>
  )
}

function Progress({ row }: { row: CampaignRow }) {
  if (row.rows === undefined)
    return <span className="text-muted">{row.state === 'preparing' ? 'Being frozen' : 'Nothing frozen'}</span>
  const published = row.publishedAt !== undefined
  return (
    <span className="block min-w-44 whitespace-normal">
      {published && <FunnelBar funnel={row.funnel} />}
      <span className="block text-caption">
        {published ? funnelWords(row.funnel) : 'nobody is asked before it is published'}
      </span>
      {published && <span className="block text-caption text-muted">{remediationWords(row.funnel)}</span>}
    </span>
  )
}

const COLUMNS: Column<CampaignRow>[] = [
  { key: 'state', title: 'State', cell: (row) => <CampaignWord state={row.state} /> },
  {
    key: 'name',
    title: 'Campaign',
    cell: (row) => (
      <span className="block min-w-40 whitespace-normal">
        <Link
          href={`/campaigns/${row.id}`}
          data-row-link
          prefetch={false}
          className="row-link [overflow-wrap:anywhere]"
        >
          {row.name}
        </Link>
        <span className="block text-caption text-muted">
          made by {row.createdBy} <Moment at={row.createdAt} />
        </span>
      </span>
    ),
  },
  { key: 'due', title: 'Due', cell: (row) => <Due row={row} /> },
  { key: 'manager', title: 'Manager', cell: (row) => row.manager.name },
  {
    key: 'items',
    title: 'Items',
    numeric: true,
    cell: (row) =>
      row.rows === undefined ? (
        <span className="text-muted">Not frozen</span>
      ) : (
        <span title={itemsOf(row.rows)}>{row.rows.toLocaleString('en')}</span>
      ),
  },
  { key: 'progress', title: 'How far', cell: (row) => <Progress row={row} /> },
]

export const CampaignTable = ({ rows }: { rows: CampaignRow[] }) => (
  <DataTable caption="Campaigns" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
)
