// All findings, one by one or grouped by rule.
import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { FindingFilter } from '@/core/list'
import { may } from '@/core/permissions'
import { assignees } from '@/governance/triage/assignees'
import { rulesOfTopics } from '@/governance/triage/rules-of-topics'
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
import { Bulk } from './bulk'
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
  const { groups, completeness } = await at(() => findingGroups(actor, rulesOfTopics(filter)))
  const unasked = await at(() => unjudged(actor))
  const excepted = groups.reduce((sum, group) => sum + group.excepted, 0)
  const aside = `${groups.length} rules${excepted ? `, ${excepted.toLocaleString('en')} excepted` : ''}`
  return (
    <Page title="Findings" aside={aside} actions={<Views params={params} grouped />}>
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

async function oneByOne({ view: { actor, at, moment }, filter, params, problems }: Shown) {
  const { rows, total, totalIsMore, next, completeness } = await at(() =>
    listFindings(actor, rulesOfTopics(filter)),
  )
  const unasked = await at(() => unjudged(actor))
  const people = !moment && may(actor, 'finding:triage') ? await assignees(actor) : undefined
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  const table = (selectable: boolean) => (
    <FindingTable
      {...{ rows, selectable }}
      sort={filter.sort}
      sortHref={(sort) => hrefWith(PATH, params, { sort })}
    />
  )
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
        people ? (
          <Bulk {...{ params, people }} total={found}>
            {table(true)}
          </Bulk>
        ) : (
          table(false)
        )
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
