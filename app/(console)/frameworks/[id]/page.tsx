// One framework: what the rules say of each of its controls, and which controls none speaks to.
import type { Metadata } from 'next'
import { ControlFilter } from '@/governance/frameworks/framework-filter'
import { frameworkOf } from '@/governance/frameworks/frameworks'
import { getFramework, type FrameworkDetail } from '@/governance/frameworks/get-framework'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { readFilter } from '@/app/_list/query'
import { orNotFound } from '@/app/_session/or-not-found'
import { recordPage } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { ControlFilters } from './filters'
import { ControlTable } from './table'
import { Unspoken } from './unspoken'

export async function generateMetadata({ params }: IdProps): Promise<Metadata> {
  return { title: frameworkOf((await params).id)?.title ?? 'Framework' }
}

function Terms({ framework }: Pick<FrameworkDetail, 'framework'>) {
  return (
    <p className="-mt-2 mb-3 max-w-[96ch] text-caption text-muted">
      {framework.publisher}, {framework.version}. {framework.licence} {framework.note}
    </p>
  )
}

function Successors({ successors }: Pick<FrameworkDetail, 'successors'>) {
  if (!successors) return null
  return (
    <Notice tone="info" title={`${successors.withdrawn} is an id of CSF 1.1`}>
      In CSF 2.0 {successors.now.join(', ')} took its place.
    </Notice>
  )
}

export default recordPage<IdProps>('finding:read', async ({ actor, at }, { params, searchParams }) => {
  const { id } = await params
  const { filter, params: given, problems } = readFilter(ControlFilter, await searchParams)
  const detail = await orNotFound(at(() => getFramework(actor, id, filter)))
  const { framework, rows, completeness } = detail
  const path = `/frameworks/${framework.id}`
  const spoken = rows.filter((row) => row.rules.length > 0)
  return (
    <Page
      title={framework.title}
      crumbs={[{ title: 'Frameworks', href: '/frameworks' }]}
      aside={<span role="status">{count(rows.length, 'control')}</span>}
      lead="Evidence toward each control, from what the rules saw. What is unknown or was not asked never counts as a pass."
      actions={rows.length > 0 && <CsvLink path={`/api/v1/frameworks/${framework.id}`} params={given} />}
    >
      <Terms framework={framework} />
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={path} />
        <ControlFilters
          path={path}
          filter={filter}
          params={given}
          baselines={frameworkOf(id)?.controls.some((one) => one.baselines) === true}
        />
        <Successors successors={detail.successors} />
      </div>
      {spoken.length > 0 && <ControlTable caption={`Controls of ${framework.title}`} rows={spoken} />}
      {rows.length === 0 && (
        <Empty
          title="No control matches these filters"
          actions={<ButtonLink href={path}>Clear filters</ButtonLink>}
        >
          Take a filter away. Only the controls that bear on non-human identities are listed of some
          frameworks.
        </Empty>
      )}
      <Unspoken rows={rows.filter((row) => row.rules.length === 0)} />
    </Page>
  )
})
