'use client'
// A file of people: what it would change is shown before it can be brought in.
import type { PeoplePreview } from '@/governance/directory/plan-people'
import { ActionForm, useForm } from '@/app/_form/action-form'
import { CheckField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { Notice } from '@/app/_ui/notice'
import { bringPeople } from './actions'

const isPreview = (result: unknown): result is PeoplePreview =>
  typeof result === 'object' && result !== null && 'missing' in result

function Preview() {
  const { state } = useForm()
  if (!isPreview(state.result)) return null
  const { people, added, changed, left, returned, leaveLater, missing } = state.result
  const names = missing.names.join(', ')
  return (
    <Notice role="status" title={`${people} people in the file`}>
      <p>
        {added} new, {changed} with another name or address, {left} left, {returned} back, {leaveLater} leave
        on a later day.
      </p>
      {missing.count > 0 && (
        <p className="font-medium">
          {missing.count} are held to have left because the file leaves them out: {names}
          {missing.count > missing.names.length && ' and others'}.
        </p>
      )}
      <input type="hidden" name="leaving" value={missing.count} />
      <div className="mt-2">
        <Submit name="step" value="import" busy="Importing…">
          Import this file
        </Submit>
      </div>
    </Notice>
  )
}

export function ImportForm() {
  return (
    <ActionForm action={bringPeople} label="Import people" className="flex max-w-120 flex-col gap-3">
      <TextField
        name="file"
        label="CSV file"
        type="file"
        accept=".csv,text/csv"
        required
        hint="A first line with name, email, and where wanted id, manager, team, status, left."
      />
      <TextField
        name="name"
        label="Name of the list"
        hint="Small letters: sets files apart that come from different places."
        maxLength={40}
        autoComplete="off"
      />
      <CheckField
        name="complete"
        label="This file is complete"
        hint="Whoever this list held and the file leaves out has left. You see how many before anything is changed."
      />
      <div>
        <Submit look="plain" name="step" value="preview" busy="Reading…">
          Show what it changes
        </Submit>
      </div>
      <Preview />
    </ActionForm>
  )
}
