'use server'
// Closing a campaign, and signing the whole of it off. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { TIERS, type Tier } from '@/core/campaign'
import type { Issue } from '@/core/errors'
import { closeCampaign } from '@/governance/campaigns/close-campaign'
import { sealCampaign } from '@/governance/campaigns/sign-off'
import { invalid } from '@/governance/command'
import { personNamed } from '@/governance/directory/person-named'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { confirmedRun } from '@/app/_session/confirm-again'
import type { Actor } from '@/core/permissions'

type Left = { choice: 'exception'; person: string; reason: string } | { choice: 'next'; reason: string }

/** What the form says of one part; undefined where it does not ask about it, or nothing was chosen. */
async function leftIn(actor: Actor | null, form: FormData, name: string): Promise<Left | undefined> {
  const choice = textOf(form, `${name}.choice`)
  const reason = textOf(form, `${name}.reason`)
  if (choice === 'next') return { choice, reason }
  if (choice !== 'exception') return undefined
  const path = `${name}.person`
  const word = textOf(form, path)
  if (!word) throw invalid([{ path, message: 'Say who' }])
  return { choice, person: (await personNamed(actor, word, path)).id, reason }
}

/** Every part that is asked about has to be chosen: told before anybody is looked up. */
function ensureChosen(form: FormData): void {
  const issues: Issue[] = TIERS.map((tier) => `choices.${tier}`)
    .filter((name) => form.has(`${name}.reason`) && !textOf(form, `${name}.choice`))
    .map((path) => ({ path, message: 'Choose what becomes of them' }))
  if (issues.length) throw invalid(issues)
}

export async function close(_before: FormState, form: FormData): Promise<FormState> {
  let closed: string | undefined
  const state = await attempt(form, async () => {
    const actor = await currentActor()
    ensureChosen(form)
    const choices: Partial<Record<Tier, Left>> = {}
    for (const tier of TIERS) {
      const left = await leftIn(actor, form, `choices.${tier}`)
      if (left) choices[tier] = left
    }
    const second = await leftIn(actor, form, 'second')
    const { id } = await closeCampaign(actor, {
      id: textOf(form, 'id'),
      version: Number(textOf(form, 'version')),
      choices,
      ...(second?.choice === 'exception' && { second }),
    })
    closed = id
  })
  if (closed) redirect(`/campaigns/${closed}`)
  return state
}

export async function seal(_before: FormState, form: FormData): Promise<FormState> {
  let sealed: string | undefined
  const state = await attempt(form, async () => {
    await currentActor()
    const { id } = await confirmedRun(form, sealCampaign, {
      id: textOf(form, 'id'),
      statement: textOf(form, 'statement'),
      typedName: textOf(form, 'typedName'),
    })
    sealed = id
  })
  if (sealed) redirect(`/campaigns/${sealed}`)
  return state
}
