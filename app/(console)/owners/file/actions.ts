'use server'
// An OWNERS file from the page: first what it would change, then having it count. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { applyOwnersFile, previewOwnersFile } from '@/governance/owners/file/apply-file'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** Larger files go through the API or the command line: a form is held in memory. */
const FORM_BYTES_MAX = 900_000

async function textIn(form: FormData): Promise<string> {
  const file = form.get('file')
  if (!(file instanceof File) || !file.size) throw new RollcallError('invalid', 'Choose a file.')
  if (file.size > FORM_BYTES_MAX)
    throw new RollcallError('invalid', 'The file is too large for this page. Use `rollcall owners apply`.')
  return file.text()
}

export async function bringFile(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const text = await textIn(form)
    if (textOf(form, 'step') !== 'apply') return { result: await previewOwnersFile(actor, { text }) }
    const losing = Number(textOf(form, 'losing') || 0)
    const { version, isNew, changed } = await applyOwnersFile(actor, {
      text,
      ref: textOf(form, 'ref'),
      losing,
    })
    return {
      done: isNew
        ? `Version ${version} counts: ${changed.toLocaleString('en')} changed.`
        : `Nothing differs from version ${version}.`,
    }
  })
}
