// A new campaign: about what the address says, which is the filter of the list of identities.
import type { Metadata } from 'next'
import { IdentityFilter } from '@/core/list'
import { CampaignPolicy, type ChainStep } from '@/governance/campaigns/campaign-input'
import { FilterNotice } from '@/app/_list/filter-notice'
import { readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { DraftForm } from '../draft-form'
import { besideDraft } from '../draft-page'

export const metadata: Metadata = { title: 'New campaign' }
const CHAIN: ChainStep[] = [{ by: 'owner' }, { by: 'team-lead' }]
const USUAL_DAYS = 14

const usualDue = () => new Date(Date.now() + USUAL_DAYS * 86_400_000).toISOString().slice(0, 10)

export default async function NewCampaignPage({ searchParams }: SearchProps) {
  const actor = await requireActor('campaign:manage')
  const { params, problems } = readFilter(IdentityFilter, await searchParams)
  const { sort: _sort, size: _size, after: _after, ...filter } = params
  const beside = await besideDraft(actor, filter, CHAIN)
  return (
    <Page
      title="New campaign"
      crumbs={[{ title: 'Campaigns', href: '/campaigns' }]}
      lead="It begins as a draft: nobody is asked before you publish it."
    >
      <div className="mb-3">
        <FilterNotice problems={problems} resetHref="/campaigns/new" />
      </div>
      <DraftForm
        draft={{
          name: '',
          instructions: '',
          filter,
          steps: [...CHAIN, { by: '' }],
          due: usualDue(),
          manager: '',
          policy: CampaignPolicy.parse({}),
          seconds: [],
        }}
        {...beside}
      />
    </Page>
  )
}
