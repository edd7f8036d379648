'use server'
// Files of people from the page: first what one would change, then bringing it in. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { importPeople, previewPeople } from '@/governance/directory/import-people'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** Larger files go through the API or the command line: a form is held in memory. */
const FORM_BYTES_MAX = 900_000

async function fileIn(form: FormData) {
  const file = form.get('file')
  if (!(file instanceof File) || !file.size) throw new RollcallError('invalid', 'Choose a file.')
  if (file.size > FORM_BYTES_MAX)
    throw new RollcallError(
      'invalid',
      'The file is too large for this page. Use the API or `rollcall people import`.',
    )
  const name = textOf(form, 'name')
  return { csv: await file.text(), complete: form.has('complete'), ...(name && { name }) }
}

export async function bringPeople(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const file = await fileIn(form)
    if (textOf(form, 'step') !== 'import') return { result: await previewPeople(actor, file) }
    const leaving = Number(textOf(form, 'leaving') || 0)
    const { people, added, left, returned, missing } = await importPeople(actor, { ...file, leaving })
    return {
      done: `${people} people: ${added} new, ${left + missing.count} left, ${returned} back.`,
    }
  })
}
