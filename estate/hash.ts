// Numbers that look random and are not: the same question has the same answer, on every machine, for ever.

/** Mixes two 32-bit numbers into one, as a signed 32-bit number. (The finaliser of MurmurHash3.) */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 13), 0x297a2d39)
  return h ^ (h >>> 16)
}

/** A hash as a share: at least 0, below 1. */
export const share = (hash: number): number => (hash >>> 0) / 0x1_0000_0000

/** A hash as one of `count` numbers from 0. */
export const below = (hash: number, count: number): number => (hash >>> 0) % count

/** The hash of a text (FNV-1a, mixed once more so that texts that end alike do not). */
export function hashOfText(text: string, from = 0): number {
  let h = 0x811c9dc5 ^ from
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193)
  return mix(h, text.length)
}
