'use server'
// What a manager does with a campaign between its draft and its close. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { checkPopulation } from '@/governance/campaigns/check-population'
import { discardCampaign } from '@/governance/campaigns/create-campaign'
import { addAddendum, extendCampaign } from '@/governance/campaigns/extend-campaign'
import { publishCampaign } from '@/governance/campaigns/publish-campaign'
import { reassign } from '@/governance/campaigns/reassign'
import { settleDifference } from '@/governance/campaigns/second-look'
import { splitLoad } from '@/governance/campaigns/split-load'
import { prepareCampaign, redraftCampaign } from '@/governance/campaigns/start-preparing'
import { invalid } from '@/governance/command'
import { personNamed } from '@/governance/directory/person-named'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { absolute } from '@/app/_ui/moment'
import { itemsOf } from './words'

const held = (form: FormData) => ({ id: textOf(form, 'id'), version: Number(textOf(form, 'version')) })
const allOf = (form: FormData, name: string) =>
  form.getAll(name).filter((one): one is string => typeof one === 'string' && one !== '')

export async function prepare(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await prepareCampaign(await currentActor(), held(form))
  })
}

export async function redraft(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await redraftCampaign(await currentActor(), held(form))
    return { done: 'It is a draft again. What was frozen is thrown away.' }
  })
}

export async function publish(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { rows, carried } = await publishCampaign(await currentActor(), held(form))
    return {
      done: `Published: ${itemsOf(rows - carried)} to decide${carried ? `, ${carried.toLocaleString('en')} carried by policy` : ''}.`,
    }
  })
}

export async function discard(_before: FormState, form: FormData): Promise<FormState> {
  let gone = false
  const state = await attempt(form, async () => {
    await discardCampaign(await currentActor(), { id: textOf(form, 'id') })
    gone = true
  })
  if (gone) redirect('/campaigns')
  return state
}

export async function extend(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { to } = await extendCampaign(await currentActor(), {
      ...held(form),
      dueAt: `${textOf(form, 'dueAt')}T23:59:59Z`,
      reason: textOf(form, 'reason'),
    })
    return { done: `It is due ${absolute(to)} now.` }
  })
}

export async function handTo(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const word = textOf(form, 'to')
    if (!word) throw invalid([{ path: 'to', message: 'Say who' }])
    const without = form.get('without') === 'true'
    const items = allOf(form, 'item')
    if (!without && !items.length)
      throw invalid([{ path: 'item', message: 'Tick the items that are meant.' }])
    const person = await personNamed(actor, word, 'to')
    const done = await reassign(actor, {
      id: textOf(form, 'id'),
      ...(without ? { without } : { items }),
      as: textOf(form, 'as') === 'second' ? 'second' : 'reviewer',
      to: person.id,
      reason: textOf(form, 'reason'),
    })
    return { done: `${itemsOf(done.items)} handed to ${done.to}.` }
  })
}

export async function split(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const shares = allOf(form, 'share').map((text) => {
      const [person = '', items] = text.split(' ')
      return { person, items: Number(items) }
    })
    const done = await splitLoad(await currentActor(), {
      id: textOf(form, 'id'),
      person: textOf(form, 'person'),
      shares,
    })
    return { done: `${itemsOf(done.items)} of ${done.person} handed over.` }
  })
}

export async function settle(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await settleDifference(await currentActor(), {
      id: textOf(form, 'id'),
      item: textOf(form, 'item'),
      as: textOf(form, 'as') as 'keep',
      why: textOf(form, 'why'),
    })
    return { done: 'Settled.' }
  })
}

export async function addWords(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await addAddendum(await currentActor(), { id: textOf(form, 'id'), text: textOf(form, 'text') })
    return { done: 'Added. It stands beside what was signed.' }
  })
}

/** Changes nothing: takes the hash again, card by card. */
export async function checkNow(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => ({
    result: await checkPopulation(await currentActor(), textOf(form, 'id')),
  }))
}
