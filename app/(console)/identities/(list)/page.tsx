// All identities: one filter grammar for the page, its chips, the CSV and the API.
import type { Metadata } from 'next'
import { IdentityFilter } from '@/core/list'
import { may } from '@/core/permissions'
import { identitiesAndFacets } from '@/inventory/queries/identities-and-facets'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { hrefWith, readFilter } from '@/app/_list/query'
import { recordPage } from '@/app/_session/record-page'
import { ButtonLink } from '@/app/_ui/button'
import { OnlyNow } from '@/app/_ui/only-now'
import { Page } from '@/app/_ui/page'
import { IdentityFilters } from './filters'
import { NoIdentities } from './none'
import { IdentityTable } from './table'

export const metadata: Metadata = { title: 'Identities' }
const PATH = '/identities'

/** What the filter matches, asked about in a campaign: a new one, or the draft that one has come from. */
function ReviewThese({ params: { draft, ...params } }: { params: Record<string, string> }) {
  const rest = { ...params, sort: undefined, size: undefined }
  const path = draft ? `/campaigns/${encodeURIComponent(draft)}/edit` : '/campaigns/new'
  return (
    <OnlyNow>
      <ButtonLink href={hrefWith(path, {}, draft ? { ...rest, filter: 'new' } : rest)} prefetch={false}>
        {draft ? 'Use for the draft' : 'Review these'}
      </ButtonLink>
    </OnlyNow>
  )
}

/** A pack of evidence about what the filter matches. */
function PackThese({ params }: { params: Record<string, string> }) {
  const rest = { ...withoutDraft(params), sort: undefined, size: undefined }
  return (
    <OnlyNow>
      <ButtonLink href={hrefWith('/evidence/new', {}, rest)} prefetch={false}>
        Evidence of these
      </ButtonLink>
    </OnlyNow>
  )
}

const withoutDraft = ({ draft: _, ...params }: Record<string, string>) => params

export default recordPage('identity:read', async ({ actor, at }, { searchParams }) => {
  const { filter, params, problems } = readFilter(IdentityFilter, await searchParams)
  const { page, facets } = await at(() => identitiesAndFacets(actor, filter))
  const { rows, total, totalIsMore, next, completeness } = page
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  return (
    <Page
      title="Identities"
      aside={<span role="status">{found} found</span>}
      actions={
        <>
          {rows.length > 0 && <CsvLink path="/api/v1/identities" params={withoutDraft(params)} />}
          {may(actor, 'evidence:build') && rows.length > 0 && !params.draft && <PackThese params={params} />}
          {may(actor, 'campaign:manage') && (rows.length > 0 || params.draft) && (
            <ReviewThese params={params} />
          )}
        </>
      }
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
