// The items of a campaign: who is asked about each, and what was decided; several can be handed to somebody else at once.
import { may } from '@/core/permissions'
import { campaignItems, ItemFilter } from '@/governance/campaigns/campaign-items'
import { namedReviewers } from '@/governance/campaigns/list-reviewers'
import { preparationOf } from '@/governance/campaigns/preparation'
import { ActionForm } from '@/app/_form/action-form'
import { DirectoryList } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { handTo } from '../../actions'
import { peopleOffered } from '../../draft-page'
import { CampaignPage, campaignTitle, PUBLISHED } from '../../frame'
import { HandFields } from '../hand-fields'
import { ItemFilters } from './filters'
import { ItemTable } from './table'

export const generateMetadata = campaignTitle('Items')

function None({ state, filtered, path }: { state: string; filtered: boolean; path: string }) {
  if (filtered)
    return <Empty title="No item is like this" actions={<ButtonLink href={path}>Clear filters</ButtonLink>} />
  return (
    <Empty title={state === 'preparing' ? 'Nothing is frozen yet' : 'There are no items'}>
      {state === 'draft'
        ? 'Items are made when the campaign is prepared: each identity as it is at that moment.'
        : state === 'preparing'
          ? 'The population is being frozen. Look again when that is done.'
          : 'The filter of the campaign matches no identity.'}
    </Empty>
  )
}

const LEADS: Record<string, string> = {
  ready: 'Open one to see what its reviewer will see. Nobody is asked yet.',
  draft: 'What will be asked about, once the campaign is prepared.',
}

export default async function ItemsPage({ params: given, searchParams }: IdProps) {
  const actor = await requireActor('campaign:read')
  const { id } = await given
  const campaign = await orNotFound(preparationOf(actor, id))
  const { filter, params, problems } = readFilter(ItemFilter, await searchParams)
  const [{ rows, next }, reviewers] = await Promise.all([
    orNotFound(campaignItems(actor, id, filter)),
    namedReviewers(actor, id, filter.reviewer),
  ])
  const path = `/campaigns/${id}/items`
  const published = PUBLISHED.includes(campaign.state)
  const canHand =
    may(actor, 'campaign:manage') && ['ready', 'running'].includes(campaign.state) && rows.length > 0
  const table = <ItemTable rows={rows} campaign={id} selectable={canHand} published={published} />
  return (
    <CampaignPage
      campaign={campaign}
      part="items"
      lead={LEADS[campaign.state]}
      actions={rows.length > 0 && <CsvLink path={`/api/v1/campaigns/${id}/items`} params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <ItemFilters {...{ path, filter, params, published }} reviewers={reviewers} />
      </div>
      {rows.length === 0 && (
        <None state={campaign.state} filtered={Object.keys(params).length > 0} path={path} />
      )}
      {rows.length > 0 && !canHand && table}
      {canHand && (
        <ActionForm action={handTo} label="Hand over" resets className="flex flex-col gap-3">
          <DirectoryList people={await peopleOffered(actor)} />
          <input type="hidden" name="id" value={id} />
          <details className="rounded-lg border border-hairline px-3 py-2 print:hidden">
            <summary className="cursor-pointer font-medium select-none">Hand some to somebody else</summary>
            <p className="mt-1 mb-2 text-caption text-muted">
              Tick items below. All of them, or none. What was decided and not signed is open again: whoever
              signs has decided. The due date does not move.
            </p>
            <HandFields />
            <div className="mt-3">
              <Submit busy="Handing over…">Hand over the selected</Submit>
            </div>
          </details>
          {table}
        </ActionForm>
      )}
      {(next ?? params.after) && (
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {params.after && <ButtonLink href={hrefWith(path, params, {})}>Back to start</ButtonLink>}
          {next && (
            <ButtonLink href={hrefWith(path, params, { after: next })} rel="next">
              Next
            </ButtonLink>
          )}
        </nav>
      )}
    </CampaignPage>
  )
}
