// One removal or reduction: how far it is, what to do, and that it was done.
import type { Metadata } from 'next'
import { myRemediations } from '@/governance/campaigns/remediations'
import { remediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { choiceTitle } from '@/app/_reviews/words'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { claim } from '../actions'
import { RemediationWord } from '@/app/(console)/campaigns/words'
import { PlanView } from './plan'

export const metadata: Metadata = { title: 'Removal' }

function Claim({ id }: { id: string }) {
  return (
    <Section
      id="claim"
      title="Was it done?"
      lead="Say so here. It counts as gone only when a complete look no longer sees it."
    >
      <ActionForm action={claim} label="Say that it was done" className="flex max-w-120 flex-col gap-3">
        <input type="hidden" name="id" value={id} />
        <TextArea name="note" label="Note" hint="Such as the number of a change." maxLength={2000} />
        <div>
          <Submit busy="Saving…">It was done</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

export default async function RemediationPage({ params }: IdProps) {
  const actor = await requireActor('review:decide')
  const { id } = await params
  const plan = await orNotFound(remediationPlan(actor, id))
  const { rows } = await myRemediations(actor, { only: id })
  const [row] = rows
  return (
    <Page
      title={`${choiceTitle(plan.kind)}: ${plan.identity.name}`}
      crumbs={[
        { title: 'Reviews', href: '/reviews' },
        { title: 'What became of your removals', href: '/reviews/remediations' },
      ]}
      aside={row && <RemediationWord state={row.state} />}
    >
      <p className="mb-4 text-prose">
        Decided in{' '}
        <Link href={`/reviews/${plan.campaign.id}/${plan.item}`} className="link">
          {plan.campaign.name}
        </Link>
        {row && (
          <>
            , <Moment at={row.decidedAt} />
          </>
        )}
        {row?.why && <span className="block text-muted">It cannot be verified: {row.why}.</span>}
        {row?.appliedAt && (
          <span className="block text-muted">
            {row.appliedBy} said that it was done, <Moment at={row.appliedAt} />
            {row.appliedNote && `: ${row.appliedNote}`}
          </span>
        )}
        {row?.state === 'decided' && (
          <span className="block text-muted">It is not signed off yet: until then it can be taken back.</span>
        )}
      </p>
      <PlanView plan={plan} />
      {row?.signedAt && row.state !== 'verified-gone' && row.state !== 'dropped' && <Claim id={id} />}
    </Page>
  )
}
