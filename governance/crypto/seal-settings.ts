// Settings of connections and channels, and the keys that packs are signed with, are encrypted at rest: AES-256-GCM, bound to
// what they belong to.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import { env } from '@/env'

/** Layout: version (1), nonce (12), tag (16), ciphertext. */
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES
const ALGORITHM = 'aes-256-gcm'

const key = () => Buffer.from(env.encryptionKey, 'base64url')
/** What has something that is sealed. */
export type Holder = 'connection' | 'channel' | 'delivery' | 'signing key'
/** Part of what is authenticated, so that settings cannot be moved to another connection. */
const belongsTo = (holder: Holder, id: string) => Buffer.from(`rollcall ${holder} ${id}`)

export function sealSettings(
  id: string,
  settings: unknown,
  holder: Holder = 'connection',
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key(), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(belongsTo(holder, id))
  const text = Buffer.concat([cipher.update(JSON.stringify(settings), 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]))
}

/** @throws RollcallError `conflict` when they were sealed with another key or changed since */
export function openSettings(id: string, sealed: Uint8Array, holder: Holder = 'connection'): unknown {
  const bytes = Buffer.from(sealed)
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw unreadable(holder, 'their format is not known')
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key(), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(belongsTo(holder, id))
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()])
    return JSON.parse(text.toString('utf8'))
  } catch {
    // Nothing of the cause is passed on: it can only be the wrong key or changed bytes.
    throw unreadable(holder, 'they were sealed with another ENCRYPTION_KEY, or changed since')
  }
}

/** What whoever meets it can do, beside starting with the key they were sealed with. */
const OTHERWISE: Record<Holder, string> = {
  connection: 'enter the settings again',
  channel: 'enter the settings again',
  delivery: 'enter the settings again',
  'signing key': 'have another signing key made',
}
const unreadable = (holder: Holder, why: string) =>
  new RollcallError(
    'conflict',
    `The settings of this ${holder} cannot be read: ${why}. Start Rollcall with the key they were saved with, or ${OTHERWISE[holder]}.`,
  )
