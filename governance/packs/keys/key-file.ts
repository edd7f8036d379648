// A private key in a file of somebody's own. What is wrong with the file is said without a word of what stands in it.
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { open } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import type { Signer } from '@/evidence/pack/seal'
import { env } from '@/env'

/** No such key is longer. */
const BYTES_MAX = 16_384
/** Read, write or run, by everybody on the machine. */
const OTHERS = 0o007
const HOW = 'openssl genpkey -algorithm ed25519 -out key.pem makes one'

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'cannot be read by the account that Rollcall runs as',
  EPERM: 'cannot be read by the account that Rollcall runs as',
  EISDIR: 'is a folder',
  ELOOP: 'leads to itself',
}

const refused = (named: string, why: string) => new RollcallError('conflict', `${named} ${why}.`)

async function textOf(path: string, named: string): Promise<string> {
  try {
    const file = await open(path, 'r')
    try {
      const { mode, size } = await file.stat()
      if (process.platform !== 'win32' && mode & OTHERS)
        throw refused(
          named,
          'can be read by everybody on this machine. Take that away first: chmod 600, or 640 for a group',
        )
      if (size > BYTES_MAX)
        throw refused(named, `is too long for a key. It has to be an Ed25519 key as PEM (PKCS#8): ${HOW}`)
      return await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof RollcallError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw refused(named, TROUBLE[code] ?? `cannot be read${code && ` (${code})`}`)
  }
}

function keyIn(text: string, named: string): KeyObject {
  if (/-----BEGIN (ENCRYPTED PRIVATE KEY|.*\n?Proc-Type: 4,ENCRYPTED)/.test(text))
    throw refused(
      named,
      'is protected by a passphrase, which nobody could enter. Take it off, and keep the file to this account',
    )
  if (/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(text) && !text.includes('PRIVATE KEY'))
    throw refused(named, 'holds a public key. The private one signs')
  if (!text.includes('-----BEGIN PRIVATE KEY-----'))
    throw refused(named, `holds no private key as PEM in PKCS#8 (-----BEGIN PRIVATE KEY-----): ${HOW}`)
  try {
    return createPrivateKey({ key: text, format: 'pem' })
  } catch {
    throw refused(named, `holds a key that cannot be read: ${HOW}`)
  }
}

/**
 * @param named what the file is called in words, such as `The file that PACK_KEY_FILE names`
 * @throws RollcallError `conflict`
 */
export async function signerIn(path: string, named: string): Promise<Signer> {
  const key = keyIn(await textOf(path, named), named)
  if (key.asymmetricKeyType !== 'ed25519')
    throw refused(
      named,
      `holds a key of another kind (${key.asymmetricKeyType ?? 'unknown'}). It has to be Ed25519: ${HOW}`,
    )
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, key))),
  }
}

export const BROUGHT_FILE = 'The file that PACK_KEY_FILE names'

/** The key that the customer has brought; undefined where they bring none. @throws RollcallError `conflict` */
export async function broughtSigner(): Promise<Signer | undefined> {
  return env.packKeyFile === undefined ? undefined : signerIn(env.packKeyFile, BROUGHT_FILE)
}
