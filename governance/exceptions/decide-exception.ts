// Approves or refuses an exception that somebody else has asked for.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Exception } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { ensureAnother, ensureAsked, exceptionToChange } from './decider'
import { tellDecided } from './tell-exception'

const Note = z.string().trim().max(2000, 'must be at most 2000 letters')

export const ApproveBody = z.strictObject({ note: Note.optional() })
export const RefuseBody = z.strictObject({ note: Note.min(1, 'Say why') })

/** What is about nothing that is there is not approved: who knows what will have its id. */
async function ensureThere(tx: Tx, { findingId, identityId }: Exception): Promise<void> {
  const gone =
    (findingId && !(await tx.finding.findUnique({ where: { id: findingId }, select: { id: true } }))) ||
    (identityId && !(await tx.identity.findUnique({ where: { id: identityId }, select: { id: true } })))
  if (gone) throw new RollcallError('conflict', 'What it is about no longer exists. Refuse it instead.')
}

/** @throws RollcallError `forbidden` for whoever asked for it, `conflict` where it does not wait any more */
export const approveException = command({
  name: 'exception.approve',
  permission: 'exception:decide',
  input: ApproveBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, note }, tx, now }) {
    const held = await exceptionToChange(tx, id)
    ensureAnother(actor, held)
    ensureAsked(held, now)
    await ensureThere(tx, held)
    const decided = {
      deciderId: actor.id,
      deciderName: actor.name,
      decidedAt: now,
      decisionNote: note || null,
    }
    await tx.exception.update({ where: { id }, data: { state: 'approved', approvedAt: now, ...decided } })
    const decision = { kind: 'exception.approved', by: actor.name, note: note || null } as const
    await tellDecided(tx, held, decision, now)
    return { id, requester: held.requesterName, until: held.expiresAt.toISOString() }
  },
  activity: ({ note }, { id, requester, until }) => ({
    object: `exception:${id}`,
    detail: { requester, until, ...(note && { note }) },
  }),
})

/** @throws RollcallError `forbidden` for whoever asked for it, `conflict` where it does not wait any more */
export const refuseException = command({
  name: 'exception.refuse',
  permission: 'exception:decide',
  input: RefuseBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, note }, tx, now }) {
    const held = await exceptionToChange(tx, id)
    ensureAnother(actor, held)
    ensureAsked(held, now)
    const decided = { deciderId: actor.id, deciderName: actor.name, decidedAt: now, decisionNote: note }
    await tx.exception.update({ where: { id }, data: { state: 'refused', ...decided } })
    await tellDecided(tx, held, { kind: 'exception.refused', by: actor.name, note }, now)
    return { id, requester: held.requesterName }
  },
  activity: ({ note }, { id, requester }) => ({ object: `exception:${id}`, detail: { requester, note } }),
})
