// One campaign: what is next, what keeps it from going on, how far it is, who is asked, and what it rests on.
import { may } from '@/core/permissions'
import { campaignView, type CampaignView } from '@/governance/campaigns/campaign-view'
import { scopeNames } from '@/governance/campaigns/population'
import { addressesOf } from '@/governance/directory/person-named'
import { DirectoryList } from '@/app/_form/person-field'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Notice } from '@/app/_ui/notice'
import { peopleOffered } from '../draft-page'
import { CampaignPage, campaignTitle } from '../frame'
import { Blockers } from './blockers'
import { Busiest } from './busiest'
import { Course } from './course'
import { nextWords } from './next-step'
import { Plan } from './plan'
import { Population } from './population'
import { Preparing } from './preparing'
import { SignedRecord } from './record'
import { Standing } from './standing'

export const generateMetadata = campaignTitle('')

const named = ({ chain, policy }: CampaignView): string[] => [
  ...chain.flatMap((step) => (step.by === 'person' ? [step.person] : [])),
  ...policy.secondReviewers,
  ...(policy.reminders?.accountable ? [policy.reminders.accountable] : []),
]

export default async function CampaignOverview({ params }: IdProps) {
  const actor = await requireActor('campaign:read')
  const campaign = await orNotFound(campaignView(actor, (await params).id))
  const mayManage = may(actor, 'campaign:manage')
  const { id, state, failure, funnel, blockers } = campaign
  const [scopes, people, offered] = await Promise.all([
    scopeNames(actor, campaign.filter),
    addressesOf(actor, named(campaign)),
    mayManage && blockers.length ? peopleOffered(actor) : [],
  ])
  return (
    <CampaignPage
      campaign={campaign}
      part=""
      lead={nextWords(campaign)}
      actions={mayManage && <Course campaign={campaign} />}
    >
      {state === 'preparing' && <Preparing id={id} prepared={campaign.prepared} />}
      {failure && state === 'draft' && (
        <Notice tone="danger" title="It could not be prepared, and is a draft again">
          {failure}
        </Notice>
      )}
      <Blockers campaign={campaign} mayManage={mayManage} />
      {campaign.publishedAt && <Standing id={id} funnel={funnel} />}
      <Busiest campaign={campaign} mayManage={mayManage} />
      <Population campaign={campaign} />
      <SignedRecord campaign={campaign} mayManage={mayManage} />
      <Plan campaign={campaign} scopes={scopes} named={people} />
      <DirectoryList people={offered} />
    </CampaignPage>
  )
}
