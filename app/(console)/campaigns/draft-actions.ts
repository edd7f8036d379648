'use server'
// Making the draft of a campaign and changing it. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { campaignView } from '@/governance/campaigns/campaign-view'
import { createCampaign, editCampaign } from '@/governance/campaigns/create-campaign'
import { foreseenReviewers } from '@/governance/campaigns/foreseen-reviewers'
import { attempt, textOf, typed } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { askedIn, draftIn } from './draft-input'

export async function saveDraft(_before: FormState, form: FormData): Promise<FormState> {
  let saved: string | undefined
  const state = await attempt(form, async () => {
    const actor = await currentActor()
    if (form.get('intent') === 'count') {
      const { filter, chain } = await askedIn(actor, form)
      return { result: await foreseenReviewers(actor, filter, chain), values: typed(form) }
    }
    const id = textOf(form, 'id')
    const draft = await draftIn(actor, form)
    if (!id) {
      saved = (await createCampaign(actor, draft)).id
      return {}
    }
    const held = await campaignView(actor, id)
    const { seed: _, ...policy } = held.policy
    // An hour of the day that was set otherwise stays, as long as the day does.
    const dueAt = draft.dueAt.slice(0, 10) === held.dueAt.slice(0, 10) ? held.dueAt : draft.dueAt
    await editCampaign(actor, {
      ...draft,
      id,
      version: Number(textOf(form, 'version')),
      dueAt,
      policy: { ...policy, ...draft.policy },
    })
    saved = id
    return {}
  })
  if (saved) redirect(`/campaigns/${saved}`)
  return state
}
