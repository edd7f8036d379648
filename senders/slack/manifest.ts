// A channel of Slack, or of what takes the same: Mattermost, Rocket.Chat, Discord's /slack addresses.
import { z } from 'zod'
import type { SenderManifest } from '@/core/sender'
import { door, ensureSecure, webAddress } from '../door/web-settings'

export const SlackSettings = z
  .strictObject({
    address: webAddress().meta({
      title: 'Address of the incoming webhook',
      description: 'Whoever knows it can write to the channel, so it is kept like a password.',
      placeholder: 'https://hooks.slack.com/services/…',
      secret: true,
    }),
    ...door,
  })
  .superRefine(ensureSecure('address'))
export type SlackSettings = z.infer<typeof SlackSettings>

export const slackManifest: SenderManifest = {
  id: 'slack',
  title: 'Slack or compatible',
  summary: 'A channel of Slack, Mattermost or another that takes Slack’s incoming webhooks.',
  reaches: 'place',
  canBePersonal: true,
  settings: SlackSettings,
}
