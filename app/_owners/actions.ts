'use server'
// Saying who answers for identities, from the list and from the page of one. The commands behind decide who may.
import { assignOwner } from '@/governance/owners/assign-owner'
import { confirmOwner } from '@/governance/owners/confirm-owner'
import { disputeOwner, settleDispute } from '@/governance/owners/dispute-owner'
import { transferOwner } from '@/governance/owners/transfer-owner'
import { undoOwnership } from '@/governance/owners/undo-ownership'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

const many = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'identity' : 'identities'}`
/** An empty field says nothing; `none` takes away. */
const orNothing = (text: string) => (text === '' ? undefined : text === 'none' ? null : text)
const allOf = (form: FormData, name: string) =>
  form.getAll(name).filter((one): one is string => typeof one === 'string' && one !== '')
/** What the page showed: where it says nothing, nobody had said anything. */
const seenIn = (form: FormData) => (form.has('seen') ? { seen: textOf(form, 'seen') || null } : {})

export async function assign(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const set = {
      person: orNothing(textOf(form, 'set.person')),
      team: orNothing(textOf(form, 'set.team')),
      backup: orNothing(textOf(form, 'set.backup')),
      contact: orNothing(textOf(form, 'set.contact')),
    }
    const input = { identities: allOf(form, 'identity'), set, ...seenIn(form) }
    const { actId, changed } = await assignOwner(await currentActor(), input)
    return { done: `Saved for ${many(changed)}.`, result: actId }
  })
}

export async function confirm(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const key = textOf(form, 'key')
    const as = (['person', 'team'] as const).find((one) => one === textOf(form, 'as'))
    const rows = allOf(form, 'identity').map((identity) => ({
      identity,
      ...(key && { keys: [key] }),
      ...(as && { as }),
    }))
    const { actId, changed } = await confirmOwner(await currentActor(), { rows, ...seenIn(form) })
    return { done: `Confirmed for ${many(changed)}.`, result: actId }
  })
}

export async function transfer(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { actId, changed, to } = await transferOwner(await currentActor(), {
      identities: allOf(form, 'identity'),
      to: textOf(form, 'to'),
      why: textOf(form, 'why'),
      ...seenIn(form),
    })
    return { done: `${to} answers for ${many(changed)} now.`, result: actId }
  })
}

export async function dispute(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const input = { identities: allOf(form, 'identity'), why: textOf(form, 'why'), ...seenIn(form) }
    if (textOf(form, 'settles') === 'true') {
      await settleDispute(await currentActor(), input)
      return { done: 'Settled: the owner stays.' }
    }
    const { actId } = await disputeOwner(await currentActor(), input)
    return { done: 'Disputed. It stands beside the owner until it is settled.', result: actId }
  })
}

export async function undo(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { identities } = await undoOwnership(await currentActor(), { actId: textOf(form, 'actId') })
    return { done: `Undone: ${many(identities)} as before.` }
  })
}
