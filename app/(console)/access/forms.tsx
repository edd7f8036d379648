// The form of each question.
import { HOPS_MAX } from '@/governance/access/questions/input'
import type { QuestionName } from '@/app/_access/address'
import { AskForm } from './ask-form'
import type { Asked, Refused } from './asked'
import { Bounds, Days, Flag, Lines, Named, Text } from './fields'
import { QUESTION_TITLES } from './question-nav'

const WHO = 'A name, an id, an ARN or an e-mail address. Put the scope in front where several have the name.'
const FROM = (
  <>
    An identity, or a workload, credential, secret or issuer by its id;{' '}
    <code className="font-mono">token:issuer|subject</code> for whoever bears such a token;{' '}
    <code className="font-mono">vendor:name</code> for everything of a vendor.
  </>
)

const TO = (
  <>
    An identity, or <code className="font-mono">administrator:scope</code> for everything in a scope, by its
    name or id.
  </>
)

type Part = { fields: Record<string, string>; refused?: Refused }

function CanFields({ fields, refused }: Part) {
  const with_ = (name: string) => ({ name, value: fields[name], refused })
  return (
    <>
      <div className="grid gap-3 md:grid-cols-3">
        <Named {...with_('identity')} label="Identity" hint={WHO} required />
        <Text
          {...with_('action')}
          label="Action"
          hint="In the words of the source: s3:GetObject, create, secrets/getSecret."
          required
        />
        <Text
          {...with_('resource')}
          label="Resource"
          hint="By its native name: an ARN, pods/exec, a resource id, a path."
          required
        />
      </div>
      <details open={Boolean(fields.place ?? fields.context)} className="group">
        <summary className="link inline-flex min-h-6 items-center">
          Where, and what is known of the request
        </summary>
        <div className="mt-2 grid gap-3 md:grid-cols-2">
          <Text
            {...with_('place')}
            label="Place"
            hint="The part of the scope it is in, such as a namespace. Left out: in the whole scope."
          />
          <Lines
            {...with_('context')}
            label="Context"
            placeholder="key=value"
            hint="One key=value a line, by condition key. What is not named is not known; nothing after “=” means that it is known not to be there."
          />
        </div>
      </details>
    </>
  )
}

function BecomeFields({ fields, refused }: Part) {
  return (
    <>
      <Named name="identity" value={fields.identity} refused={refused} label="Identity" hint={WHO} required />
      <Bounds hops={3} most={HOPS_MAX} fields={fields} />
    </>
  )
}

function ReachFields({ fields, refused }: Part) {
  return (
    <>
      <Named name="from" value={fields.from} refused={refused} label="From" hint={FROM} required />
      <Bounds hops={4} most={HOPS_MAX} fields={fields} />
    </>
  )
}

function WaysFields({ fields, refused }: Part) {
  return (
    <>
      <div className="grid gap-3 md:grid-cols-2">
        <Named name="from" value={fields.from} refused={refused} label="From" hint={FROM} required />
        <Named name="to" value={fields.to} refused={refused} label="To" hint={TO} required />
      </div>
      <Bounds hops={6} most={HOPS_MAX} fields={fields} />
    </>
  )
}

function CutFields({ fields, refused }: Part) {
  return (
    <>
      <div className="grid gap-3 md:grid-cols-2">
        <Named name="to" value={fields.to} refused={refused} label="To" hint={TO} required />
        <Named
          name="from"
          value={fields.from}
          refused={refused}
          label="From"
          hint={<>Left out: from every identity that a machine uses, or may use. {FROM}</>}
        />
      </div>
      <Bounds hops={6} most={HOPS_MAX} fields={fields}>
        <Days value={fields.days} />
      </Bounds>
    </>
  )
}

function UnusedFields({ fields, refused }: Part) {
  return (
    <>
      <Named name="identity" value={fields.identity} refused={refused} label="Identity" hint={WHO} required />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Days value={fields.days} />
        <Flag name="propose" value={fields.propose}>
          Propose what would be enough
        </Flag>
      </div>
    </>
  )
}

const PARTS: Record<QuestionName, (part: Part) => React.ReactNode> = {
  can: CanFields,
  become: BecomeFields,
  reach: ReachFields,
  ways: WaysFields,
  cut: CutFields,
  unused: UnusedFields,
}

export function QuestionForm({
  asked,
  refused,
  outcome,
}: {
  asked: Asked
  refused?: Refused
  outcome?: string
}) {
  const { question, fields } = asked
  const Part = PARTS[question]
  return (
    <AskForm
      // Each question has fields of its own.
      key={question}
      {...{ question, fields, outcome }}
      label={QUESTION_TITLES[question]}
    >
      <Part fields={fields} refused={refused} />
    </AskForm>
  )
}
