// Things that can be asked about by ARN, many at a time: which of them a pattern covers is worked out once.
import { covers } from './glob'

export type Target = { id: string; arn: string; tags?: Readonly<Record<string, string>> | undefined }

const HEAD_FIELDS = 5
/** So many targets are compared one by one rather than looked up. */
const FEW = 50
type Group = { head: readonly string[]; tails: { tail: string; at: number }[] }

export class Targets {
  readonly byArn: ReadonlyMap<string, number>
  private readonly groups = new Map<string, Group>()
  private readonly found = new Map<string, readonly number[]>()

  /** @param key tells these targets from others */
  constructor(
    readonly key: string,
    readonly list: readonly Target[],
  ) {
    this.byArn = new Map(list.map(({ arn }, at) => [arn, at]))
    list.forEach(({ arn }, at) => {
      const fields = arn.split(':')
      const head = fields.slice(0, HEAD_FIELDS)
      const key = head.join(':')
      const group = this.groups.get(key) ?? { head, tails: [] }
      group.tails.push({ tail: fields.slice(HEAD_FIELDS).join(':'), at })
      this.groups.set(key, group)
    })
    for (const { tails } of this.groups.values()) tails.sort((a, b) => (a.tail < b.tail ? -1 : 1))
  }

  /** Places in the list that the pattern covers. */
  matching(pattern: string): readonly number[] {
    const known = this.found.get(pattern)
    if (known) return known
    const found = this.search(pattern)
    this.found.set(pattern, found)
    return found
  }

  /** As above, of few places only. */
  matchingAmong(pattern: string, few: ReadonlyMap<number, unknown>): Iterable<number> {
    if (few.size > FEW && !this.found.has(pattern)) return this.matching(pattern)
    const known = this.found.get(pattern)
    if (known && known.length <= few.size) return known
    return [...few.keys()].filter((at) => covers(pattern, this.list[at]?.arn ?? ''))
  }

  private search(pattern: string): number[] {
    if (!/[*?]/.test(pattern)) {
      const at = this.byArn.get(pattern)
      return at === undefined ? [] : [at]
    }
    const fields = pattern.split(':')
    // Names of roles, users and groups hold no colon, so as many colons match part by part.
    if (fields.length !== HEAD_FIELDS + 1)
      return this.list.flatMap(({ arn }, at) => (covers(pattern, arn) ? [at] : []))
    const tail = fields[HEAD_FIELDS] ?? ''
    const found: number[] = []
    for (const { head, tails } of this.groups.values())
      if (head.every((field, at) => covers(fields[at] ?? '', field))) found.push(...within(tails, tail))
    return found
  }
}

/** Only those that begin as the pattern does, before its first wildcard, are compared with it. */
function within(tails: Group['tails'], pattern: string): number[] {
  const begins = pattern.slice(0, pattern.search(/[*?]|$/))
  const found: number[] = []
  for (let at = firstFrom(tails, begins); at < tails.length; at++) {
    const one = tails[at]!
    if (!one.tail.startsWith(begins)) break
    if (covers(pattern, one.tail)) found.push(one.at)
  }
  return found
}

function firstFrom(tails: Group['tails'], text: string): number {
  let [low, high] = [0, tails.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (tails[middle]!.tail < text) low = middle + 1
    else high = middle
  }
  return low
}
