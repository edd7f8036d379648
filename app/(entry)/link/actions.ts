'use server'
// Deciding, looking a second time and signing off by a link. The commands behind hold it to one person's items of one campaign.
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { VERDICTS } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import { decide } from '@/governance/campaigns/decide'
import { giveSecondLook } from '@/governance/campaigns/second-look'
import { signOff } from '@/governance/campaigns/sign-off'
import { nextReviewer } from '@/governance/campaigns/reviewing/next-reviewer'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { choiceIn, dwellIn, ofOneRow, rowIn } from '@/app/_reviews/read-row'
import { currentLinkActor } from '@/app/_session/link-session'

export async function decideByLink(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentLinkActor()
    const word = textOf(form, 'decision') === 'not-mine' ? textOf(form, 'to') : ''
    const to = word ? (await nextReviewer(actor, word, 'to')).id : undefined
    try {
      await decide(actor, { id: textOf(form, 'campaign'), decisions: [rowIn(form, to)] })
    } catch (error) {
      if (error instanceof RollcallError && error.code === 'conflict') refresh()
      throw ofOneRow(error, [])
    }
    redirect('/link')
  })
}

export async function lookByLink(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentLinkActor()
    const [dwellMs, reason] = [dwellIn(form), textOf(form, 'words')]
    await giveSecondLook(actor, {
      id: textOf(form, 'campaign'),
      item: textOf(form, 'item'),
      answer: choiceIn(form, VERDICTS),
      ...(reason && { reason }),
      ...(dwellMs !== undefined && { dwellMs }),
    })
    redirect('/link')
  })
}

export async function signByLink(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { items } = await signOff(await currentLinkActor(), {
      id: textOf(form, 'campaign'),
      statement: textOf(form, 'statement'),
      typedName: textOf(form, 'typedName'),
    })
    return {
      done: `Signed off: ${items.toLocaleString('en')} ${items === 1 ? 'decision is' : 'decisions are'} locked.`,
    }
  })
}
