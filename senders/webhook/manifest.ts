// A webhook of one's own: JSON with a signature over its bytes and the time it was sent.
import { z } from 'zod'
import type { SenderManifest } from '@/core/sender'
import { door, ensureSecure, secretLine, webAddress } from '../door/web-settings'

export const WebhookSettings = z
  .strictObject({
    address: webAddress().meta({
      title: 'Address',
      description: 'Where each notice is sent to with POST.',
      placeholder: 'https://hooks.example.com/rollcall',
    }),
    keyId: z
      .string()
      .trim()
      .regex(/^[\w.-]{1,64}$/, { error: 'must be letters, digits, dots, dashes and underscores; at most 64' })
      .default('1')
      .meta({
        title: 'Key id',
        description: 'Sent along, so that the receiver knows which key signed. Change it with the key.',
      }),
    key: secretLine(32, 500).meta({
      title: 'Signing key',
      description: 'At least 32 characters, known to the receiver too. It is never sent.',
      secret: true,
    }),
    ...door,
  })
  .superRefine(ensureSecure('address'))
export type WebhookSettings = z.infer<typeof WebhookSettings>

export const webhookManifest: SenderManifest = {
  id: 'webhook',
  title: 'Signed webhook',
  summary: 'JSON to an address of yours, signed with HMAC-SHA256 over the time and the body.',
  reaches: 'place',
  canBePersonal: true,
  settings: WebhookSettings,
}
