// Turns a channel off and on. What is for it waits meanwhile.
import { z } from 'zod'
import { command } from '../command'
import { wakeSender } from '../notices/notify'
import { lockChannel } from './channel-input'

export const SwitchChannel = z.strictObject({ on: z.boolean() })

export const switchChannel = command({
  name: 'channel.switch',
  permission: 'setting:manage',
  input: SwitchChannel.extend({ channelId: z.guid() }),
  async run({ input: { channelId, on }, tx }) {
    const { name } = await lockChannel(tx, channelId)
    await tx.channel.update({
      where: { id: channelId },
      data: { enabled: on, ...(on && { notBefore: null }) },
    })
    if (on) await wakeSender(tx)
    return { id: channelId, name, on }
  },
  activity: (_, { id, name, on }) => ({ object: `channel:${id}`, detail: { name, on } }),
})
