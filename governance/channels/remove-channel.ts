// Removes a channel with its settings. What waits for it, and for no other, is withdrawn.
import { z } from 'zod'
import { command } from '../command'
import { channelKinds, reachesPeople } from './channel-kinds'
import { lockChannel } from './channel-input'

const WHY = 'The channel was removed.'

export const removeChannel = command({
  name: 'channel.remove',
  permission: 'setting:manage',
  input: z.strictObject({ channelId: z.guid() }),
  async run({ input: { channelId }, tx, now }) {
    const { name, kind } = await lockChannel(tx, channelId)
    const forPeople = channelKinds().flatMap(({ id, reaches }) => (reaches === 'people' ? [id] : []))
    const others = await tx.channel.count({ where: { kind: { in: forPeople }, id: { not: channelId } } })
    const stranded = reachesPeople(kind) && !others ? { email: { not: null } } : { email: null, channelId }
    const { count } = await tx.notice.updateMany({
      where: { state: 'waiting', ...stranded },
      data: { state: 'withdrawn', error: WHY, endedAt: now, claimedUntil: null },
    })
    await tx.channel.delete({ where: { id: channelId } })
    return { id: channelId, name, withdrawn: count }
  },
  activity: (_, { id, name, withdrawn }) => ({ object: `channel:${id}`, detail: { name, withdrawn } }),
})
