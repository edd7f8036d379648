// Asks for something in words: an item of the audit that waits for those who answer.
import { z } from 'zod'
import { command, invalid } from '../command'
import { endOf, RequestInput } from './audit-input'
import { auditToChange, nextItem } from './held-audit'
import { tellAsked } from './tell-audit'

/** Items that one audit may hold. */
export const ITEMS_MAX = 20_000

export const askRequest = command({
  name: 'audit.ask',
  permission: 'audit:examine',
  input: RequestInput.extend({ audit: z.guid('is not the id of an audit') }),
  async run({ actor, input: { audit: auditId, title, question, due }, tx, now }) {
    const audit = await auditToChange(tx, actor, auditId)
    const dueAt = due === undefined ? null : endOf(due)
    if (dueAt && dueAt < now) throw invalid([{ path: 'due', message: 'is over already' }])
    const nth = await nextItem(tx, auditId)
    if (nth > ITEMS_MAX) throw invalid([{ path: '', message: `An audit holds at most ${ITEMS_MAX} items.` }])
    const item = await tx.auditItem.create({
      data: {
        auditId,
        nth,
        origin: 'request',
        title,
        question,
        dueAt,
        statusAt: now,
        statusBy: actor.name,
        openedAt: now,
        openedById: actor.id,
        openedBy: actor.name,
      },
    })
    await tellAsked(tx, { audit, item, by: actor.name }, now)
    return { id: item.id, nth, audit: auditId, title }
  },
  activity: ({ due }, { id, nth, audit, title }) => ({
    object: `audit:${audit}`,
    detail: { item: id, nth, title, due: due ?? null },
  }),
})
