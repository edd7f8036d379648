// One item as somebody without an account sees it: the same card as everybody's, and no way to anything else.
import type { Metadata } from 'next'
import { reviewItem, type ReviewItem } from '@/governance/campaigns/review-item'
import { Cause } from '@/app/_reviews/cause'
import { DecisionForm } from '@/app/_reviews/decision-form'
import { Evidence, Meanwhile } from '@/app/_reviews/evidence'
import { RiskLine } from '@/app/_reviews/risk-line'
import { SecondLookForm } from '@/app/_reviews/second-look-form'
import { currentLinkActor } from '@/app/_session/link-session'
import { orNotFound } from '@/app/_session/or-not-found'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { decideByLink, lookByLink } from '../../actions'
import { NotOpen } from '../../not-open'

export const metadata: Metadata = {
  title: 'Decide',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
}
type Props = { params: Promise<{ item: string }> }

function Forms({ view }: { view: ReviewItem }) {
  const back = (
    <ButtonLink href="/link" look="plain">
      Back
    </ButtonLink>
  )
  if (view.role === 'second') return <SecondLookForm view={view} action={lookByLink} back={back} />
  if (view.role === 'reviewer' && ['undecided', 'unclear', 'decided'].includes(view.state))
    return <DecisionForm key={view.id} view={view} action={decideByLink} back={back} />
  return <div className="mt-4">{back}</div>
}

export default async function LinkItemPage({ params }: Props) {
  const actor = await currentLinkActor()
  if (!actor) return <NotOpen />
  const view = await orNotFound(reviewItem(actor, (await params).item))
  return (
    <div className="w-full max-w-5xl">
      <h1 className="text-title [overflow-wrap:anywhere]">{view.card.identity.name}</h1>
      <div className="my-3 flex flex-col gap-2">
        <RiskLine view={view} />
        {view.card.risk.tier === 'high' && (
          <Notice tone="warn" title="It is of high risk">
            Who has signed in decides about it. Without an account, say that it is not yours, or that you
            cannot tell.
          </Notice>
        )}
        {view.cause && <Cause cause={view.cause} />}
        <Meanwhile since={view.since} />
      </div>
      <Evidence view={view} links={false} />
      <Forms view={view} />
    </div>
  )
}
