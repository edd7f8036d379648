'use server'
// Saying what is asked about by itself, and letting go of what waits. The commands behind decide who may.
import { CAUSE_NAMES } from '@/core/campaign'
import { RollcallError, type Issue } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { leaveWaiting, setEventPolicy } from '@/governance/campaigns/events/event-policy'
import { personNamed } from '@/governance/directory/person-named'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

const chosen = (form: FormData) => CAUSE_NAMES.filter((cause) => form.get(`cause.${cause}`) === 'true')

/** All that is wrong is told at once, each by its field. */
async function personIn(actor: Actor | null, form: FormData, path: string, issues: Issue[]): Promise<string> {
  const word = textOf(form, path)
  if (!word) {
    issues.push({ path, message: 'Name somebody of the directory.' })
    return ''
  }
  try {
    return (await personNamed(actor, word, path)).id
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'invalid') throw error
    issues.push(...(error.issues ?? [{ path, message: error.message }]))
    return ''
  }
}

export async function saveEvents(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const issues: Issue[] = []
    const fallback = await personIn(actor, form, 'fallback', issues)
    const manager = await personIn(actor, form, 'manager', issues)
    if (issues.length) throw new RollcallError('invalid', 'Check these fields.', issues)
    const [days, perDay] = [Number(textOf(form, 'days')), Number(textOf(form, 'perDay'))]
    const { causes } = await setEventPolicy(actor, { causes: chosen(form), days, perDay, fallback, manager })
    return {
      done: causes.length
        ? 'Saved. What happens from now on opens a card.'
        : 'Saved. Nothing opens a card by itself.',
    }
  })
}

export async function letGo(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { left } = await leaveWaiting(await currentActor(), {
      causes: chosen(form),
      reason: textOf(form, 'reason'),
    })
    return { done: `Let go of: ${left.toLocaleString('en')}. Each has the reason.` }
  })
}
