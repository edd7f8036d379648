// Who is asked in a campaign, and how far they are.
import { may } from '@/core/permissions'
import { listReviewers, ReviewerFilter } from '@/governance/campaigns/list-reviewers'
import { preparationOf } from '@/governance/campaigns/preparation'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { CampaignPage, campaignTitle } from '../../frame'
import { ReviewerTable } from './table'

export const generateMetadata = campaignTitle('Reviewers')

const OPTIONS = [
  { value: 'open', title: 'Has something open' },
  { value: 'many', title: 'More than 40 items' },
]

function chipsOf(path: string, params: Record<string, string>) {
  const { q, only } = params
  const chosen = (only ?? '').split(',').filter(Boolean)
  return [
    ...(q
      ? [{ title: 'Name', value: q, href: hrefWith(path, params, { q: undefined, from: undefined }) }]
      : []),
    ...chosen.map((one) => ({
      title: 'Only',
      value: OPTIONS.find(({ value }) => value === one)?.title ?? 'Any',
      href: hrefWith(path, params, {
        only: chosen.filter((other) => other !== one).join(',') || undefined,
        from: undefined,
      }),
    })),
  ]
}

export default async function ReviewersPage({ params: given, searchParams }: IdProps) {
  const actor = await requireActor('campaign:read')
  const { id } = await given
  const campaign = await orNotFound(preparationOf(actor, id))
  const { filter, params, problems } = readFilter(ReviewerFilter, await searchParams)
  const { rows, total, next, splits } = await listReviewers(actor, id, filter)
  const path = `/campaigns/${id}/reviewers`
  const chips = chipsOf(path, params)
  const { from: _, ...whole } = params
  return (
    <CampaignPage
      campaign={campaign}
      part="reviewers"
      lead="What policy carries is asked of nobody, and in no figure here."
      actions={rows.length > 0 && <CsvLink path={`/api/v1/campaigns/${id}/reviewers`} params={whole} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <FilterForm path={path} label="Filter reviewers" keep={{}}>
          <SearchBox value={params.q} label="Search reviewers" placeholder="Name" />
          <FacetMenu name="only" title="Only" options={OPTIONS} selected={filter.only ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={path} />
      </div>
      {rows.length > 0 ? (
        <ReviewerTable
          campaign={campaign}
          rows={rows}
          splits={splits}
          mayManage={may(actor, 'campaign:manage')}
        />
      ) : (
        <Empty title={chips.length ? 'Nobody is like this' : 'Nobody is asked yet'}>
          {!chips.length && 'Who is asked is settled when the campaign is prepared.'}
        </Empty>
      )}
      <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-2 print:hidden">
        <p className="tabular text-caption text-muted">
          {rows.length.toLocaleString('en')} of {total.toLocaleString('en')} shown
        </p>
        <div className="flex gap-2">
          {filter.from > 0 && (
            <ButtonLink href={hrefWith(path, params, { from: undefined })}>Back to start</ButtonLink>
          )}
          {next !== undefined && (
            <ButtonLink href={hrefWith(path, params, { from: String(next) })} rel="next">
              Next
            </ButtonLink>
          )}
        </div>
      </nav>
    </CampaignPage>
  )
}
