// What can be set on findings: who takes care of them, how far they are, a note, and until when they are put off.
import { SelectField, TextField } from '@/app/_form/field'

export const STATUS_TITLES = { new: 'New', seen: 'Seen', working: 'In work' } as const
const STATUSES = [
  { value: '', title: 'As it is' },
  ...Object.entries(STATUS_TITLES).map(([value, title]) => ({ value, title })),
]

export function TriageFields({ people }: { people: { id: string; name: string }[] }) {
  const assignees = [
    { value: '', title: 'As it is' },
    { value: 'me', title: 'Me' },
    { value: 'none', title: 'Nobody' },
    ...people.map(({ id, name }) => ({ value: id, title: name })),
  ]
  return (
    <>
      <input type="hidden" name="keepNote" value="true" />
      <SelectField name="status" label="Status" options={STATUSES} className="w-32" />
      <SelectField name="assignee" label="Assigned to" options={assignees} className="w-44" />
      <TextField name="snoozeUntil" type="date" label="Snooze until" className="w-40" />
      <TextField name="note" label="Note" maxLength={2000} autoComplete="off" className="w-56" />
    </>
  )
}
