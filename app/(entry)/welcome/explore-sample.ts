'use server'
// Adds the sample organisation and opens its run, so that the first thing seen is what is being read.
import { redirect } from 'next/navigation'
import { addSample } from '@/governance/sample/add-sample'
import { attempt } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function exploreSample(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { connections } = await addSample(await currentActor(), {})
    const [first] = connections
    redirect(first ? `/sources/${first.id}/runs/${first.runId}` : '/')
  })
}
