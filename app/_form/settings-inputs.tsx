// The settings fields of a connector as form fields.
import type { SettingsField } from '@/governance/connections/settings-shape'
import { CheckField, SelectField, TextArea, TextField } from './field'

type Held = Record<string, { value?: unknown; isSet: boolean }>
type Props = { fields: SettingsField[]; held?: Held }

function Input({ field, held }: { field: SettingsField; held?: Held[string] }) {
  const { path, title, description, placeholder, required, secret, type, choices = [] } = field
  const start = held?.value ?? field.default
  const common = { name: `settings.${path}`, label: title, hint: description }
  if (type === 'boolean') return <CheckField {...common} defaultChecked={start === true} />
  if (type === 'choice')
    return (
      <SelectField
        {...common}
        defaultValue={start === undefined ? '' : String(start)}
        options={choices.map((value) => ({ value, title: value }))}
      />
    )
  if (type === 'list')
    return (
      <TextArea
        {...common}
        required={required}
        placeholder={placeholder}
        defaultValue={Array.isArray(start) ? start.join('\n') : undefined}
        hint={`${description ? `${description} ` : ''}One a line.`}
      />
    )
  return (
    <TextField
      {...common}
      type={secret ? 'password' : type === 'number' ? 'number' : 'text'}
      required={required && field.default === undefined && !(secret && held?.isSet)}
      placeholder={secret && held?.isSet ? 'Kept as it is unless you type a new one' : placeholder}
      defaultValue={start === undefined || secret ? undefined : String(start)}
      autoComplete={secret ? 'new-password' : 'off'}
      spellCheck={false}
    />
  )
}

export function SettingsInputs({ fields, held }: Props) {
  return fields.map((field) => <Input key={field.path} field={field} held={held?.[field.path]} />)
}
