'use server'
// Takes the sample organisation away.
import { removeSample } from '@/governance/sample/remove-sample'
import { attempt } from '../_form/attempt'
import type { FormState } from '../_form/form-state'
import { currentActor } from '../_session/actor'

export async function deleteSample(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await removeSample(await currentActor(), {})
    return { done: 'Sample data deleted.' }
  })
}
