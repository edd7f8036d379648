// Ids made from names (UUID version 5): whoever builds the same again gets the same.
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Drawn once. Another one would give everything another id. */
const NAMESPACE = hexToBytes('6f1c8a52b0d94c0e9d5e27a1f43b7c66')

/** @param names what it is the id of; ['a', 'b'] and ['ab'] are two */
export function namedUuid(...names: readonly string[]): string {
  const name = new TextEncoder().encode(JSON.stringify(names))
  const bytes = sha1.create().update(NAMESPACE).update(name).digest().slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
