// The signature of a webhook: HMAC-SHA256 over the time it is sent, a dot, and the body, byte by byte as sent.
import { createHmac } from 'node:crypto'

type Signed = { key: string; keyId: string; timestamp: number; body: string }

/** @param timestamp seconds since 1970 */
export function signatureHeaders({ key, keyId, timestamp, body }: Signed): Record<string, string> {
  const digest = createHmac('sha256', key).update(`${timestamp}.${body}`, 'utf8').digest('hex')
  return {
    'rollcall-timestamp': String(timestamp),
    'rollcall-key-id': keyId,
    'rollcall-signature': `v1=${digest}`,
  }
}
