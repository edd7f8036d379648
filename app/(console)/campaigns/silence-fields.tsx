// When reviewers are reminded, who is told when nothing is said, and who answers for silence in the end.
import type { Reminders } from '@/governance/campaigns/campaign-input'
import { ZONES } from '@/governance/notices/zones'
import { CheckField, SelectField, TextField } from '@/app/_form/field'
import { PersonField } from '@/app/_form/person-field'

const AFTER = [
  ['managerAfter', 'Their manager is told how many are open, days after it was due'],
  ['campaignAfter', 'Whoever manages the campaign is told, days after it was due'],
  ['exceptionAfter', 'What is still open becomes an exception, days after it was due'],
] as const

type Props = {
  reminders: Reminders
  /** The address of who answers for silence. */
  accountable: string
}
export function SilenceFields({ reminders, accountable }: Props) {
  const { before, onTheDay, zone } = reminders
  const zones = ZONES.includes(zone) ? ZONES : [zone, ...ZONES]
  return (
    <>
      <p className="text-muted">
        Whoever has not decided has neither kept nor removed: silence is no answer. What is open in the end
        becomes an exception that somebody answers for by name, and nothing else.
      </p>
      <TextField
        name="policy.reminders.before"
        label="Reviewers are reminded, days before it is due"
        hint="Numbers with commas; empty: never. One mail a person and day, and none once they have finished."
        defaultValue={before.join(', ')}
        maxLength={60}
      />
      <CheckField name="policy.reminders.onTheDay" label="And on the day itself" defaultChecked={onTheDay} />
      {AFTER.map(([name, label]) => (
        <TextField
          key={name}
          name={`policy.reminders.${name}`}
          type="number"
          min={name === 'exceptionAfter' ? 1 : 0}
          max={365}
          label={label}
          defaultValue={String(reminders[name])}
          required
        />
      ))}
      <PersonField
        name="policy.reminders.accountable"
        label="Who answers for these exceptions"
        hint="An address of the directory. Empty: whoever manages the campaign."
        defaultValue={accountable}
      />
      <SelectField
        name="policy.reminders.zone"
        label="Days are counted by the clock of"
        options={zones.map((value) => ({ value, title: value.replaceAll('_', ' ') }))}
        defaultValue={zone}
      />
    </>
  )
}
