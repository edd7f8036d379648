// Says how an item stands: one command for those who answer, one for the auditors, so that nobody has both words.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { command, invalid } from '../command'
import { Words } from './audit-input'
import { itemToChange, type HeldItem } from './held-audit'
import {
  ANSWERERS_MAY,
  auditorsMay,
  isReasoned,
  ITEM_STATUSES,
  STATUS_TITLES,
  type ItemStatus,
} from './status'
import { tellReady } from './tell-audit'

export const StatusBody = z.strictObject({
  status: z.enum(ITEM_STATUSES),
  /** How it stood when whoever says this looked at it. */
  expected: z.enum(ITEM_STATUSES),
  reason: Words('Say why', 2000).optional(),
})
const Input = StatusBody.extend({
  audit: z.guid('is not the id of an audit'),
  item: z.guid('is not the id of an item'),
})
type Said = z.output<typeof Input>

const named = (status: ItemStatus) => STATUS_TITLES[status].toLowerCase()

/** @throws RollcallError `conflict` where somebody else has changed it since it was looked at */
function ensureExpected({ item }: HeldItem, expected: ItemStatus): ItemStatus {
  const status = item.status as ItemStatus
  if (status === expected) return status
  throw new RollcallError(
    'conflict',
    `${item.statusBy} has changed it meanwhile, at ${item.statusAt.toISOString()}: it is ${named(status)} now, and not ${named(expected)}. Look at it again.`,
  )
}

type Change = { tx: Tx; actor: Actor; now: Date; held: HeldItem; said: Said }
async function change({ tx, actor, now, held: { audit, item }, said }: Change) {
  const { status, expected, reason = null } = said
  const { kind, id: actorId, name: actorName } = actor
  await tx.auditItem.update({
    where: { id: item.id },
    data: { status, reason, statusAt: now, statusBy: actorName },
  })
  await tx.auditChange.create({
    data: {
      itemId: item.id,
      before: expected,
      after: status,
      reason,
      at: now,
      actorKind: kind,
      actorId,
      actorName,
    },
  })
  return { id: item.id, audit: audit.id, nth: item.nth, title: item.title, status }
}

const activity = (
  { expected, reason }: Said,
  { id, audit, nth, title, status }: Awaited<ReturnType<typeof change>>,
) => ({
  object: `audit:${audit}`,
  detail: { item: id, nth, title, before: expected, after: status, ...(reason && { reason }) },
})

/** @throws RollcallError `forbidden` for what is the auditor's word, `conflict` where it stands otherwise by now */
export const prepareItem = command({
  name: 'audit.prepare',
  permission: 'audit:manage',
  input: Input,
  async run({ actor, input: said, tx, now }) {
    const held = await itemToChange(tx, actor, said.audit, said.item)
    if (said.status !== 'ready' && said.status !== 'waiting')
      throw new RollcallError('forbidden', `Only an auditor says that something is ${named(said.status)}.`)
    const status = ensureExpected(held, said.expected)
    if (!ANSWERERS_MAY[status].includes(said.status))
      throw new RollcallError(
        'conflict',
        status === said.status
          ? `It is ${named(status)} already.`
          : `The auditor has said that it is ${named(status)}: only they take that back.`,
      )
    const changed = await change({ tx, actor, now, held, said })
    if (said.status === 'ready') await tellReady(tx, { ...held, by: actor }, now)
    return changed
  },
  activity,
})

/** @throws RollcallError `forbidden` for what those who answer say, `conflict` where it stands otherwise by now */
export const judgeItem = command({
  name: 'audit.judge',
  permission: 'audit:examine',
  input: Input,
  async run({ actor, input: said, tx, now }) {
    const held = await itemToChange(tx, actor, said.audit, said.item)
    if (said.status === 'ready')
      throw new RollcallError('forbidden', 'Only those who answer say that something is ready.')
    const status = ensureExpected(held, said.expected)
    if (!auditorsMay(status).includes(said.status))
      throw new RollcallError('conflict', `It is ${named(status)} already.`)
    if (isReasoned(said.status) && said.reason === undefined)
      throw invalid([{ path: 'reason', message: 'Say why' }])
    return change({ tx, actor, now, held, said })
  },
  activity,
})
