'use server'
// Deciding about items, taking decisions back and looking a second time. The commands behind decide who may.
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { VERDICTS } from '@/core/campaign'
import { RollcallError, type Issue } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { decide, undoDecision } from '@/governance/campaigns/decide'
import type { DecisionRow } from '@/governance/campaigns/decision-input'
import { reviewItem } from '@/governance/campaigns/review-item'
import { lackingIn, needsOf } from '@/governance/campaigns/reviewing/needs'
import { nextReviewer } from '@/governance/campaigns/reviewing/next-reviewer'
import { Part, placeOf } from '@/governance/campaigns/reviewing/place'
import { giveSecondLook } from '@/governance/campaigns/second-look'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { hrefWith } from '@/app/_list/query'
import { choiceIn, dwellIn, ofOneRow, rowIn } from '@/app/_reviews/read-row'
import { currentActor } from '@/app/_session/actor'

const partIn = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    ['scope', 'type'].flatMap((name) => (textOf(form, name) ? [[name, textOf(form, name)]] : [])),
  )

/** Where to go on: the next that is open in this part, or the queue where nothing is. */
async function goesOn(actor: Actor | null, form: FormData): Promise<string> {
  const [campaign, item, part] = [textOf(form, 'campaign'), textOf(form, 'item'), partIn(form)]
  const place = await placeOf(actor, item, Part.parse(part))
  return place?.nextOpen
    ? hrefWith(`/reviews/${campaign}/${place.nextOpen}`, part, { done: item })
    : hrefWith(`/reviews/${campaign}`, {}, { done: item })
}

async function namedNext(actor: Actor | null, form: FormData): Promise<string | undefined> {
  const word = textOf(form, 'to')
  return word && textOf(form, 'decision') === 'not-mine'
    ? (await nextReviewer(actor, word, 'to')).id
    : undefined
}

async function lacksOf(actor: Actor | null, row: DecisionRow): Promise<Issue[]> {
  const { card, campaign } = await reviewItem(actor, row.item)
  return lackingIn(row, needsOf(row.decision, card, campaign))
}

async function decided(actor: Actor | null, form: FormData): Promise<void> {
  const row = rowIn(form, await namedNext(actor, form))
  try {
    const paced = textOf(form, 'paced') === 'true'
    await decide(actor, { id: textOf(form, 'campaign'), decisions: [row], paced })
  } catch (error) {
    const isConflict = error instanceof RollcallError && error.code === 'conflict'
    // What the other one said is shown, and the form is about the newer version from then on.
    if (isConflict) refresh()
    throw ofOneRow(error, isConflict ? [] : await lacksOf(actor, row))
  }
}

export async function decideOne(_before: FormState, form: FormData): Promise<FormState> {
  let next: string | undefined
  const state = await attempt(form, async () => {
    const actor = await currentActor()
    await decided(actor, form)
    next = await goesOn(actor, form)
  })
  if (next) redirect(next)
  return state
}

export async function undoOne(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const items = [{ item: textOf(form, 'item'), version: Number(textOf(form, 'version')) }]
    try {
      await undoDecision(actor, { id: textOf(form, 'campaign'), items })
    } catch (error) {
      throw ofOneRow(error, [])
    }
    return { done: `${textOf(form, 'name')} is open again.` }
  })
}

export async function lookAgain(_before: FormState, form: FormData): Promise<FormState> {
  let next: string | undefined
  const state = await attempt(form, async () => {
    const actor = await currentActor()
    const id = textOf(form, 'campaign')
    const dwellMs = dwellIn(form)
    const reason = textOf(form, 'words')
    await giveSecondLook(actor, {
      id,
      item: textOf(form, 'item'),
      answer: choiceIn(form, VERDICTS),
      ...(reason && { reason }),
      ...(dwellMs !== undefined && { dwellMs }),
    })
    next = hrefWith(`/reviews/${id}`, { show: 'second' }, { done: textOf(form, 'item') })
  })
  if (next) redirect(next)
  return state
}
