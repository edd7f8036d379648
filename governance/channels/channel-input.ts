// What the commands about channels ask for in common.
import { z } from 'zod'
import { ensure, RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Channel } from '@/prisma/generated/client'
import { invalid } from '../command'
import { ConnectionName } from '../connections/connection-input'
import { CHANNEL_TAKES } from '../notices/templates/kinds'
import { personHere } from '../campaigns/reviewer'
import { canBePersonal, reachesPeople } from './channel-kinds'

export const ChannelName = ConnectionName
export const Takes = z
  .array(z.enum(CHANNEL_TAKES, { error: `must be among ${CHANNEL_TAKES.join(', ')}` }))
  .max(100)

/** People get what is for them; a place gets what somebody has chosen for it, and one that is a person’s own what is theirs. */
export function ensureTakes(kind: string, takes: readonly string[], isPersonal = false): void {
  if (isPersonal) {
    if (takes.length)
      throw invalid([
        { path: 'takes', message: 'What is one person’s own gets what is for them: choose nothing.' },
      ])
    return
  }
  if (reachesPeople(kind) && takes.length)
    throw invalid([
      { path: 'takes', message: 'Mail goes to whom a notice is for: there is nothing to choose.' },
    ])
  if (!reachesPeople(kind) && !takes.length)
    throw invalid([{ path: 'takes', message: 'Choose at least one kind of notice.' }])
}

/**
 * Whoever reads along could open what only this person is asked, so that only kinds that can be one person’s own are taken.
 * @throws RollcallError `invalid` or `conflict`
 */
export async function ensureCanBeTheirs(tx: Tx, kind: string, personId: string): Promise<void> {
  if (!canBePersonal(kind))
    throw invalid([{ path: 'person', message: 'Many read such a channel: it cannot be one person’s own.' }])
  await personHere(tx, personId, 'person')
  const held = await tx.channel.findUnique({ where: { personId }, select: { name: true } })
  if (held) throw new RollcallError('conflict', `They have a channel of their own already: “${held.name}”.`)
}

/** @throws RollcallError `conflict` when another channel has the name */
export async function ensureChannelNameIsFree(tx: Tx, name: string, butFor?: string): Promise<void> {
  const held = await tx.channel.findUnique({ where: { name }, select: { id: true } })
  if (held && held.id !== butFor)
    throw new RollcallError('conflict', `There is a channel called “${name}” already. Choose another name.`)
}

/** Held until the transaction ends. @throws RollcallError `not-found` */
export async function lockChannel(tx: Tx, id: string): Promise<Channel> {
  await tx.$queryRaw`SELECT 1 FROM channel WHERE id = ${id}::uuid FOR UPDATE`
  const channel = await tx.channel.findUnique({ where: { id } })
  ensure(channel, 'not-found', 'There is no such channel, or no longer.')
  return channel
}
