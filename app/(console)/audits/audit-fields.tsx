// What an audit is made of, as fields: for making one and for changing it.
import type { PossibleAuditor } from '@/governance/audits/who-audits'
import type { PackView } from '@/governance/packs/asking/list'
import { TextArea, TextField } from '@/app/_form/field'
import { absolute } from '@/app/_ui/moment'

type Choice = { value: string; title: string; hint: string }
type ChoicesProps = {
  name: string
  title: string
  lead: string
  none: string
  choices: Choice[]
  chosen: string[]
}
function Choices({ name, title, lead, none, choices, chosen }: ChoicesProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="text-ui font-medium">{title}</legend>
      <p className="text-caption text-muted">{lead}</p>
      {choices.length === 0 && <p className="text-muted">{none}</p>}
      {choices.map((one) => {
        const id = `${name}-${one.value}`
        return (
          <div key={one.value} className="flex items-start gap-2 py-1">
            <input
              id={id}
              type="checkbox"
              name={name}
              value={one.value}
              defaultChecked={chosen.includes(one.value)}
              aria-describedby={`${id}-hint`}
              className="mt-0.5 size-4 shrink-0"
            />
            <div className="min-w-0 [overflow-wrap:anywhere]">
              <label htmlFor={id}>{one.title}</label>
              <p id={`${id}-hint`} className="text-caption text-muted">
                {one.hint}
              </p>
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}

export type AuditSaid = {
  title: string
  about: string
  from: string
  to: string
  controls: string[]
  auditors: { id: string; name: string }[]
  packs: string[]
}
type Props = {
  said?: AuditSaid
  auditors: PossibleAuditor[]
  packs: PackView[]
  proposed: { from: string; to: string }
}

/** Who was named stays to be seen, whatever their account is now. */
function namedToo(auditors: PossibleAuditor[], said: AuditSaid | undefined): Choice[] {
  const gone = (said?.auditors ?? []).filter(({ id }) => !auditors.some((one) => one.id === id))
  return [
    ...auditors.map(({ id, name, email }) => ({ value: id, title: name, hint: email })),
    ...gone.map(({ id, name }) => ({ value: id, title: name, hint: 'Is no auditor any more' })),
  ]
}

function Handed({ said, auditors, packs }: Omit<Props, 'proposed'>) {
  return (
    <>
      <Choices
        name="auditors"
        title="Auditors"
        lead="Members with the role auditor. They see this audit from then on."
        none="Nobody has the role auditor yet: an administrator makes members."
        choices={namedToo(auditors, said)}
        chosen={said?.auditors.map(({ id }) => id) ?? []}
      />
      <Choices
        name="packs"
        title="Packs"
        lead="Each is handed over whole, whatever scopes an auditor is limited to."
        none="No pack is sealed yet. Build one under Evidence, and hand it over later."
        choices={packs.map(({ id, title, asked }) => ({
          value: id,
          title,
          hint: `As of ${absolute(asked.asOf)}`,
        }))}
        chosen={said?.packs ?? []}
      />
    </>
  )
}

export function AuditFields({ said, auditors, packs, proposed }: Props) {
  return (
    <>
      <TextField
        name="title"
        label="Title"
        required
        maxLength={200}
        defaultValue={said?.title}
        autoComplete="off"
      />
      <TextArea
        name="about"
        label="What it is about"
        hint="The scope, the question, and what is out of it."
        required
        maxLength={10_000}
        defaultValue={said?.about}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="from"
          type="date"
          label="First day"
          hint="Of the period that is audited, in UTC."
          required
          defaultValue={said?.from ?? proposed.from}
        />
        <TextField
          name="to"
          type="date"
          label="Last day"
          hint="Samples are drawn as of its end, or as of now until then."
          required
          defaultValue={said?.to ?? proposed.to}
        />
      </div>
      <TextField
        name="controls"
        label="Controls"
        hint="Such as pci-dss:7.2.5 or a framework alone, with commas."
        defaultValue={said?.controls.join(', ')}
        autoComplete="off"
      />
      <Handed said={said} auditors={auditors} packs={packs} />
    </>
  )
}
