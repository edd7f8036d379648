// Exceptions: what waits for somebody, what counts until when, and what is over.
import type { Metadata } from 'next'
import {
  EXCEPTION_STATES,
  ExceptionFilter,
  listExceptions,
  type ExceptionView,
} from '@/governance/exceptions/list-exceptions'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { EXCEPTION_WORDS, ExceptionWord } from './state'

export const metadata: Metadata = { title: 'Exceptions' }
const PATH = '/exceptions'

const COLUMNS: Column<ExceptionView>[] = [
  { key: 'state', title: 'State', cell: (row) => <ExceptionWord state={row.state} /> },
  {
    key: 'about',
    title: 'Exception',
    cell: (row) => (
      <span className="block min-w-56">
        <Link href={`${PATH}/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.rules.map(ruleTitle).join(', ')}
        </Link>
        <span className="block text-muted [overflow-wrap:anywhere]">{row.about}</span>
      </span>
    ),
  },
  { key: 'covered', title: 'Findings', numeric: true, cell: (row) => row.covered.toLocaleString('en') },
  { key: 'by', title: 'Asked by', cell: (row) => row.requester.name },
  { key: 'asked', title: 'Asked', cell: (row) => <Moment at={row.askedAt} /> },
  { key: 'decider', title: 'Decided by', cell: (row) => row.decider?.name ?? 'Nobody yet' },
  { key: 'until', title: 'Until', cell: (row) => <Moment at={row.endedAt ?? row.until} /> },
]

const OPTIONS = EXCEPTION_STATES.map((value) => ({ value, title: EXCEPTION_WORDS[value].title }))

export default async function ExceptionsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('exception:read')
  const { filter, params, problems } = readFilter(ExceptionFilter, await searchParams)
  const { rows, next } = await listExceptions(actor, filter)
  const states = filter.state ?? []
  const chips = states.map((state) => ({
    title: 'State',
    value: state === 'any' ? 'Any' : EXCEPTION_WORDS[state].title,
    href: hrefWith(PATH, params, { state: states.filter((one) => one !== state).join(',') || undefined }),
  }))
  return (
    <Page
      title="Exceptions"
      lead="Findings that are let be for a time, for a reason, by two people. They stay open and are counted."
      actions={rows.length > 0 && <CsvLink path="/api/v1/exceptions" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter exceptions" keep={{}}>
          <FacetMenu name="state" title="State" options={OPTIONS} selected={states} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <DataTable caption="Exceptions" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Empty title={states.length ? 'No exception is in this state' : 'There is no exception'}>
          Ask for one from a finding, an identity, a rule, or the list of findings.
        </Empty>
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
