'use server'
// Adds the sample organisation from the list of sources.
import { addSample } from '@/governance/sample/add-sample'
import { attempt } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function addSampleHere(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await addSample(await currentActor(), {})
    return { done: 'The sample organisation is being read.' }
  })
}
