'use server'
// Saying that something was done. Whether it is gone is told by a later complete look.
import { claimApplied } from '@/governance/campaigns/remediations'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function claim(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const note = textOf(form, 'note')
    await claimApplied(await currentActor(), { id: textOf(form, 'id'), ...(note && { note }) })
    return { done: 'Noted. It counts as gone only when a complete look no longer sees it.' }
  })
}
