// Changes a delivery, has it stand still and run again, and removes it. Whoever changes or resumes it is whom it asks as from then on.
import type { Prisma, Tx } from '@/prisma/client'
import type { Delivery } from '@/prisma/generated/client'
import { RollcallError } from '@/core/errors'
import { command } from '../../../command'
import { acceptChangedSettings } from '../../../connections/settings-fields'
import { settingsShape } from '../../../connections/settings-shape'
import { changedFields } from '../../../connections/settings-values'
import { openSettings, sealSettings } from '../../../crypto/seal-settings'
import { placeOf } from '../places'
import {
  askingAs,
  ChangeDelivery,
  ensureAskable,
  ensureTitleIsFree,
  lockDelivery,
  OneDelivery,
  toTell,
} from './delivery-input'
import { z } from 'zod'

/** Nothing where they cannot be read any more: all of them are entered again then. */
function heldSettings({ id, settings }: Delivery): unknown {
  try {
    return openSettings(id, settings, 'delivery')
  } catch {
    return undefined
  }
}

/** What waits is tried at once: what was in its way may be mended. */
const wake = (tx: Tx, deliveryId: string, now: Date) =>
  tx.deliveryPeriod.updateMany({
    where: { deliveryId, state: 'waiting' },
    data: { notBefore: now, attempts: 0 },
  })

export const changeDelivery = command({
  name: 'delivery.change',
  permission: 'evidence:manage',
  input: ChangeDelivery.extend(OneDelivery.shape),
  async prepare({ actor, input }) {
    const member = await askingAs(actor, input.as)
    if (input.question) await ensureAskable(member, input.question)
    return member
  },
  async run({ input, tx, now, prepared: member }) {
    const { id, title, question, every, waitHours, tell, settings } = input
    const delivery = await lockDelivery(tx, id)
    if (title !== undefined) await ensureTitleIsFree(tx, title, id)
    const place = placeOf(delivery.kind)
    const before = heldSettings(delivery)
    const after = settings && acceptChangedSettings(place, before, settings)
    const changed = settings ? changedFields(settingsShape(place.settings), before, after) : []
    await tx.delivery.update({
      where: { id },
      data: {
        title,
        every,
        waitHours,
        ...(question && { question: question as Prisma.InputJsonObject }),
        ...(tell && { tell: await toTell(tx, tell) }),
        ...(settings && { settings: sealSettings(id, after, 'delivery') }),
        memberId: member.id,
        memberName: member.name,
      },
    })
    await wake(tx, id, now)
    return { id, title: title ?? delivery.title, changed, as: member.name }
  },
  activity: ({ every, waitHours, question }, { id, title, changed, as }) => ({
    object: `delivery:${id}`,
    detail: {
      title,
      ...(every !== undefined && { every }),
      ...(waitHours !== undefined && { waitHours }),
      questionChanged: question !== undefined,
      settingsChanged: changed,
      as,
    },
  }),
})

export const pauseDelivery = command({
  name: 'delivery.pause',
  permission: 'evidence:manage',
  input: OneDelivery,
  async run({ actor, input: { id }, tx, now }) {
    const { title, pausedAt } = await lockDelivery(tx, id)
    if (pausedAt) throw new RollcallError('conflict', 'It stands still already.')
    const why = `${actor.name} has paused it.`
    await tx.delivery.update({
      where: { id },
      data: { pausedAt: now, pausedBy: actor.name, pausedWhy: why },
    })
    return { id, title }
  },
  activity: (_, { id, title }) => ({ object: `delivery:${id}`, detail: { title } }),
})

/** What was missed meanwhile is made up for, period by period. */
export const resumeDelivery = command({
  name: 'delivery.resume',
  permission: 'evidence:manage',
  input: OneDelivery.extend({ as: ChangeDelivery.shape.as }),
  prepare: ({ actor, input }) => askingAs(actor, input.as),
  async run({ input: { id }, tx, now, prepared: member }) {
    const { title, pausedAt } = await lockDelivery(tx, id)
    if (!pausedAt) throw new RollcallError('conflict', 'It runs already.')
    await tx.delivery.update({
      where: { id },
      data: { pausedAt: null, pausedBy: null, pausedWhy: null, memberId: member.id, memberName: member.name },
    })
    await wake(tx, id, now)
    return { id, title, as: member.name }
  },
  activity: (_, { id, title, as }) => ({ object: `delivery:${id}`, detail: { title, as } }),
})

/** What was delivered stays where it is; its packs stay among the packs, and what was done in the activity log. */
export const removeDelivery = command({
  name: 'delivery.remove',
  permission: 'evidence:manage',
  input: z.strictObject(OneDelivery.shape),
  async run({ input: { id }, tx }) {
    const { title } = await lockDelivery(tx, id)
    const delivered = await tx.deliveryPeriod.count({ where: { deliveryId: id, state: 'delivered' } })
    await tx.delivery.delete({ where: { id } })
    return { id, title, delivered }
  },
  activity: (_, { id, title, delivered }) => ({ object: `delivery:${id}`, detail: { title, delivered } }),
})
