// The end of a campaign: what is open is settled by name, and then the whole of it is signed off.
import { may } from '@/core/permissions'
import { campaignView } from '@/governance/campaigns/campaign-view'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Empty } from '@/app/_ui/empty'
import { Notice } from '@/app/_ui/notice'
import { peopleOffered } from '../../draft-page'
import { CampaignPage, campaignTitle } from '../../frame'
import { CloseForm } from './close-form'
import { SealForm } from './seal-form'

export const generateMetadata = campaignTitle('Close')

const LEADS: Record<string, string> = {
  running: 'What nobody decided is settled by name: never kept in silence, never removed in silence.',
  closed: 'Whoever manages it puts their name to the whole of it.',
}

export default async function ClosePage({ params }: IdProps) {
  const actor = await requireActor('campaign:read')
  const { id } = await params
  const campaign = await orNotFound(campaignView(actor, id))
  const { state, open } = campaign
  const mayManage = may(actor, 'campaign:manage')
  return (
    <CampaignPage campaign={campaign} part="close" lead={LEADS[state]}>
      {!mayManage && state !== 'sealed' && (
        <Notice title="Only an administrator or an analyst closes a campaign">
          What was settled at the close stands with its items.
        </Notice>
      )}
      {mayManage && state === 'running' && open && (
        <CloseForm campaign={campaign} open={open} people={await peopleOffered(actor)} />
      )}
      {mayManage && state === 'closed' && <SealForm campaign={campaign} actor={actor} />}
      {state === 'sealed' && (
        <Empty title="It is sealed">
          Nothing of it changes any more. What was signed stands on its overview.
        </Empty>
      )}
      {['draft', 'preparing', 'ready'].includes(state) && (
        <Empty title="There is nothing to close">It was not published: discard it instead.</Empty>
      )}
    </CampaignPage>
  )
}
