// One removal or reduction of one's own: how far it is, what to do, and that it was done.
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { may } from '@/core/permissions'
import { myRemediations } from '@/governance/campaigns/remediations'
import { remediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { Removal } from '@/app/_reviews/removal'
import { choiceTitle } from '@/app/_reviews/words'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { RemediationWord } from '@/app/(console)/campaigns/words'
import { claim } from '../actions'

export const metadata: Metadata = { title: 'Removal' }

export default async function RemediationPage({ params }: IdProps) {
  const actor = await requireActor('review:decide')
  const { id } = await params
  const plan = await orNotFound(remediationPlan(actor, id))
  const { rows } = await myRemediations(actor, { only: id })
  const [row] = rows
  // It is of somebody else: whoever reads campaigns sees it there, with all that is known of it.
  if (!row && may(actor, 'campaign:read')) redirect(`/campaigns/${plan.campaign.id}/remediations/${id}`)
  return (
    <Page
      title={`${choiceTitle(plan.kind)}: ${plan.identity.name}`}
      crumbs={[
        { title: 'Reviews', href: '/reviews' },
        { title: 'What became of your removals', href: '/reviews/remediations' },
      ]}
      aside={row && <RemediationWord state={row.state} />}
    >
      <Removal plan={plan} row={row} cardHref={`/reviews/${plan.campaign.id}/${plan.item}`} claim={claim} />
    </Page>
  )
}
