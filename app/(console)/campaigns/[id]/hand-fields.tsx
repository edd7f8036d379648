// To whom items are handed, and why: the same fields wherever that is asked.
import { PersonField } from '@/app/_form/person-field'
import { TextField } from '@/app/_form/field'

export function HandFields() {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <PersonField name="to" label="To whom" required className="w-64" />
      <TextField name="reason" label="Why" required maxLength={2000} autoComplete="off" className="w-72" />
    </div>
  )
}
