'use server'
// Having somebody stand in, from the page: begin, end early, take the end back. The commands behind decide who may.
import type { Actor } from '@/core/permissions'
import { delegateOwner, endDelegation, resumeDelegation } from '@/governance/owners/delegate'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function begin(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const [from, starts, why] = [textOf(form, 'from'), textOf(form, 'starts'), textOf(form, 'why')]
    const made = await delegateOwner(await currentActor(), {
      ...{ to: textOf(form, 'to'), until: textOf(form, 'until') },
      ...(from && { from }),
      ...(starts && { starts }),
      ...(why && { why }),
    })
    return { done: `${made.to} stands in for ${made.from}.` }
  })
}

async function takeEndBack(actor: Actor | null, id: string): Promise<FormState> {
  await resumeDelegation(actor, { id })
  return { done: 'It goes on until its last day.' }
}

/** The button says which one ends, or of which one the end is taken back. */
export async function endOrResume(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const ended = textOf(form, 'resume')
    if (ended) return takeEndBack(actor, ended)
    const { id } = await endDelegation(actor, { id: textOf(form, 'end') })
    return { done: 'Ended.', result: id }
  })
}

export async function undoEnd(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => takeEndBack(await currentActor(), textOf(form, 'actId')))
}
