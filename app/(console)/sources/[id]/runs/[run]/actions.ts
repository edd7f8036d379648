'use server'
// What a person does with one run. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { confirmImport } from '@/governance/imports/confirm-import'
import { discardImport } from '@/governance/imports/discard-import'
import { cancelRun } from '@/governance/runs/cancel-run'
import { runDetail } from '@/governance/runs/list-runs'
import { retryRun } from '@/governance/runs/retry-run'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function cancel(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await cancelRun(await currentActor(), { runId: textOf(form, 'runId') })
    return { done: 'Stopping. What was read so far is not applied.' }
  })
}

export async function retry(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const { runId } = await retryRun(actor, { runId: textOf(form, 'runId') })
    const { connectionId } = await runDetail(actor, runId)
    redirect(`/sources/${connectionId}/runs/${runId}`)
  })
}

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await confirmImport(await currentActor(), { runId: textOf(form, 'runId') })
    return { done: 'Saved. The rules are asked now.' }
  })
}

export async function discard(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await discardImport(await currentActor(), { runId: textOf(form, 'runId') })
    redirect('/sources')
  })
}
