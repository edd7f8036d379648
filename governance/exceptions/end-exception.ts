// Takes back what was asked for, and ends what was approved before its time.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command } from '../command'
import { ensureAsked, exceptionToChange } from './decider'
import { tellOver } from './tell-exception'

export const EndBody = z.strictObject({
  why: z.string().trim().min(1, 'Say why').max(2000, 'must be at most 2000 letters'),
})

/** @throws RollcallError `forbidden` for anybody but whoever asked for it, `conflict` where it does not wait any more */
export const withdrawException = command({
  name: 'exception.withdraw',
  permission: 'exception:ask',
  input: z.strictObject({ id: z.guid() }),
  async run({ actor, input: { id }, tx, now }) {
    const held = await exceptionToChange(tx, id)
    if (held.requesterId !== actor.id)
      throw new RollcallError('forbidden', `Only ${held.requesterName} can withdraw it. You can refuse it.`)
    ensureAsked(held, now)
    await tx.exception.update({
      where: { id },
      data: { state: 'withdrawn', endedAt: now, endedBy: actor.name },
    })
    await tellOver(tx, id, now)
    return { id }
  },
  activity: (_, { id }) => ({ object: `exception:${id}` }),
})

/** @throws RollcallError `conflict` unless it counts */
export const endException = command({
  name: 'exception.end',
  permission: 'exception:decide',
  input: EndBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, why }, tx, now }) {
    const held = await exceptionToChange(tx, id)
    if (held.state !== 'approved' || held.expiresAt <= now)
      throw new RollcallError('conflict', 'It does not count now: there is nothing to end.')
    const ended = { endedAt: now, endedBy: actor.name, endedWhy: why }
    await tx.exception.update({ where: { id }, data: { state: 'ended', ...ended } })
    return { id }
  },
  activity: ({ why }, { id }) => ({ object: `exception:${id}`, detail: { why } }),
})
