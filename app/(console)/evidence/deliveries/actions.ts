'use server'
// Sets deliveries up, changes, tries, pauses, resumes and removes them. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { deliveryDetail, deliveryFields } from '@/governance/packs/delivery/listing/list-deliveries'
import { addDelivery } from '@/governance/packs/delivery/setting-up/add-delivery'
import {
  changeDelivery,
  pauseDelivery,
  removeDelivery,
  resumeDelivery,
} from '@/governance/packs/delivery/setting-up/change-delivery'
import { tryDelivery } from '@/governance/packs/delivery/setting-up/try-delivery'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { settingsFrom } from '@/app/_form/settings-from'
import { currentActor } from '@/app/_session/actor'
import { askedBy } from './question'

const PLACE = '/evidence/deliveries'

/** What there is to choose is checked by the command. */
const common = (form: FormData, kind: string) => ({
  title: textOf(form, 'title'),
  every: textOf(form, 'every') as never,
  waitHours: Number(textOf(form, 'waitHours')),
  tell: textOf(form, 'tell')
    .split(/[\s,;]+/)
    .filter(Boolean),
  settings: settingsFrom(form, deliveryFields(kind)),
})
const isRedacted = (form: FormData) => form.get('redact') === 'true'

export async function add(_before: FormState, form: FormData): Promise<FormState> {
  let made: string | undefined
  const state = await attempt(form, async () => {
    const actor = await currentActor()
    const kind = textOf(form, 'kind')
    const question = askedBy(textOf(form, 'what'), isRedacted(form), undefined)
    made = (await addDelivery(actor, { ...common(form, kind), kind: kind as never, question })).id
  })
  if (made) redirect(`${PLACE}/${made}`)
  return state
}

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const id = textOf(form, 'id')
    const held = await deliveryDetail(actor, id)
    const question = askedBy(textOf(form, 'what'), isRedacted(form), held.question)
    const { as } = await changeDelivery(actor, { id, ...common(form, held.kind), question })
    return { done: `Saved. It asks as ${as} from now on.` }
  })
}

export async function tryNow(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { state, words, again } = await tryDelivery(await currentActor(), { id: textOf(form, 'id') })
    const also = again ? ` ${again === 1 ? 'One period is' : `${again} periods are`} tried again.` : ''
    if (state === 'reached') return { done: `Reached. ${words}${also}` }
    throw new RollcallError('upstream', `Not reached. ${words}${also}`)
  })
}

export async function turn(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const id = textOf(form, 'id')
    if (textOf(form, 'on') !== 'true') {
      await pauseDelivery(await currentActor(), { id })
      return { done: 'It stands still.' }
    }
    const { as } = await resumeDelivery(await currentActor(), { id })
    return { done: `It runs, and asks as ${as}. What was missed is made up for.` }
  })
}

export async function remove(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const id = textOf(form, 'id')
    const { title } = await deliveryDetail(actor, id)
    if (textOf(form, 'typed') !== title)
      throw new RollcallError('invalid', 'The title does not match. Nothing was removed.', [
        { path: 'typed', message: `Type ${title}` },
      ])
    await removeDelivery(actor, { id })
    redirect(PLACE)
  })
}
