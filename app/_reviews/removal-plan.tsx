// Commands to remove or reduce an identity: turned off first, taken back, deleted; what has to be filled in; and the words.
import type { ReactNode } from 'react'
import type { RemediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { CopyText } from '@/app/_ui/copy-text'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'

type Plan = NonNullable<RemediationPlan['plan']>

function Points({ points }: { points: readonly string[] }) {
  return (
    <ul className="list-disc pl-5 text-muted">
      {points.map((point) => (
        <li key={point} className="my-0.5 [overflow-wrap:anywhere]">
          {point}
        </li>
      ))}
    </ul>
  )
}

/** Words stand before each command as a comment, so that what is copied explains itself. */
const script = (acts: Plan['off']): string => acts.map(({ does, run }) => `# ${does}\n${run}`).join('\n')

type ActsProps = { title: string; what: string; lead: string; acts: Plan['off'] }
function Acts({ title, what, lead, acts }: ActsProps) {
  if (!acts.length) return null
  return (
    <div className="mb-4 max-w-[110ch]">
      <h3 className="font-medium">{title}</h3>
      <p className="mb-1 text-muted">{lead}</p>
      <CopyText text={script(acts)} what={what} />
    </div>
  )
}

function FillIn({ fillIn }: { fillIn: Plan['fillIn'] }) {
  if (!fillIn.length) return null
  return (
    <dl className="mb-4 grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {fillIn.map(({ mark, means }) => (
        <div key={mark} className="contents">
          <dt className="font-mono text-caption [overflow-wrap:anywhere]">{mark}</dt>
          <dd className="mb-1 text-muted sm:mb-0">{means}</dd>
        </div>
      ))}
    </dl>
  )
}

function Commands({ kind, plan }: { kind: RemediationPlan['kind']; plan: Plan }) {
  const isRemoval = kind === 'remove'
  return (
    <>
      <FillIn fillIn={plan.fillIn} />
      <Acts
        title={isRemoval ? '1. Turn it off' : 'Take the rights away'}
        what={isRemoval ? 'what turns it off' : 'what takes the rights away'}
        lead={
          isRemoval
            ? 'It stays there. Wait 14 days, and look for what fails for want of it.'
            : 'Then look for what is denied.'
        }
        acts={plan.off}
      />
      <Acts
        title="To take that back"
        what="what takes that back"
        lead="Where something turns out to need it."
        acts={plan.back}
      />
      <Acts
        title="2. Delete it"
        what="what deletes it"
        lead="Only when nothing has failed: this cannot be taken back."
        acts={plan.end}
      />
      {plan.terraform.length > 0 && (
        <div className="mb-4">
          <h3 className="font-medium">Where it is kept as code</h3>
          <Points points={plan.terraform} />
        </div>
      )}
      {plan.notes.length > 0 && (
        <div className="mb-4">
          <h3 className="font-medium">To know before</h3>
          <Points points={plan.notes} />
        </div>
      )}
    </>
  )
}

function Smaller({ smaller }: { smaller: NonNullable<RemediationPlan['smaller']> }) {
  return (
    <Section
      id="smaller"
      title="A smaller policy"
      lead="It allows what was seen in use within 90 days, and was asked again for all of it. What no log tells may still be needed."
    >
      {smaller.made ? (
        smaller.files.map(({ name, text }) => (
          <div key={name} className="mb-3 max-w-[110ch]">
            <h3 className="mb-1 font-mono text-caption">{name}</h3>
            <CopyText text={text} what={name} />
          </div>
        ))
      ) : (
        <p className="text-muted">None is proposed: {smaller.why}</p>
      )}
      <Points points={smaller.notes} />
    </Section>
  )
}

function Words({ steps }: { steps: readonly string[] }) {
  return (
    <ol className="list-decimal pl-5">
      {steps.map((step) => (
        <li key={step} className="my-0.5 max-w-[96ch] [overflow-wrap:anywhere]">
          {step}
        </li>
      ))}
    </ol>
  )
}

export function PlanView({
  plan: { kind, steps, plan, notes, smaller },
}: {
  plan: RemediationPlan
}): ReactNode {
  return (
    <>
      <Section id="steps" title="What to do">
        <Words steps={steps} />
      </Section>
      <Section
        id="commands"
        title="Commands"
        lead="Made from what is known now. Look at each before you run it."
      >
        <div className="mb-3">
          <Notice title="Nothing of this is run by Rollcall. It only reads." />
        </div>
        {plan && <Commands kind={kind} plan={plan} />}
        <Points points={notes} />
      </Section>
      {smaller && <Smaller smaller={smaller} />}
    </>
  )
}
