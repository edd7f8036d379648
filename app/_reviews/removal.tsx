// One removal or reduction, as whoever decided, whoever carries it out and whoever reads along see it: how far it is, what to do,
// and that it was done.
import type { RemediationRow } from '@/governance/campaigns/remediations'
import type { RemediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { PlanView } from './removal-plan'

type ClaimProps = { id: string; action: FormAction; again: boolean }
function Claim({ id, action, again }: ClaimProps) {
  return (
    <Section
      id="claim"
      title={again ? 'Was more done?' : 'Was it done?'}
      lead={
        again
          ? 'That it was done is noted. Say so again where more was done since: then a look after that counts.'
          : 'Say so here. It counts as gone only when a complete look no longer sees it.'
      }
    >
      <ActionForm
        action={action}
        label="Say that it was done"
        resets
        className="flex max-w-120 flex-col gap-3"
      >
        <input type="hidden" name="id" value={id} />
        <TextArea name="note" label="Note" hint="Such as the number of a change." maxLength={2000} />
        <div>
          <Submit look={again ? 'plain' : 'primary'} busy="Saving…">
            {again ? 'More was done' : 'It was done'}
          </Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

/** What is told since it was decided, a sentence each. */
function SoFar({ row }: { row: RemediationRow }) {
  return (
    <>
      {row.why && <span className="block text-muted">It cannot be verified: {row.why}.</span>}
      {row.appliedAt && (
        <span className="block text-muted">
          {row.appliedBy} said that it was done, <Moment at={row.appliedAt} />
          {row.appliedNote && `: ${row.appliedNote}`}
        </span>
      )}
      {row.state === 'verified-gone' && row.since && (
        <span className="block text-muted">
          A complete look did not see it any more, <Moment at={row.since} />
        </span>
      )}
      {row.state === 'still-there' && row.since && (
        <span className="block text-muted">
          A complete look after that still saw it, <Moment at={row.since} />
        </span>
      )}
      {row.state === 'applied' && <span className="block text-muted">Nobody has looked since.</span>}
      {row.state === 'decided' && (
        <span className="block text-muted">It is not signed off yet: until then it can be taken back.</span>
      )}
    </>
  )
}

type Props = {
  plan: RemediationPlan
  row: RemediationRow | undefined
  /** Where the card is that was decided about. */
  cardHref: string
  /** Set where whoever looks may say that it was done. */
  claim?: FormAction
}

export function Removal({ plan, row, cardHref, claim }: Props) {
  const isOpen = row?.signedAt && row.state !== 'verified-gone' && row.state !== 'dropped'
  return (
    <>
      <p className="mb-4 text-prose">
        Decided{row && ` by ${row.decidedBy}`} on{' '}
        <Link href={cardHref} className="link">
          its card in {plan.campaign.name}
        </Link>
        {row && (
          <>
            , <Moment at={row.decidedAt} />
            <SoFar row={row} />
          </>
        )}
      </p>
      <PlanView plan={plan} />
      {isOpen && claim && <Claim id={plan.id} action={claim} again={row.appliedAt !== undefined} />}
    </>
  )
}
