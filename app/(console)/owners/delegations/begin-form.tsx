// Has somebody stand in while one is away.
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { PersonField } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { begin } from './actions'

/** @param ofOthers whether they may do so for somebody else */
export function BeginForm({ ofOthers }: { ofOthers: boolean }) {
  return (
    <ActionForm
      action={begin}
      label="Have somebody stand in"
      resets
      className="flex max-w-120 flex-col gap-3"
    >
      {ofOthers && (
        <PersonField name="from" label="Who is away" hint="An address of the directory; empty: you." />
      )}
      <PersonField name="to" label="Who stands in" required />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TextField name="starts" label="First day" type="date" hint="In UTC; empty: from now on." />
        <TextField name="until" label="Last day" type="date" required hint="In UTC, to its end." />
      </div>
      <TextField name="why" label="Why" maxLength={2000} autoComplete="off" />
      <div>
        <Submit busy="Saving…">Have them stand in</Submit>
      </div>
    </ActionForm>
  )
}
