// One attempt to send a message by a channel. Whatever goes wrong is an outcome in words; what is thrown is told without them.
import { RollcallError } from '@/core/errors'
import type { Message, Outcome, SendAt } from '@/core/sender'
import { findSender } from '@/senders'
import type { Channel } from '@/prisma/generated/client'
import { openSettings } from '../crypto/seal-settings'

export async function attemptToSend(
  channel: Pick<Channel, 'id' | 'kind' | 'settings'>,
  message: Message,
  at: SendAt,
): Promise<Outcome> {
  try {
    const { manifest, load } = findSender(channel.kind)
    const settings = manifest.settings.safeParse(openSettings(channel.id, channel.settings, 'channel'))
    if (!settings.success)
      return {
        state: 'failed',
        words: 'The settings of the channel are not complete any more: enter them again.',
      }
    return await (
      await load()
    )(settings.data, message, at)
  } catch (error) {
    const words = error instanceof RollcallError ? error.message : 'Something went wrong inside Rollcall.'
    return { state: 'failed', words }
  }
}
