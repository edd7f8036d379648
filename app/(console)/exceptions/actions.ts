'use server'
// Asking for exceptions, deciding about them and ending them. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { askException } from '@/governance/exceptions/ask-exception'
import { approveException, refuseException } from '@/governance/exceptions/decide-exception'
import { endException, withdrawException } from '@/governance/exceptions/end-exception'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

function aboutIn(form: FormData) {
  const finding = textOf(form, 'finding')
  const identity = textOf(form, 'identity')
  const rules = textOf(form, 'rules').split(',').filter(Boolean)
  const filter = textOf(form, 'filter')
  try {
    return {
      ...(finding && { finding }),
      ...(identity && { identity }),
      ...(rules.length > 0 && { rules }),
      ...(filter && { filter: JSON.parse(filter) as Record<string, string> }),
    }
  } catch {
    throw new RollcallError('invalid', 'The filter was not understood. Begin again from the findings.')
  }
}

export async function ask(_before: FormState, form: FormData): Promise<FormState> {
  let made: string | undefined
  const state = await attempt(form, async () => {
    const { id } = await askException(await currentActor(), {
      ...aboutIn(form),
      reason: textOf(form, 'reason'),
      evidence: textOf(form, 'evidence'),
      control: textOf(form, 'control'),
      until: textOf(form, 'until'),
    })
    made = id
  })
  if (made) redirect(`/exceptions/${made}`)
  return state
}

export async function decide(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const id = textOf(form, 'id')
    const note = textOf(form, 'note')
    if (textOf(form, 'decision') === 'approve') {
      await approveException(await currentActor(), { id, ...(note && { note }) })
      return { done: 'Approved. It counts from now on.' }
    }
    await refuseException(await currentActor(), { id, note })
    return { done: 'Refused.' }
  })
}

export async function withdraw(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await withdrawException(await currentActor(), { id: textOf(form, 'id') })
    return { done: 'Withdrawn.' }
  })
}

export async function end(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await endException(await currentActor(), { id: textOf(form, 'id'), why: textOf(form, 'why') })
    return { done: 'Ended. Its findings are back.' }
  })
}
