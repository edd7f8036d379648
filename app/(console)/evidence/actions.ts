'use server'
// Has packs built, cancelled and removed, and keys rotated. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { askPack } from '@/governance/packs/asking/build'
import { cancelPack, removePack } from '@/governance/packs/asking/cancel'
import type { PackInput } from '@/governance/packs/asking/input'
import { rotateKey } from '@/governance/packs/keys/rotate-key'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

/** The question as the page above the form has asked it. */
function questionIn(form: FormData): PackInput {
  try {
    return JSON.parse(textOf(form, 'question')) as PackInput
  } catch {
    throw new RollcallError('invalid', 'The question was not understood. Begin again.')
  }
}

export async function build(_before: FormState, form: FormData): Promise<FormState> {
  let made: string | undefined
  const state = await attempt(form, async () => {
    made = (await askPack(await currentActor(), questionIn(form))).id
  })
  if (made) redirect(`/evidence/${made}`)
  return state
}

export async function cancel(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await cancelPack(await currentActor(), { id: textOf(form, 'id') })
    return { done: 'Cancelled. Nothing of it is left.' }
  })
}

export async function remove(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await removePack(await currentActor(), { id: textOf(form, 'id') })
    return { done: 'Its file is removed. What is told of it here stays.' }
  })
}

export async function rotate(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await rotateKey(await currentActor(), {})
    return { done: 'Another key signs from now on.' }
  })
}
