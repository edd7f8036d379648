// A new campaign: about what the address says, which is the filter of the list of identities.
import type { Metadata } from 'next'
import { CampaignPolicy, type ChainStep } from '@/governance/campaigns/campaign-input'
import { FilterNotice } from '@/app/_list/filter-notice'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { DraftForm } from '../draft-form'
import { besideDraft, filterTaken } from '../draft-page'

export const metadata: Metadata = { title: 'New campaign' }
const CHAIN: ChainStep[] = [{ by: 'owner' }, { by: 'team-lead' }]
const USUAL_DAYS = 14

const usualDue = () => new Date(Date.now() + USUAL_DAYS * 86_400_000).toISOString().slice(0, 10)

export default async function NewCampaignPage({ searchParams }: SearchProps) {
  const actor = await requireActor('campaign:manage')
  const { filter, problems } = filterTaken(await searchParams)
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
          accountable: '',
        }}
        {...beside}
      />
    </Page>
  )
}
