// Which causes open a card, until when it is to be answered, who is asked and who answers for it, and how many in a day.
import { CAUSE_NAMES, CAUSES, type Cause } from '@/core/campaign'
import type { EventPolicy } from '@/governance/campaigns/events/event-policy'
import type { ForeseenCards } from '@/governance/campaigns/events/foreseen-cards'
import { ActionForm } from '@/app/_form/action-form'
import { CheckField, TextField } from '@/app/_form/field'
import { DirectoryList, PersonField } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { saveEvents } from './actions'
import { foreseenWords } from './foreseen-words'

type Props = {
  policy: EventPolicy | null
  foreseen: ForeseenCards
  /** Addresses, by id. */
  named: Record<string, { name: string; address: string }>
  people: { name: string; address: string }[]
}

function Causes({ chosen, foreseen }: { chosen: readonly Cause[]; foreseen: ForeseenCards }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-section">What opens a card at once</legend>
      {CAUSE_NAMES.map((cause) => (
        <CheckField
          key={cause}
          name={`cause.${cause}`}
          label={CAUSES[cause]}
          hint={foreseenWords(foreseen, cause)}
          defaultChecked={chosen.includes(cause)}
        />
      ))}
    </fieldset>
  )
}

export function EventPolicyForm({ policy, foreseen, named, people }: Props) {
  const addressOf = (id: string | undefined) => (id === undefined ? '' : (named[id]?.address ?? id))
  return (
    <ActionForm action={saveEvents} label="What is asked by itself" className="flex max-w-160 flex-col gap-4">
      <DirectoryList people={people} />
      <Causes chosen={policy?.causes ?? []} foreseen={foreseen} />
      <TextField
        name="days"
        type="number"
        min={1}
        max={90}
        required
        label="Days to answer"
        defaultValue={String(policy?.days ?? 7)}
      />
      <TextField
        name="perDay"
        type="number"
        min={1}
        max={5000}
        required
        label="Cards in a day, at most"
        hint="By UTC. What happens beyond waits for the next day, the gravest cause first, and is told to whoever manages these reviews."
        defaultValue={String(policy?.perDay ?? 200)}
      />
      <PersonField
        name="fallback"
        label="Who is asked where nobody else can be"
        hint="First its owner is asked, then the lead of the team. An address of the directory."
        optional={false}
        defaultValue={addressOf(policy?.fallback)}
      />
      <PersonField
        name="manager"
        label="Who manages these reviews"
        hint="Answers for them, and is told what waits and what nobody answers. An address of the directory."
        optional={false}
        defaultValue={addressOf(policy?.manager)}
      />
      <div>
        <Submit busy="Saving…">Save</Submit>
      </div>
    </ActionForm>
  )
}
