'use server'
// Sets how long history is kept. The command behind decides who may.
import { setRetention } from '@/governance/settings/set-retention'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function keepHistory(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { days } = await setRetention(await currentActor(), { days: Number(textOf(form, 'days') || NaN) })
    return { done: `History is kept for ${days} days from now on.` }
  })
}
