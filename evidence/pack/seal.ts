// The seal of a pack: a signature over every byte before it, kept in the comment at the end of the archive. Whatever is changed
// anywhere, inside of a file or between files, does not fit it any more.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Signs with the private key of an installation, or of a customer. */
export type Signer = {
  /** 32 bytes in hex. */
  publicKey: string
  /** @returns 64 bytes */
  sign: (message: Uint8Array) => Promise<Uint8Array>
}
export type Seal = {
  /** SHA-256 of everything before it, in hex. */
  sha256: string
  /** The public key, in hex. */
  key: string
  /** When it was sealed. */
  at: string
  /** Ed25519, in hex. */
  signature: string
}

// Hex in lower case alone: other forms have several ways to write the same bytes.
const PATTERN =
  /^rollcall-seal\/1 sha256=([0-9a-f]{64}) key=([0-9a-f]{64}) at=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) sig=([0-9a-f]{128})$/
const messageOf = ({ sha256, at }: Pick<Seal, 'sha256' | 'at'>) =>
  new TextEncoder().encode(`rollcall-seal/1 ${sha256} ${at}`)
const textOf = ({ sha256, key, at, signature }: Seal) =>
  `rollcall-seal/1 sha256=${sha256} key=${key} at=${at} sig=${signature}`

/** All seals are of one length: the archive says how long its comment is before it is known. */
export const SEAL_BYTES = textOf({
  sha256: '0'.repeat(64),
  key: '0'.repeat(64),
  at: '2026-01-01T00:00:00.000Z',
  signature: '0'.repeat(128),
}).length

export async function sealFor(sha256: string, at: Date, { publicKey, sign }: Signer): Promise<Uint8Array> {
  const instant = at.toISOString()
  const signature = bytesToHex(await sign(messageOf({ sha256, at: instant })))
  return new TextEncoder().encode(textOf({ sha256, key: publicKey, at: instant, signature }))
}

/** @returns undefined where the bytes are no seal */
export function readSeal(bytes: Uint8Array): Seal | undefined {
  const found = PATTERN.exec(new TextDecoder('latin1').decode(bytes))
  const [, sha256 = '', key = '', at = '', signature = ''] = found ?? []
  return found ? { sha256, key, at, signature } : undefined
}

/** Whether whoever has the private key has signed this. By WebCrypto, in a browser as here. */
export async function isSignedBy(key: string, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  try {
    const { subtle } = globalThis.crypto
    const imported = await subtle.importKey('raw', new Uint8Array(hexToBytes(key)), 'Ed25519', false, [
      'verify',
    ])
    return await subtle.verify('Ed25519', imported, new Uint8Array(signature), new Uint8Array(message))
  } catch (error) {
    // A key that is none is refused as such; that a browser knows no Ed25519 is not the pack's fault.
    if (error instanceof Error && error.name === 'NotSupportedError') throw error
    return false
  }
}

export const isSealedBy = (seal: Seal): Promise<boolean> =>
  isSignedBy(seal.key, hexToBytes(seal.signature), messageOf(seal))

/** How a key is named where all of it is too long: the first half of its SHA-256 would do, and its own beginning does as well. */
export const keyName = (key: string): string => key.slice(0, 16)
