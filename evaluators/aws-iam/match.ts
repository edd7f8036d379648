// Whether a pattern of a policy covers what is asked about: one name, or all names of a pattern.
import { literal, type Three } from './condition-operators'
import { covers } from './glob'

/** What is asked about. `wild`: it stands for everything that fits it. */
export type Asked = { text: string; wild: boolean }

const WILD = /[*?]/
export const askedOf = (text: string): Asked => ({ text, wild: WILD.test(text) })
/** A text that is one name, whatever is in it: `*` as the resource of actions that have none. */
export const oneName = (text: string): Asked => ({ text, wild: false })

/** @returns yes where all of it is covered, depends where some may be */
export function coverage(pattern: string, { text, wild }: Asked): Three {
  if (pattern === '*' || pattern === text) return 'yes'
  if (!wild) return covers(pattern, WILD.test(text) ? literal(text) : text) ? 'yes' : 'no'
  // A star that was asked about is covered by a star only; a question mark of the pattern does not cover it.
  if (!pattern.includes('?') && covers(pattern, literal(text))) return 'yes'
  return overlapAsArns(pattern, text) ? 'depends' : 'no'
}

const HEAD_FIELDS = 5
/**
 * Whether any text belongs to both. Partition, service, region and account of an ARN hold no colon, so patterns with as
 * many colons meet part by part.
 */
export function overlapAsArns(a: string, b: string): boolean {
  const [x, y] = [a.split(':'), b.split(':')]
  if (x.length !== y.length || x.length <= HEAD_FIELDS || x[0] !== 'arn' || y[0] !== 'arn')
    return overlap(a, b)
  const tail = (fields: readonly string[]) => fields.slice(HEAD_FIELDS).join(':')
  return x.slice(0, HEAD_FIELDS).every((part, at) => overlap(part, y[at] ?? '')) && overlap(tail(x), tail(y))
}

/** More pairs of places than this are not compared: the patterns then may overlap. */
const PAIRS_MAX = 300_000

/** Whether any text belongs to both patterns. */
export function overlap(a: string, b: string): boolean {
  if ((a.length + 1) * (b.length + 1) > PAIRS_MAX) return true
  let row: boolean[] = []
  for (let i = 0; i <= a.length; i++) {
    const next: boolean[] = []
    for (let j = 0; j <= b.length; j++) next.push(meets(a, b, i, j, row, next))
    row = next
  }
  return row[b.length] === true
}

/** Whether the first `i` characters of one and the first `j` of the other have a text in common. */
function meets(a: string, b: string, i: number, j: number, above: boolean[], before: boolean[]): boolean {
  if (i === 0 && j === 0) return true
  const [x, y] = [a[i - 1], b[j - 1]]
  if (i > 0 && x === '*' && above[j] === true) return true
  if (j > 0 && y === '*' && before[j - 1] === true) return true
  if (i === 0 || j === 0) return false
  if (x === '*' && before[j - 1] === true) return true
  if (y === '*' && above[j] === true) return true
  return above[j - 1] === true && (x === y || x === '?' || y === '?' || x === '*' || y === '*')
}

/** The answer for a list of patterns of which any, or with `except` none, has to cover. */
export function covered(answers: Iterable<Three>, except: boolean): Three {
  let found: Three = 'no'
  for (const answer of answers) {
    if (answer === 'yes') return except ? 'no' : 'yes'
    if (answer === 'depends') found = 'depends'
  }
  if (found === 'depends') return 'depends'
  return except ? 'yes' : 'no'
}

/** More characters than this are not walked through. */
const DEEP_MAX = 3000

/** A text of both patterns, with `name` where both leave it open; empty where there is none or it is too long to be found. */
export function common(a: string, b: string, name: string): string {
  if ((a.length + 1) * (b.length + 1) > PAIRS_MAX || a.length + b.length > DEEP_MAX) return ''
  const seen = new Set<number>()
  const width = b.length + 1
  /** Depth first: what is left of both patterns, from these places on. */
  const from = (i: number, j: number): string | undefined => {
    if (i === a.length && j === b.length) return ''
    if (seen.has(i * width + j)) return undefined
    seen.add(i * width + j)
    const [x, y] = [a[i], b[j]]
    if (x === '*' && y === '*') return prefixed(name, from(i + 1, j + 1)) ?? from(i + 1, j) ?? from(i, j + 1)
    if (x === '*') return from(i + 1, j) ?? (y === undefined ? undefined : prefixed(plain(y), from(i, j + 1)))
    if (y === '*') return from(i, j + 1) ?? (x === undefined ? undefined : prefixed(plain(x), from(i + 1, j)))
    if (x === undefined || y === undefined || (x !== y && x !== '?' && y !== '?')) return undefined
    return prefixed(x === '?' ? plain(y) : x, from(i + 1, j + 1))
  }
  return from(0, 0) ?? ''
}

const plain = (character: string): string => (character === '?' ? 'x' : character)
const prefixed = (text: string, rest: string | undefined): string | undefined =>
  rest === undefined ? undefined : text + rest
