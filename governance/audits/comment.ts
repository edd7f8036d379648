// Says something about an item: the auditors their part, those who answer theirs. What was said is never changed.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { CommentInput } from './audit-input'
import { sharePacks } from './create-audit'
import { itemToChange } from './held-audit'
import { linkTarget, type Link } from './link-target'
import { tellAnswered } from './tell-audit'

const COMMENTS_MAX = 1000
const Input = CommentInput.extend({
  audit: z.guid('is not the id of an audit'),
  item: z.guid('is not the id of an item'),
})
type Said = z.output<typeof Input>

type Write = { tx: Tx; actor: Actor; now: Date; said: Said; link: Link | undefined; fromAuditor: boolean }
async function write({ tx, actor, now, said, link, fromAuditor }: Write) {
  const held = await itemToChange(tx, actor, said.audit, said.item)
  const itemId = held.item.id
  if ((await tx.auditComment.count({ where: { itemId } })) >= COMMENTS_MAX)
    throw new RollcallError('conflict', `There are ${COMMENTS_MAX} comments already. Begin another request.`)
  const { id } = await tx.auditComment.create({
    data: {
      itemId,
      text: said.text,
      internal: said.internal ?? false,
      ...(link && { linkKind: link.kind, linkId: link.id, linkName: link.name, linkScope: link.scope }),
      at: now,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      fromAuditor,
    },
  })
  return { held, done: { id, audit: said.audit, item: itemId, nth: held.item.nth } }
}

const prepare = async ({ actor, input: { link } }: { actor: Actor; input: Said }) =>
  link && (await linkTarget(actor, link))

type Done = { id: string; audit: string; item: string; nth: number }
/** The words themselves stay where they were said: internal ones are not for whoever reads the activity log. */
const activity = ({ internal = false, link }: Said, { id, audit, item, nth }: Done) => ({
  object: `audit:${audit}`,
  detail: { item, nth, comment: id, internal, ...(link && { link: `${link.kind}:${link.id}` }) },
})

export const commentItem = command({
  name: 'audit.comment',
  permission: 'audit:examine',
  input: Input,
  prepare,
  async run({ actor, input: said, tx, now, prepared: link }) {
    if (said.internal) throw new RollcallError('forbidden', 'Internal notes are for those who answer.')
    return (await write({ tx, actor, now, said, link, fromAuditor: true })).done
  },
  activity,
})

/** A pack that an answer leads to is handed over with it. */
export const answerItem = command({
  name: 'audit.answer',
  permission: 'audit:manage',
  input: Input,
  prepare,
  async run({ actor, input: said, tx, now, prepared: link }) {
    const { held, done } = await write({ tx, actor, now, said, link, fromAuditor: false })
    if (said.internal) return done
    if (link?.kind === 'pack') await sharePacks({ tx, now, by: actor.name }, said.audit, [link.id])
    await tellAnswered(tx, { ...held, by: actor, comment: done.id }, now)
    return done
  },
  activity,
})
