// When somebody wants to be told, as a form: for oneself, or for everybody who has not said.
import type { Preferences } from '@/governance/notices/preferences'
import { kindTitle, OPTIONAL_KINDS } from '@/governance/notices/templates/kinds'
import { ZONES } from '@/governance/notices/zones'
import { ActionForm } from '@/app/_form/action-form'
import { CheckField, SelectField, TextField } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { TakesField } from './takes-field'

type Props = { action: FormAction; label: string; held: Preferences }
export function PreferencesForm({ action, label, held }: Props) {
  const zones = ZONES.includes(held.zone) ? ZONES : [held.zone, ...ZONES]
  return (
    <ActionForm action={action} label={label} className="flex max-w-104 flex-col gap-4">
      <SelectField
        name="zone"
        label="Time zone"
        defaultValue={held.zone}
        options={zones.map((value) => ({ value, title: value.replaceAll('_', ' ') }))}
      />
      <CheckField
        name="digest"
        label="One mail a day for what can wait"
        hint="Off: each by itself, outside quiet hours."
        defaultChecked={held.digestAt !== null}
      />
      <TextField
        name="digestAt"
        label="At"
        type="time"
        required
        defaultValue={held.digestAt ?? '08:00'}
        className="max-w-40"
      />
      <div className="flex flex-wrap gap-4">
        <TextField name="quietFrom" label="Quiet from" type="time" required defaultValue={held.quietFrom} />
        <TextField
          name="quietUntil"
          label="Quiet until"
          type="time"
          required
          defaultValue={held.quietUntil}
          hint="The same twice: no quiet hours."
        />
      </div>
      <CheckField
        name="quietWeekends"
        label="Quiet all Saturday and Sunday"
        defaultChecked={held.quietWeekends}
      />
      {OPTIONAL_KINDS.map((kind) => (
        <input key={kind} type="hidden" name="offered" value={kind} />
      ))}
      <TakesField
        name="told"
        legend="What you are told. What asks you to decide always comes."
        options={OPTIONAL_KINDS.map((value) => ({ value, title: kindTitle(value) }))}
        held={OPTIONAL_KINDS.filter((kind) => !held.off.includes(kind))}
      />
      <div>
        <Submit busy="Saving…">Save</Submit>
      </div>
    </ActionForm>
  )
}
