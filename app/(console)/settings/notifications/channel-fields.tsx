// The fields of a channel: its name, its settings, and what goes there where that is to be chosen.
import type { SettingsField } from '@/governance/connections/settings-shape'
import type { SettingsView } from '@/governance/connections/settings-values'
import { CHANNEL_TAKES, kindTitle } from '@/governance/notices/templates/kinds'
import { TextField } from '@/app/_form/field'
import { PersonField } from '@/app/_form/person-field'
import { SettingsInputs } from '@/app/_form/settings-inputs'
import { TakesField } from './takes-field'

const TAKES = CHANNEL_TAKES.map((value) => ({ value, title: kindTitle(value) }))

type Props = {
  name: string
  fields: SettingsField[]
  held?: SettingsView
  /** Left out where it reaches people: they get what is for them. */
  takes?: readonly string[]
  /** Whether it can be said whose alone it is. */
  canBePersonal?: boolean
}
export function ChannelFields({ name, fields, held, takes, canBePersonal = false }: Props) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        defaultValue={name}
        hint="How it is called here."
        autoComplete="off"
      />
      <SettingsInputs fields={fields} held={held} />
      {canBePersonal && (
        <PersonField
          name="person"
          label="Whose alone it is"
          hint="An address of the directory, where nobody else reads it, such as a direct message: it gets what they are asked, with the link that opens it without an account. Empty: a place that many read, which gets what is chosen below and no such link."
        />
      )}
      {takes && <TakesField options={TAKES} held={takes} />}
    </>
  )
}
