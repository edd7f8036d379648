'use server'
// Triage of findings, from the list and from the page of one. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { TRIAGE_STATUSES } from '@/core/list'
import { setTriage } from '@/governance/triage/set-triage'
import { undoTriage } from '@/governance/triage/undo-triage'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** An empty field says nothing; `none` takes away. */
const orNothing = (text: string) => (text === '' ? undefined : text === 'none' ? null : text)

function valuesOf(form: FormData) {
  const status = TRIAGE_STATUSES.find((one) => one === textOf(form, 'status'))
  const assignee = orNothing(textOf(form, 'assignee'))
  const snoozeUntil = form.has('wake') ? null : orNothing(textOf(form, 'snoozeUntil'))
  const note = form.has('keepNote') && textOf(form, 'note') === '' ? undefined : textOf(form, 'note') || null
  return {
    ...(status && { status }),
    ...(assignee !== undefined && { assignee }),
    ...(snoozeUntil !== undefined && { snoozeUntil }),
    ...(note !== undefined && { note }),
  }
}

function chosenIn(form: FormData) {
  if (textOf(form, 'all') !== 'true')
    return { findings: form.getAll('finding').filter((one): one is string => typeof one === 'string') }
  try {
    return { filter: JSON.parse(textOf(form, 'filter')) as Record<string, string> }
  } catch {
    throw new RollcallError('invalid', 'The filter was not understood. Load the page again.')
  }
}

const many = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'finding' : 'findings'}`

export async function triage(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { actId, changed, left } = await setTriage(await currentActor(), {
      ...chosenIn(form),
      set: valuesOf(form),
    })
    const rest = left.length ? ` ${many(left.length)} left as they were: ${left[0]?.why ?? ''}` : ''
    const done = changed ? `${many(changed)} changed.` : 'Nothing was different.'
    return { done: `${done}${rest}`, result: actId }
  })
}

export async function undo(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { findings } = await undoTriage(await currentActor(), { actId: textOf(form, 'actId') })
    return { done: `Undone: ${many(findings)} as before.` }
  })
}
