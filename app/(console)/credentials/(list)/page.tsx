// All credentials and stored secrets: one filter grammar for the page, its chips, the CSV and the API. Never a value.
import type { Metadata } from 'next'
import { CredentialFilter } from '@/core/list'
import { credentialsAndFacets } from '@/inventory/queries/credentials-and-facets'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { hrefWith, readFilter } from '@/app/_list/query'
import { recordPage } from '@/app/_session/record-page'
import { Page } from '@/app/_ui/page'
import { CredentialFilters } from './filters'
import { NoCredentials } from './none'
import { CredentialTable } from './table'

export const metadata: Metadata = { title: 'Credentials' }
const PATH = '/credentials'

export default recordPage('identity:read', async ({ actor, at }, { searchParams }) => {
  const { filter, params, problems } = readFilter(CredentialFilter, await searchParams)
  const { page, facets } = await at(() => credentialsAndFacets(actor, filter))
  const { rows, total, totalIsMore, next, completeness } = page
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  return (
    <Page
      title="Credentials"
      aside={
        <>
          <span role="status">{found} found</span> · keys, tokens and stored secrets, never their values
        </>
      }
      actions={rows.length > 0 && <CsvLink path="/api/v1/credentials" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={PATH} />
        <CredentialFilters filter={filter} params={params} facets={facets} />
      </div>
      {rows.length > 0 ? (
        <CredentialTable
          rows={rows}
          sort={filter.sort}
          sortHref={(sort) => hrefWith(PATH, params, { sort })}
        />
      ) : (
        <NoCredentials actor={actor} params={params} completeness={completeness} />
      )}
      {(rows.length > 0 || params.after) && (
        <Pager {...{ path: PATH, params, next }} size={filter.size} shown={rows.length} total={found} />
      )}
    </Page>
  )
})
