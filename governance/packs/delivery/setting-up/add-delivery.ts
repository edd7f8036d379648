// Sets up a delivery: what is asked of each period, and where its pack is taken.
import { v7 as newId } from 'uuid'
import type { Prisma } from '@/prisma/client'
import { command } from '../../../command'
import { acceptSettings } from '../../../connections/settings-fields'
import { sealSettings } from '../../../crypto/seal-settings'
import { placeOf } from '../places'
import { AddDelivery, askingAs, ensureAskable, ensureTitleIsFree, toTell } from './delivery-input'

export const addDelivery = command({
  name: 'delivery.add',
  permission: 'evidence:manage',
  input: AddDelivery,
  async prepare({ actor, input }) {
    const member = await askingAs(actor, input.as)
    await ensureAskable(member, input.question)
    return member
  },
  async run({ actor, input, tx, now, prepared: member }) {
    const { title, question, every, waitHours, kind, settings, tell } = input
    await ensureTitleIsFree(tx, title)
    const accepted = acceptSettings(placeOf(kind), settings)
    const id = newId()
    await tx.delivery.create({
      data: {
        id,
        title,
        question: question as Prisma.InputJsonObject,
        every,
        waitHours,
        kind,
        settings: sealSettings(id, accepted, 'delivery'),
        tell: tell ? await toTell(tx, tell) : [member.id],
        memberId: member.id,
        memberName: member.name,
        createdAt: now,
        createdBy: actor.name,
      },
    })
    return { id, title, as: member.name }
  },
  activity: ({ every, waitHours, kind }, { id, title, as }) => ({
    object: `delivery:${id}`,
    detail: { title, every, waitHours, kind, as },
  }),
})
