'use server'
// What a person does with one source. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { checkAccess } from '@/governance/connections/check-access'
import { deleteConnection } from '@/governance/connections/delete-connection'
import { connectionView } from '@/governance/connections/list-connections'
import { pauseConnection, resumeConnection } from '@/governance/connections/pause-connection'
import { settingsFields } from '@/governance/connections/settings-fields'
import { updateConnection } from '@/governance/connections/update-connection'
import { requestSync } from '@/governance/runs/request-sync'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { settingsFrom } from '@/app/_form/settings-from'
import { currentActor } from '@/app/_session/actor'

export async function syncNow(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const connectionId = textOf(form, 'connectionId')
    const { runId } = await requestSync(await currentActor(), { connectionId })
    redirect(`/sources/${connectionId}/runs/${runId}`)
  })
}

export async function pauseSource(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const paused = textOf(form, 'paused') === 'true'
    const command = paused ? resumeConnection : pauseConnection
    await command(await currentActor(), { connectionId: textOf(form, 'connectionId') })
    return {
      done: paused
        ? 'Resumed. The next sync runs when it is due.'
        : 'Paused. Nothing runs until you resume it.',
    }
  })
}

export async function deleteSource(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const connectionId = textOf(form, 'connectionId')
    const { name } = await connectionView(actor, connectionId)
    if (textOf(form, 'typed') !== name)
      throw new RollcallError('invalid', 'The name does not match. Nothing was deleted.', [
        { path: 'typed', message: `Type ${name}` },
      ])
    await deleteConnection(actor, { connectionId })
    redirect('/sources')
  })
}

export async function saveSource(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const connectionId = textOf(form, 'connectionId')
    if (form.get('intent') === 'test') return { result: await checkAccess(actor, { connectionId }) }
    const { connectorId } = await connectionView(actor, connectionId)
    await updateConnection(actor, {
      connectionId,
      name: textOf(form, 'name'),
      intervalMinutes: Number(textOf(form, 'intervalMinutes')),
      settings: settingsFrom(form, settingsFields(connectorId)),
    })
    return { done: 'Saved.' }
  })
}

export async function saveInterval(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await updateConnection(await currentActor(), {
      connectionId: textOf(form, 'connectionId'),
      intervalMinutes: Number(textOf(form, 'intervalMinutes')),
    })
    return { done: 'Saved.' }
  })
}
