'use server'
// What people do with channels and notices, and when they want to be told. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { addChannel } from '@/governance/channels/add-channel'
import { channelFields, channelView } from '@/governance/channels/list-channels'
import { removeChannel } from '@/governance/channels/remove-channel'
import { switchChannel } from '@/governance/channels/switch-channel'
import { testChannel } from '@/governance/channels/test-channel'
import { updateChannel } from '@/governance/channels/update-channel'
import { personNamed } from '@/governance/directory/person-named'
import type { Preferences } from '@/governance/notices/preferences'
import { retryNotices, withdrawNotices } from '@/governance/notices/retry-notices'
import { setPreferences, setUsual } from '@/governance/notices/set-preferences'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { settingsFrom } from '@/app/_form/settings-from'
import { currentActor } from '@/app/_session/actor'
import { absolute } from '@/app/_ui/moment'

const PLACE = '/settings/notifications'

/** Those that were offered and not chosen; what cannot be turned off is checked by the command. */
function offIn(form: FormData): never[] {
  const wanted = new Set(form.getAll('told').map(String))
  return form
    .getAll('offered')
    .map(String)
    .filter((kind) => !wanted.has(kind)) as never[]
}

const wishesIn = (form: FormData): Preferences => ({
  zone: textOf(form, 'zone'),
  digestAt: form.get('digest') === 'true' ? textOf(form, 'digestAt') : null,
  quietFrom: textOf(form, 'quietFrom'),
  quietUntil: textOf(form, 'quietUntil'),
  quietWeekends: form.get('quietWeekends') === 'true',
  off: offIn(form),
})

export async function savePreferences(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await setPreferences(await currentActor(), wishesIn(form))
    return { done: 'Saved. What waits for you goes by it too.' }
  })
}

export async function saveUsual(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await setUsual(await currentActor(), wishesIn(form))
    return { done: 'Saved. It counts for everybody who has not said otherwise.' }
  })
}

/** Which ones there are is checked by the command. */
const takesIn = (form: FormData) => form.getAll('takes').map(String) as never[]

export async function add(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const kind = textOf(form, 'kind')
    const settings = settingsFrom(form, channelFields(kind))
    const word = textOf(form, 'person')
    const { id } = await addChannel(actor, {
      ...(word && { person: (await personNamed(actor, word, 'person')).id }),
      kind,
      name: textOf(form, 'name'),
      settings,
      takes: takesIn(form),
    })
    redirect(`${PLACE}/channels/${id}`)
  })
}

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const channelId = textOf(form, 'channelId')
    const { kind } = await channelView(actor, channelId)
    const settings = settingsFrom(form, channelFields(kind))
    await updateChannel(actor, { channelId, name: textOf(form, 'name'), settings, takes: takesIn(form) })
    return { done: 'Saved.' }
  })
}

export async function test(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const to = textOf(form, 'to')
    const input = { channelId: textOf(form, 'channelId'), ...(to && { to }) }
    const { state, words, at } = await testChannel(await currentActor(), input)
    if (state === 'accepted') return { done: `Sent, and accepted at ${absolute(at)}. ${words}` }
    throw new RollcallError('upstream', `Not sent. ${words}`)
  })
}

export async function turn(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const on = textOf(form, 'on') === 'true'
    await switchChannel(await currentActor(), { channelId: textOf(form, 'channelId'), on })
    return { done: on ? 'Turned on.' : 'Turned off. What is for it waits.' }
  })
}

export async function remove(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const channelId = textOf(form, 'channelId')
    const { name } = await channelView(actor, channelId)
    if (textOf(form, 'typed') !== name)
      throw new RollcallError('invalid', 'The name does not match. Nothing was removed.', [
        { path: 'typed', message: `Type ${name}` },
      ])
    await removeChannel(actor, { channelId })
    redirect(PLACE)
  })
}

const chosenIn = (form: FormData): string[] | 'all' => {
  const ids = form.getAll('notice').map(String)
  return form.get('all') === 'true' ? 'all' : ids
}

export async function decide(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const notices = chosenIn(form)
    const isRetry = textOf(form, 'decision') === 'retry'
    const { ids } = await (isRetry ? retryNotices : withdrawNotices)(actor, { notices })
    const count = ids.length === 1 ? 'One notice' : `${ids.length} notices`
    return { done: isRetry ? `${count} will be tried again now.` : `${count} withdrawn.` }
  })
}
