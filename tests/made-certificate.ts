// Certificates for servers of tests, made on the spot: signed by themselves, for any names and any time.
import { generateKeyPairSync, sign } from 'node:crypto'

const length = (n: number): Buffer =>
  n < 128 ? Buffer.of(n) : n < 256 ? Buffer.of(0x81, n) : Buffer.of(0x82, n >> 8, n & 255)
const tagged = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), length(body.length), body])
}
const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'))
const time = (at: Date) =>
  tagged(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`))
const named = (name: string) =>
  sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))))
const critical = tagged(0x01, Buffer.of(255))

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'))
const YEAR_MS = 365 * 24 * 3600_000

export type MadeCertificate = { cert: string; key: string }

/** @param names DNS names; `127.0.0.1` is among what it is for unless said otherwise */
export function madeCertificate({
  names = ['localhost'],
  addresses = [[127, 0, 0, 1]],
  from = new Date(Date.now() - YEAR_MS),
  until = new Date(Date.now() + YEAR_MS),
}: { names?: string[]; addresses?: number[][]; from?: Date; until?: Date } = {}): MadeCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const alternatives = [
    ...names.map((name) => tagged(0x82, Buffer.from(name))),
    ...addresses.map((address) => tagged(0x87, Buffer.from(address))),
  ]
  const extensions = sequence(
    sequence(oid('551d11'), tagged(0x04, sequence(...alternatives))),
    sequence(oid('551d13'), critical, tagged(0x04, sequence(tagged(0x01, Buffer.of(255))))),
  )
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.of(1)),
    ECDSA_SHA256,
    named('Made for a test'),
    sequence(time(from), time(until)),
    named('Made for a test'),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  )
  const signature = tagged(0x03, Buffer.of(0), sign('sha256', body, privateKey))
  const base64 =
    sequence(body, ECDSA_SHA256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const cert = ['-----BEGIN CERTIFICATE-----', ...base64, '-----END CERTIFICATE-----', ''].join('\n')
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
}
