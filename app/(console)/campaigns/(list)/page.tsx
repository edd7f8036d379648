// Campaigns: what is asked of whom about which identities, and how far it is.
import type { Metadata } from 'next'
import { CAMPAIGN_STATES } from '@/core/campaign'
import { may } from '@/core/permissions'
import { CampaignFilter, listCampaigns } from '@/governance/campaigns/list-campaigns'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { CAMPAIGN_WORDS } from '../words'
import { CampaignTable } from './table'

export const metadata: Metadata = { title: 'Campaigns' }
const PATH = '/campaigns'
const OPTIONS = CAMPAIGN_STATES.map((value) => ({ value, title: CAMPAIGN_WORDS[value].title }))

function chipsOf({ q, state }: CampaignFilter, params: Record<string, string>) {
  const states = state ?? []
  return [
    ...(q ? [{ title: 'Name', value: q, href: hrefWith(PATH, params, { q: undefined }) }] : []),
    ...states.map((one) => ({
      title: 'State',
      value: one === 'any' ? 'Any' : CAMPAIGN_WORDS[one].title,
      href: hrefWith(PATH, params, { state: states.filter((other) => other !== one).join(',') || undefined }),
    })),
  ]
}

function None({ filtered, mayMake }: { filtered: boolean; mayMake: boolean }) {
  if (filtered)
    return (
      <Empty title="No campaign is like this" actions={<ButtonLink href={PATH}>Clear filters</ButtonLink>} />
    )
  return (
    <Empty
      title="There is no campaign yet"
      actions={mayMake && <ButtonLink href={`${PATH}/new`}>Make one</ButtonLink>}
    >
      A campaign asks named people about a population of identities that is frozen at one moment: keep, reduce
      or remove. What they decide is signed, locked, and looked for later. Nothing is switched off by
      Rollcall, and silence is never an answer.
    </Empty>
  )
}

export default async function CampaignsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('campaign:read')
  const { filter, params, problems } = readFilter(CampaignFilter, await searchParams)
  const { rows, next } = await listCampaigns(actor, filter)
  const mayMake = may(actor, 'campaign:manage')
  const chips = chipsOf(filter, params)
  return (
    <Page
      title="Campaigns"
      lead="Named people decide about identities, each with the evidence of one moment."
      actions={
        <>
          {rows.length > 0 && <CsvLink path="/api/v1/campaigns" params={params} />}
          <ButtonLink href={`${PATH}/events`}>Asked by itself</ButtonLink>
          {mayMake && (
            <ButtonLink href={`${PATH}/new`} look="primary">
              New campaign
            </ButtonLink>
          )}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter campaigns" keep={{}}>
          <SearchBox value={params.q} label="Search campaigns" placeholder="Name" />
          <FacetMenu name="state" title="State" options={OPTIONS} selected={filter.state ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <CampaignTable rows={rows} />
      ) : (
        <None filtered={chips.length > 0} mayMake={mayMake} />
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
