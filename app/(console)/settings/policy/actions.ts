'use server'
// Saves the policy, and restores an earlier one. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { restorePolicy, savePolicy } from '@/governance/policy/save-policy'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

function policyIn(form: FormData): unknown {
  try {
    return JSON.parse(textOf(form, 'policy'))
  } catch {
    throw new RollcallError('invalid', 'The policy did not arrive. Preview it again, then save it.')
  }
}
const numberIn = (form: FormData, name: string) => Number(textOf(form, name) || NaN)

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  let version: number | undefined
  const state = await attempt(form, async () => {
    const saved = await savePolicy(await currentActor(), {
      policy: policyIn(form),
      note: textOf(form, 'note'),
      base: numberIn(form, 'base'),
    })
    version = saved.version
  })
  if (version !== undefined) redirect(`/settings/policy?saved=${version}`)
  return state
}

export async function restore(_before: FormState, form: FormData): Promise<FormState> {
  let version: number | undefined
  const state = await attempt(form, async () => {
    const note = textOf(form, 'note')
    const saved = await restorePolicy(await currentActor(), {
      version: numberIn(form, 'version'),
      base: numberIn(form, 'base'),
      ...(note && { note }),
    })
    version = saved.version
  })
  if (version !== undefined) redirect(`/settings/policy?saved=${version}`)
  return state
}
