// Audits: who audits what over which period, and how much of it is open.
import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { may } from '@/core/permissions'
import { AUDIT_STATES, AuditFilter, listAudits, type AuditRow } from '@/governance/audits/list-audits'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { AuditWord, Counts } from './words'

export const metadata: Metadata = { title: 'Audits' }
const PATH = '/audits'
const TITLES = { open: 'Open', closed: 'Closed' } as const

const COLUMNS: Column<AuditRow>[] = [
  {
    key: 'title',
    title: 'Audit',
    cell: (row) => (
      <span className="block min-w-56">
        <Link href={`${PATH}/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted">
          {absolute(row.from, false)} to {absolute(row.to, false)}
        </span>
      </span>
    ),
  },
  { key: 'state', title: 'State', cell: (row) => <AuditWord state={row.state} /> },
  { key: 'items', title: 'Items', cell: (row) => <Counts audit={row} /> },
  {
    key: 'auditors',
    title: 'Auditors',
    cell: ({ auditors }) =>
      auditors.length ? (
        auditors.map(({ name }) => name).join(', ')
      ) : (
        <span className="text-muted">Nobody yet</span>
      ),
  },
  { key: 'made', title: 'Made', cell: (row) => <Moment at={row.createdAt} /> },
]

type NoneProps = { isFiltered: boolean; isAuditor: boolean; make: ReactNode }
function None({ isFiltered, isAuditor, make }: NoneProps) {
  return (
    <Empty title={isFiltered ? 'No audit matches' : 'There is no audit yet'} actions={make}>
      {isAuditor
        ? 'Whoever makes an audit names who audits. Ask an administrator to name you.'
        : 'Make one, name who audits, and hand packs of evidence over.'}
    </Empty>
  )
}

export default async function AuditsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('audit:read')
  const { filter, params, problems } = readFilter(AuditFilter, await searchParams)
  const { rows, next } = await listAudits(actor, filter)
  const states = filter.state ?? []
  const chips = states.map((state) => ({
    title: 'State',
    value: state === 'any' ? 'Any' : TITLES[state],
    href: hrefWith(PATH, params, { state: states.filter((one) => one !== state).join(',') || undefined }),
  }))
  const make = may(actor, 'audit:manage') && (
    <ButtonLink href={`${PATH}/new`} look="primary">
      <Plus size={14} aria-hidden /> New audit
    </ButtonLink>
  )
  const isFiltered = states.length > 0 || filter.q !== undefined
  return (
    <Page
      title="Audits"
      lead={
        actor.role === 'auditor'
          ? 'The audits that name you: their packs, what you drew, and what you asked for.'
          : 'Who audits what over which period: what they drew and asked for, and what came of each item.'
      }
      actions={
        <>
          {rows.length > 0 && <CsvLink path="/api/v1/audits" params={params} />}
          {make}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter audits" keep={{}}>
          <SearchBox value={filter.q} label="Part of a title" placeholder="Part of a title" />
          <FacetMenu
            name="state"
            title="State"
            options={AUDIT_STATES.map((value) => ({ value, title: TITLES[value] }))}
            selected={states}
          />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <DataTable caption="Audits" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <None isFiltered={isFiltered} isAuditor={actor.role === 'auditor'} make={make} />
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
    </Page>
  )
}
