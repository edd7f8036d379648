// All findings, one by one or grouped by rule.
import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { FindingFilter } from '@/core/list'
import { findingGroups } from '@/inventory/queries/finding-groups'
import { listFindings } from '@/inventory/queries/list-findings'
import { unjudged } from '@/inventory/queries/unjudged'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { flatParams, hrefWith, readFilter } from '@/app/_list/query'
import { recordPage, type View } from '@/app/_session/record-page'
import { Page } from '@/app/_ui/page'
import { FindingFilters } from './filters'
import { GroupTable } from './group-table'
import { NoFindings } from './none'
import { FindingTable } from './table'

export const metadata: Metadata = { title: 'Findings' }
const PATH = '/findings'

function Views({ params, grouped }: { params: Record<string, string>; grouped: boolean }) {
  const views = [
    { title: 'One by one', href: hrefWith(PATH, params, { group: undefined }), current: !grouped },
    { title: 'By rule', href: hrefWith(PATH, params, { group: 'rule' }), current: grouped },
  ]
  return (
    <ul aria-label="View" className="inline-flex rounded-md border border-control p-0.5">
      {views.map(({ title, href, current }) => (
        <li key={title}>
          <Link
            href={href}
            aria-current={current ? 'true' : undefined}
            className="inline-flex h-6.5 items-center rounded-sm px-2.5 text-muted hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  )
}

type Shown = { view: View; filter: FindingFilter; params: Record<string, string>; problems: string[] }

async function grouped({ view: { actor, at }, filter, params, problems }: Shown) {
  const { groups, completeness } = await at(() => findingGroups(actor, filter))
  const unasked = await at(() => unjudged(actor))
  return (
    <Page title="Findings" aside={`${groups.length} rules`} actions={<Views params={params} grouped />}>
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={`${PATH}?group=rule`} />
        <FindingFilters filter={filter} params={params} />
      </div>
      {groups.length > 0 ? (
        <GroupTable groups={groups} params={params} />
      ) : (
        <NoFindings params={params} completeness={completeness} unjudged={unasked} />
      )}
    </Page>
  )
}

async function oneByOne({ view: { actor, at }, filter, params, problems }: Shown) {
  const { rows, total, totalIsMore, next, completeness } = await at(() => listFindings(actor, filter))
  const unasked = await at(() => unjudged(actor))
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  return (
    <Page
      title="Findings"
      aside={<span role="status">{found} found</span>}
      actions={
        <>
          <Views params={params} grouped={false} />
          {rows.length > 0 && <CsvLink path="/api/v1/findings" params={params} />}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={PATH} />
        <FindingFilters filter={filter} params={params} />
      </div>
      {rows.length > 0 ? (
        <FindingTable rows={rows} sort={filter.sort} sortHref={(sort) => hrefWith(PATH, params, { sort })} />
      ) : (
        <NoFindings params={params} completeness={completeness} unjudged={unasked} />
      )}
      {(rows.length > 0 || params.after) && (
        <Pager {...{ path: PATH, params, next }} size={filter.size} shown={rows.length} total={found} />
      )}
    </Page>
  )
}

export default recordPage('finding:read', async (view, { searchParams }) => {
  const raw = await searchParams
  const { group } = flatParams(raw)
  const { filter, params, problems } = readFilter(FindingFilter, raw)
  return (group === 'rule' ? grouped : oneByOne)({ view, filter, params, problems })
})
