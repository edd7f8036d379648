// One's queue in a campaign: what is open in sets of about ten, what was decided, second looks, and what was handed on.
import type { Metadata } from 'next'
import { reviewedCampaign, type ReviewedCampaign } from '@/governance/campaigns/reviewing/as-reviewer'
import { alike } from '@/governance/campaigns/reviewing/same'
import { savedOf } from '@/governance/campaigns/reviewing/saved'
import { myTally, sumOf, type Sum } from '@/governance/campaigns/reviewing/tally'
import { myReviews } from '@/governance/campaigns/my-reviews'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterForm } from '@/app/_list/filter-form'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { dueWords, progressWords } from '@/app/_reviews/due'
import { Progress } from '@/app/_reviews/progress'
import { TIER_WORDS } from '@/app/_reviews/words'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { SavedNotice } from '../saved-notice'
import { AlikeList } from './alike-list'
import { Rows } from './rows'
import { paramsOf, QueueFilter, type Show } from './show'
import { Tabs, viewTabs } from './tabs'

export const metadata: Metadata = { title: 'Review' }
type Props = SearchProps & { params: Promise<{ campaign: string }> }

const TIERS = (['high', 'medium', 'low'] as const).map((value) => ({ value, title: TIER_WORDS[value] }))
function Instructions({ campaign }: { campaign: ReviewedCampaign }) {
  const { instructions, announced, state } = campaign
  return (
    <div className="mb-4 flex max-w-[84ch] flex-col gap-2">
      {state !== 'running' && (
        <Notice title="This campaign is closed. What you decided and signed is shown as it was." />
      )}
      {instructions && (
        <p className="text-prose whitespace-pre-wrap [overflow-wrap:anywhere]">{instructions}</p>
      )}
      {announced && <Notice title="There are decoys among the items">{announced}</Notice>}
    </div>
  )
}

type FilterProps = {
  path: string
  filter: QueueFilter
  params: Record<string, string>
  sum: Sum
  second: number
}

function Filters({ path, filter, params, sum, second }: FilterProps) {
  const tab = (show: Show, title: string, count?: number) => ({
    title,
    href: hrefWith(path, {}, { show: show === 'open' ? undefined : show }),
    current: filter.show === show,
    ...(count !== undefined && { count }),
  })
  const keep = Object.fromEntries(
    Object.entries(params).filter(([name]) => ['show', 'view', 'scope', 'type'].includes(name)),
  )
  return (
    <>
      <Tabs
        label="Parts"
        tabs={[
          tab('open', 'To decide', sum.open),
          tab('decided', 'Decided', sum.decided + sum.signed),
          tab('second', 'Second looks', second),
          tab('handed', 'Handed on'),
        ]}
      />
      {filter.show !== 'handed' && (
        <FilterForm path={path} label="Filter items" keep={keep}>
          <SearchBox value={filter.q} label="Name" placeholder="Part of a name" />
          <FacetMenu name="tier" title="Risk" options={TIERS} selected={filter.tier ?? []} />
        </FilterForm>
      )}
      {filter.show === 'open' && <Tabs label="Views" tabs={viewTabs(path, params, filter.view)} />}
    </>
  )
}

export default async function ReviewPage({ params: where, searchParams }: Props) {
  const actor = await requireActor('review:decide')
  const { campaign: id } = await where
  const { filter, params, problems } = readFilter(QueueFilter, await searchParams)
  const now = new Date()
  const [campaign, tally, mine, groups, saved] = await Promise.all([
    orNotFound(reviewedCampaign(actor, id, now)),
    myTally(actor, id, now),
    myReviews(actor, now),
    alike(actor, id, now),
    filter.done ? savedOf(actor, filter.done, now) : undefined,
  ])
  const sum = sumOf(tally)
  const path = `/reviews/${id}`
  const second = mine.find((one) => one.id === id)?.second ?? 0
  const isRunning = campaign.state === 'running'
  return (
    <Page
      title={campaign.name}
      crumbs={[{ title: 'Reviews', href: '/reviews' }]}
      lead={`${sum.items ? `${progressWords(sum)}, ` : ''}${dueWords(campaign.dueAt, now)}`}
      actions={
        <>
          {filter.show !== 'handed' && (
            <CsvLink path={`/api/v1/reviews/${id}/items`} params={paramsOf(filter)} />
          )}
          {sum.items > 0 && (
            <ButtonLink
              href={`${path}/sign-off`}
              look={isRunning && !sum.open && sum.decided ? 'primary' : 'plain'}
            >
              {isRunning ? 'Sign off' : 'What you signed'}
            </ButtonLink>
          )}
        </>
      }
    >
      {sum.items > 0 && (
        <div className="max-w-3xl">
          <Progress {...sum} />
        </div>
      )}
      <Instructions campaign={campaign} />
      {saved && (
        <div className="mb-3">
          <SavedNotice saved={saved} campaign={id} />
        </div>
      )}
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <Filters {...{ path, filter, params, sum, second }} />
      </div>
      <Rows actor={actor} id={id} filter={filter} tally={tally} params={params} />
      {filter.show === 'open' && <AlikeList campaign={id} groups={groups} />}
    </Page>
  )
}
