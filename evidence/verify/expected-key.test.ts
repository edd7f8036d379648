// Keys as people have them.
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { keysIn } from './expected-key'

const { publicKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
  type: 'spki',
  format: 'pem',
})
const curve = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' })

test.each([
  ['hex', hex, [hex]],
  ['hex in capitals with blanks around', ` ${hex.toUpperCase()}\n`, [hex]],
  ['PEM', pem, [hex]],
  ['PEM with the line ends of Windows', pem.replaceAll('\n', '\r\n'), [hex]],
  ['several', `${pem}\n${'a'.repeat(64)}, ${'b'.repeat(64)}`, [hex, 'a'.repeat(64), 'b'.repeat(64)]],
  ['nothing', ' \n', undefined],
  ['a word', 'my key', undefined],
  ['a key that is too short', 'a'.repeat(63), undefined],
  ['a key and a word', `${hex} or so`, undefined],
  ['a key of another kind', String(rsa), undefined],
  ['a key of another curve', String(curve), undefined],
  ['PEM that is broken', pem.replace('MCow', 'M!ow'), undefined],
  ['PEM that was cut', pem.replace(/.{6}\n-----END/, '\n-----END'), undefined],
])('%s', (_, text, expected) => {
  expect(keysIn(text)).toEqual(expected)
})
