// Tokens of links: random, and signed, so that what nobody here has made is told without asking the database. Only their
// hashes are kept.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from '@/env'

const BYTES = 32
const FORM = /^([\w-]{43})\.([\w-]{43})$/
const signatureOf = (secret: string): string =>
  createHmac('sha256', env.authSecret).update(`rollcall review link ${secret}`).digest('base64url')

/** Enough randomness that a plain hash cannot be turned back. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
export const newSecret = (): string => randomBytes(BYTES).toString('base64url')

export function newLinkToken(): string {
  const secret = newSecret()
  return `${secret}.${signatureOf(secret)}`
}

export function isSigned(token: string): boolean {
  const [, secret = '', given = ''] = FORM.exec(token) ?? []
  const expected = Buffer.from(signatureOf(secret))
  const got = Buffer.from(given)
  return expected.length === got.length && timingSafeEqual(expected, got)
}
