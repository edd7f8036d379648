'use server'
// CODEOWNERS files from the page: bringing one, taking one away. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { applyCodeOwners, removeCodeOwners } from '@/governance/owners/code-owners/apply-code-owners'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** Larger files go through the API or the command line: a form is held in memory. */
const FORM_BYTES_MAX = 900_000

export async function bring(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const file = form.get('file')
    if (!(file instanceof File) || !file.size) throw new RollcallError('invalid', 'Choose a file.')
    if (file.size > FORM_BYTES_MAX)
      throw new RollcallError('invalid', 'The file is too large for this page. Use the command line.')
    const { repository, rules, notRead } = await applyCodeOwners(actor, {
      ...{ repository: textOf(form, 'repository'), ref: textOf(form, 'ref'), text: await file.text() },
    })
    const not = notRead.length
      ? ` Not read: ${notRead.map(({ line, why }) => `line ${line} (${why})`).join('; ')}.`
      : ''
    return { done: `${rules.toLocaleString('en')} rules of ${repository} are held.${not}` }
  })
}

export async function remove(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { repository } = await removeCodeOwners(await currentActor(), {
      repository: textOf(form, 'repository'),
    })
    return { done: `The file of ${repository} is held no more.` }
  })
}
