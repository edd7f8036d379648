'use server'
// Tests a source without saving anything, or saves it and starts its first sync.
import { redirect } from 'next/navigation'
import { checkAccess } from '@/governance/connections/check-access'
import { connectSource } from '@/governance/connections/connect-source'
import { settingsFields } from '@/governance/connections/settings-fields'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { settingsFrom } from '@/app/_form/settings-from'
import { currentActor } from '@/app/_session/actor'

export async function connect(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const connectorId = textOf(form, 'connectorId')
    const settings = settingsFrom(form, settingsFields(connectorId))
    if (form.get('intent') === 'test') return { result: await checkAccess(actor, { connectorId, settings }) }
    const name = textOf(form, 'name')
    const { id, runId } = await connectSource(actor, { connectorId, settings, ...(name && { name }) })
    redirect(runId ? `/sources/${id}/runs/${runId}` : `/sources/${id}`)
  })
}
