// All identities: one filter grammar for the page, its chips, the CSV and the API.
import type { Metadata } from 'next'
import { IdentityFilter } from '@/core/list'
import { identitiesAndFacets } from '@/inventory/queries/identities-and-facets'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { hrefWith, readFilter } from '@/app/_list/query'
import { recordPage } from '@/app/_session/record-page'
import { Page } from '@/app/_ui/page'
import { IdentityFilters } from './filters'
import { NoIdentities } from './none'
import { IdentityTable } from './table'

export const metadata: Metadata = { title: 'Identities' }
const PATH = '/identities'

export default recordPage('identity:read', async ({ actor, at }, { searchParams }) => {
  const { filter, params, problems } = readFilter(IdentityFilter, await searchParams)
  const { page, facets } = await at(() => identitiesAndFacets(actor, filter))
  const { rows, total, totalIsMore, next, completeness } = page
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  return (
    <Page
      title="Identities"
      aside={<span role="status">{found} found</span>}
      actions={rows.length > 0 && <CsvLink path="/api/v1/identities" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={PATH} />
        <IdentityFilters filter={filter} params={params} facets={facets} />
      </div>
      {rows.length > 0 ? (
        <IdentityTable rows={rows} sort={filter.sort} sortHref={(sort) => hrefWith(PATH, params, { sort })} />
      ) : (
        <NoIdentities actor={actor} params={params} completeness={completeness} />
      )}
      {(rows.length > 0 || params.after) && (
        <Pager {...{ path: PATH, params, next }} size={filter.size} shown={rows.length} total={found} />
      )}
    </Page>
  )
})
