'use server'
// Putting one's name to what one decided, and adding words beside it.
import { addAddendum } from '@/governance/campaigns/extend-campaign'
import { signOff } from '@/governance/campaigns/sign-off'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { confirmedRun } from '@/app/_session/confirm-again'

export async function sign(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const scope = textOf(form, 'scope')
    const { items } = await confirmedRun(form, signOff, {
      id: textOf(form, 'campaign'),
      statement: textOf(form, 'statement'),
      typedName: textOf(form, 'typedName'),
      ...(scope && { scope }),
    })
    return {
      done: `Signed off: ${items.toLocaleString('en')} ${items === 1 ? 'decision is' : 'decisions are'} locked.`,
    }
  })
}

export async function add(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const item = textOf(form, 'item')
    await addAddendum(await currentActor(), {
      id: textOf(form, 'campaign'),
      text: textOf(form, 'text'),
      ...(item && { item }),
    })
    return { done: 'Added beside what is signed.' }
  })
}
