'use server'
// Asking for exceptions, deciding about them and ending them. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { invalid } from '@/governance/command'
import { askException } from '@/governance/exceptions/ask-exception'
import { approveException, refuseException } from '@/governance/exceptions/decide-exception'
import { endException, withdrawException } from '@/governance/exceptions/end-exception'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** Where the form asks for a scope, one has to be said: `any` is every one, and adds nothing to the filter. */
function scopeIn(form: FormData): Record<string, string> {
  const scope = textOf(form, 'scope')
  if (form.has('scope') && !scope) throw invalid([{ path: 'scope', message: 'Say where' }])
  return scope && scope !== 'any' ? { scope } : {}
}

function filterIn(form: FormData): Record<string, string> | undefined {
  const filter = textOf(form, 'filter')
  if (!filter) return undefined
  try {
    return { ...(JSON.parse(filter) as Record<string, string>), ...scopeIn(form) }
  } catch (error) {
    if (error instanceof RollcallError) throw error
    throw new RollcallError('invalid', 'The filter was not understood. Begin again from the findings.')
  }
}

function aboutIn(form: FormData) {
  const finding = textOf(form, 'finding')
  const identity = textOf(form, 'identity')
  const rules = textOf(form, 'rules').split(',').filter(Boolean)
  const filter = filterIn(form)
  return {
    ...(finding && { finding }),
    ...(identity && { identity }),
    ...(rules.length > 0 && { rules }),
    ...(filter && { filter }),
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
