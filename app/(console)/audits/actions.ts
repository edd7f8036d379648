'use server'
// Making audits, drawing, asking, answering and saying how items stand. The commands behind decide who may.
import { redirect } from 'next/navigation'
import { may } from '@/core/permissions'
import { askRequest } from '@/governance/audits/ask-request'
import { answerItem, commentItem } from '@/governance/audits/comment'
import { closeAudit, createAudit, editAudit } from '@/governance/audits/create-audit'
import { drawSample } from '@/governance/audits/sampling/draw-sample'
import type { SampleKind } from '@/governance/audits/sampling/population'
import { judgeItem, prepareItem } from '@/governance/audits/set-status'
import type { ItemStatus } from '@/governance/audits/status'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { linkIn } from './link-in'

const listOf = (form: FormData, name: string) =>
  form.getAll(name).flatMap((one) => (typeof one === 'string' && one ? [one] : []))
const said = (form: FormData) => ({
  title: textOf(form, 'title'),
  about: textOf(form, 'about'),
  from: textOf(form, 'from'),
  to: textOf(form, 'to'),
  controls: textOf(form, 'controls')
    .split(/[\s,]+/)
    .filter(Boolean),
  auditors: listOf(form, 'auditors'),
  packs: listOf(form, 'packs'),
})

export async function create(_before: FormState, form: FormData): Promise<FormState> {
  let made: string | undefined
  const state = await attempt(form, async () => {
    made = (await createAudit(await currentActor(), said(form))).id
  })
  if (made) redirect(`/audits/${made}`)
  return state
}

export async function edit(_before: FormState, form: FormData): Promise<FormState> {
  const id = textOf(form, 'id')
  let isDone = false
  const state = await attempt(form, async () => {
    await editAudit(await currentActor(), { id, ...said(form) })
    isDone = true
  })
  if (isDone) redirect(`/audits/${id}`)
  return state
}

export async function close(_before: FormState, form: FormData): Promise<FormState> {
  const id = textOf(form, 'id')
  let isDone = false
  const state = await attempt(form, async () => {
    await closeAudit(await currentActor(), { id, why: textOf(form, 'why') })
    isDone = true
  })
  if (isDone) redirect(`/audits/${id}`)
  return state
}

/** The query of a list, with or without the address before it. */
const filterIn = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text.replace(/^[^?=]*\?/, '')))

export async function draw(_before: FormState, form: FormData): Promise<FormState> {
  const audit = textOf(form, 'audit')
  let made: string | undefined
  const state = await attempt(form, async () => {
    const [seed, asOf, pack, after] = ['seed', 'asOf', 'pack', 'after'].map((name) => textOf(form, name))
    const size = Number(textOf(form, 'size'))
    const asked = after
      ? { after }
      : {
          kind: textOf(form, 'kind') as SampleKind,
          ...(textOf(form, 'filter') && { filter: filterIn(textOf(form, 'filter')) }),
          ...(seed && { seed }),
          ...(asOf && { asOf }),
          ...(pack && { pack }),
        }
    made = (await drawSample(await currentActor(), { audit, size, ...asked })).id
  })
  if (made) redirect(`/audits/${audit}/samples/${made}`)
  return state
}

export async function ask(_before: FormState, form: FormData): Promise<FormState> {
  const audit = textOf(form, 'audit')
  let made: string | undefined
  const state = await attempt(form, async () => {
    const due = textOf(form, 'due')
    made = (
      await askRequest(await currentActor(), {
        audit,
        title: textOf(form, 'title'),
        question: textOf(form, 'question'),
        ...(due && { due }),
      })
    ).id
  })
  if (made) redirect(`/audits/${audit}/items/${made}`)
  return state
}

export async function comment(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const link = linkIn(textOf(form, 'link'), textOf(form, 'pack'))
    const internal = textOf(form, 'internal') === 'true'
    const say = actor && may(actor, 'audit:examine') ? commentItem : answerItem
    await say(actor, {
      audit: textOf(form, 'audit'),
      item: textOf(form, 'item'),
      text: textOf(form, 'text'),
      ...(internal && { internal }),
      ...(link && { link }),
    })
    return { done: internal ? 'Noted. Auditors do not see it.' : 'Said.' }
  })
}

export async function setStatus(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const reason = textOf(form, 'reason')
    const set = actor && may(actor, 'audit:examine') ? judgeItem : prepareItem
    await set(actor, {
      audit: textOf(form, 'audit'),
      item: textOf(form, 'item'),
      status: textOf(form, 'status') as ItemStatus,
      expected: textOf(form, 'expected') as ItemStatus,
      ...(reason && { reason }),
    })
    return { done: 'Written down.' }
  })
}
