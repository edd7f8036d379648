// Findings counted by rule: what is wrong in how many places. A count leads to its findings.
import { Link } from '@/app/_ui/link'
import type { FindingGroup } from '@/inventory/queries/types'
import { ruleMeta, ruleTitle } from '@/app/_inventory/rule-meta'
import { DataTable, type Column } from '@/app/_list/data-table'
import { hrefWith } from '@/app/_list/query'
import { Moment } from '@/app/_ui/moment'
import { SeverityBadge } from '@/app/_ui/severity'

function Title({ ruleId, href }: { ruleId: string; href: string }) {
  return (
    <span className="block min-w-56">
      <Link href={href} data-row-link prefetch={false} className="row-link">
        {ruleTitle(ruleId)}
      </Link>
      <span className="block text-muted">{ruleMeta(ruleId)?.remedy}</span>
    </span>
  )
}

function Excepted({ group: { excepted }, href }: { group: FindingGroup; href: string }) {
  return (
    <Link href={href} className={`link inline-block min-w-6 ${excepted ? '' : 'text-muted'}`}>
      {excepted.toLocaleString('en')}
    </Link>
  )
}

const columns = (params: Record<string, string>): Column<FindingGroup>[] => {
  const href = (rule: string, verdict?: string) =>
    hrefWith('/findings', params, { group: undefined, rule, verdict })
  return [
    { key: 'worst', title: 'Worst', className: 'w-30', cell: (g) => <SeverityBadge severity={g.worst} /> },
    {
      key: 'rule',
      title: 'Rule',
      cell: (g) => <Title ruleId={g.ruleId} href={href(g.ruleId)} />,
    },
    {
      key: 'fail',
      title: 'Failing',
      numeric: true,
      cell: (g) => (
        <Link href={href(g.ruleId, 'fail')} className="link inline-block min-w-6 font-medium">
          {g.fail.toLocaleString('en')}
        </Link>
      ),
    },
    {
      key: 'unknown',
      title: 'Not decided',
      numeric: true,
      cell: (g) => (
        <Link href={href(g.ruleId, 'unknown')} className="link inline-block min-w-6">
          {g.unknown.toLocaleString('en')}
        </Link>
      ),
    },
    {
      key: 'stale',
      title: 'Stale',
      numeric: true,
      cell: (g) => <span className={g.stale ? '' : 'text-muted'}>{g.stale.toLocaleString('en')}</span>,
    },
    {
      key: 'excepted',
      title: 'Excepted',
      numeric: true,
      cell: (g) => (
        <Excepted
          group={g}
          href={hrefWith('/findings', params, { group: undefined, rule: g.ruleId, excepted: 'yes' })}
        />
      ),
    },
    { key: 'newest', title: 'Newest', cell: (g) => <Moment at={g.newestAt} /> },
    {
      key: 'doc',
      title: 'Meaning',
      cell: (g) => (
        <Link href={`/rules/${g.ruleId}`} className="link whitespace-nowrap">
          About the rule
        </Link>
      ),
    },
  ]
}

export function GroupTable({ groups, params }: { groups: FindingGroup[]; params: Record<string, string> }) {
  return (
    <DataTable caption="Findings by rule" columns={columns(params)} rows={groups} rowKey={(g) => g.ruleId} />
  )
}
