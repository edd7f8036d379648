// One removal or reduction of a campaign, for whoever carries it out and whoever reads along: what to do, and how far it is.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { may } from '@/core/permissions'
import { remediations } from '@/governance/campaigns/remediations'
import { remediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { Removal } from '@/app/_reviews/removal'
import { choiceTitle } from '@/app/_reviews/words'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import { Page } from '@/app/_ui/page'
import { claim } from '@/app/(console)/reviews/remediations/actions'
import { RemediationWord } from '../../../words'

export const metadata: Metadata = { title: 'Removal' }

type Props = { params: Promise<{ id: string; remediation: string }> }
export default async function RemediationPage({ params }: Props) {
  const actor = await requireActor('campaign:read')
  const { id, remediation } = await params
  const plan = await orNotFound(remediationPlan(actor, remediation))
  if (plan.campaign.id !== id) notFound()
  const { rows } = await remediations(actor, id, { only: remediation })
  const [row] = rows
  const campaign = `/campaigns/${id}`
  return (
    <Page
      title={`${choiceTitle(plan.kind)}: ${plan.identity.name}`}
      crumbs={[
        { title: 'Campaigns', href: '/campaigns' },
        { title: plan.campaign.name, href: campaign },
        { title: 'Remediations', href: `${campaign}/remediations` },
      ]}
      aside={row && <RemediationWord state={row.state} />}
    >
      <Removal
        plan={plan}
        row={row}
        cardHref={`${campaign}/items/${plan.item}`}
        {...(may(actor, 'review:decide') && { claim })}
      />
    </Page>
  )
}
