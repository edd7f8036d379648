// One text for all that a verdict rests on: what its evaluator names, what rows are made of it, and the code that does both.
import { createHash, type Hash } from 'node:crypto'
import type { Rests } from '@/core/access'
import { hashedUuid } from '@/inventory/content-hash'
import { JUDGED_BY } from './judged-by'
import type { Loaded } from './load-realm'

/** Digests of the principals of one realm: what many rest on is read once. */
export class Digests {
  private readonly known = new WeakMap<object, string>()
  private readonly base: string

  constructor(platform: string, { rowOf }: Pick<Loaded, 'rowOf'>, judgedBy = JUDGED_BY) {
    // Steps are kept between rows: which they are, and where.
    const rows = [...rowOf].map((one) => JSON.stringify(one)).sort()
    this.base = JSON.stringify([judgedBy, platform, digestOf(rows)])
  }

  /** Undefined where it is not known what is rested on. */
  of(rests: Rests | undefined): string | undefined {
    return rests && hashedUuid(JSON.stringify([this.base, ...rests.map((part) => this.part(part))]))
  }

  private part(part: object | string): string | [string] {
    if (typeof part === 'string') return [part]
    const found = this.known.get(part) ?? digestOf(part)
    this.known.set(part, found)
    return found
  }
}

const digestOf = (value: object): string => {
  const hash = createHash('sha256')
  feed(hash, value, DEPTH)
  return hash.digest('hex')
}

/** Deeper than this a value is small enough to be written in one text. */
const DEPTH = 4
/** Piece by piece: all of a large realm is longer than a text can be. */
function feed(hash: Hash, value: unknown, depth: number): void {
  if (depth === 0 || typeof value !== 'object' || value === null) hash.update(JSON.stringify(value) ?? 'null')
  else if (Array.isArray(value)) {
    hash.update(`[${value.length}:`)
    for (const one of value) {
      feed(hash, one, depth - 1)
      hash.update(',')
    }
  } else {
    hash.update('{')
    for (const [key, one] of Object.entries(value)) {
      if (one === undefined) continue
      hash.update(`${JSON.stringify(key)}:`)
      feed(hash, one, depth - 1)
      hash.update(',')
    }
    hash.update('}')
  }
}
