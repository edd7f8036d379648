// What the commands about channels ask for in common.
import { z } from 'zod'
import { ensure, RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Channel } from '@/prisma/generated/client'
import { invalid } from '../command'
import { ConnectionName } from '../connections/connection-input'
import { CHANNEL_TAKES } from '../notices/templates/kinds'
import { reachesPeople } from './channel-kinds'

export const ChannelName = ConnectionName
export const Takes = z
  .array(z.enum(CHANNEL_TAKES, { error: `must be among ${CHANNEL_TAKES.join(', ')}` }))
  .max(100)

/** People get what is for them; a place gets what somebody has chosen for it. */
export function ensureTakes(kind: string, takes: readonly string[]): void {
  if (reachesPeople(kind) && takes.length)
    throw invalid([
      { path: 'takes', message: 'Mail goes to whom a notice is for: there is nothing to choose.' },
    ])
  if (!reachesPeople(kind) && !takes.length)
    throw invalid([{ path: 'takes', message: 'Choose at least one kind of notice.' }])
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
