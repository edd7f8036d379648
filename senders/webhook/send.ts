// Sends a notice to a webhook, signed anew for each attempt: the time is that of the attempt, the id that of the notice.
import type { Send } from '@/core/sender'
import { exchange } from '../door/exchange'
import { attempted, outcomeOf } from '../door/outcome'
import type { WebhookSettings } from './manifest'
import { signatureHeaders } from './sign'

export const sendToWebhook: Send<WebhookSettings> = (settings, message, { signal, now, attempt }) => {
  const { address, key, keyId } = settings
  const url = new URL(address)
  const server = `The webhook at ${url.host}`
  const { id, kind, at, subject, text, link, data } = message
  const body = JSON.stringify({ version: 1, id, kind, at, attempt, subject, text, link: link.href, data })
  const timestamp = Math.floor(now.getTime() / 1000)
  const headers = { 'rollcall-notice': id, ...signatureHeaders({ key, keyId, timestamp, body }) }
  return attempted(server, async () =>
    outcomeOf(await exchange({ ...settings, url, method: 'POST', headers, body, signal }), server),
  )
}
