// What became of what one decided to remove or reduce: so that removing is safe the next time.
import type { Metadata } from 'next'
import { REMEDIATION_STATES } from '@/governance/campaigns/remediation-state'
import { myRemediations, RemediationFilter, type RemediationRow } from '@/governance/campaigns/remediations'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { choiceTitle } from '@/app/_reviews/words'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { REMEDIATION_WORDS, RemediationWord } from '@/app/(console)/campaigns/words'

export const metadata: Metadata = { title: 'What became of your removals' }
const PATH = '/reviews/remediations'

const COLUMNS: Column<RemediationRow>[] = [
  {
    key: 'name',
    title: 'Identity',
    cell: (row) => (
      <Link
        href={`${PATH}/${row.id}`}
        data-row-link
        prefetch={false}
        className="row-link block min-w-40 whitespace-normal [overflow-wrap:anywhere]"
      >
        {row.name}
      </Link>
    ),
  },
  { key: 'kind', title: 'What', cell: (row) => choiceTitle(row.kind) },
  {
    key: 'state',
    title: 'State',
    cell: (row) => (
      <>
        <RemediationWord state={row.state} />
        {row.why && <span className="block min-w-40 text-caption text-muted">{row.why}</span>}
      </>
    ),
  },
  { key: 'decided', title: 'Decided', cell: (row) => <Moment at={row.decidedAt} /> },
  {
    key: 'signed',
    title: 'Signed',
    cell: (row) => (row.signedAt ? <Moment at={row.signedAt} /> : 'Not yet'),
  },
  {
    key: 'applied',
    title: 'Said to be done',
    cell: (row) =>
      row.appliedAt ? (
        <>
          <Moment at={row.appliedAt} />{' '}
          <span className="block text-caption text-muted">by {row.appliedBy}</span>
        </>
      ) : (
        'Not yet'
      ),
  },
]
const OPTIONS = REMEDIATION_STATES.map((value) => ({ value, title: REMEDIATION_WORDS[value].title }))

export default async function RemediationsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('review:decide')
  const { filter, params, problems } = readFilter(RemediationFilter, await searchParams)
  const { rows, next } = await myRemediations(actor, filter)
  const states = filter.state ?? []
  const chips = states.map((state) => ({
    title: 'State',
    value: state === 'any' ? 'Any' : REMEDIATION_WORDS[state].title,
    href: hrefWith(PATH, params, { state: states.filter((one) => one !== state).join(',') || undefined }),
  }))
  return (
    <Page
      title="What became of your removals"
      crumbs={[{ title: 'Reviews', href: '/reviews' }]}
      lead="That it was done is what people say. That it is gone is told by a later complete look alone."
      actions={rows.length > 0 && <CsvLink path="/api/v1/remediations" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter removals" keep={{}}>
          <FacetMenu name="state" title="State" options={OPTIONS} selected={states} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <DataTable caption="Removals and reductions" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Empty
          title={states.length ? 'None of them is in this state' : 'You have removed or reduced nothing'}
        >
          When you decide to remove an identity or take rights from it, what has to be done stands here, and
          how far it is.
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
