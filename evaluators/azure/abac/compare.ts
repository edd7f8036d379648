// Comparisons of conditions: one value with another, and lists with lists (the operators of the format, version 2.0).

type Test = (left: string, right: string) => boolean | undefined

const NAME =
  /^(string|numeric|guid|bool|datetime)(not)?(equals|startswith|like|lessthanequals|lessthan|greaterthanequals|greaterthan)(ignorecase)?$/

const STAR = Symbol('any characters')
const ONE = Symbol('any character')
type Part = string | typeof STAR | typeof ONE

/** `*` and `?` are wild, a backslash takes that away from either. */
function partsOf(pattern: string): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at)
    const following = pattern.charAt(at + 1)
    if (sign === '\\' && (following === '*' || following === '?')) {
      parts.push(following)
      at++
    } else parts.push(sign === '*' ? STAR : sign === '?' ? ONE : sign)
  }
  return parts
}

/** Goes back to the last star only: time grows with the product of the lengths at most. */
export function like(text: string, pattern: string): boolean {
  const parts = partsOf(pattern)
  let [at, part, star, from] = [0, 0, -1, 0]
  while (at < text.length) {
    const one = parts[part]
    if (one === STAR) {
      star = part++
      from = at
    } else if (one !== undefined && (one === ONE || one === text.charAt(at))) {
      part++
      at++
    } else if (star >= 0) {
      part = star + 1
      at = ++from
    } else return false
  }
  while (parts[part] === STAR) part++
  return part === parts.length
}
const TEXT_MAX = 2000

const guid = (text: string): string =>
  text
    .slice(text.lastIndexOf('/') + 1)
    .replace(/[{}]/g, '')
    .toLowerCase()
const number = (text: string): number | undefined => (/^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined)
const moment = (text: string): number | undefined => {
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

const ordered =
  (value: (text: string) => number | undefined, holds: (left: number, right: number) => boolean): Test =>
  (left, right) => {
    const [a, b] = [value(left), value(right)]
    return a === undefined || b === undefined ? undefined : holds(a, b)
  }

const ORDER: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  equals: (left, right) => left === right,
  lessthan: (left, right) => left < right,
  lessthanequals: (left, right) => left <= right,
  greaterthan: (left, right) => left > right,
  greaterthanequals: (left, right) => left >= right,
}

function positive(type: string, verb: string): Test | undefined {
  const order = ORDER[verb]
  if (type === 'numeric' || type === 'datetime')
    return order && ordered(type === 'numeric' ? number : moment, order)
  if (type === 'guid') return verb === 'equals' ? (left, right) => guid(left) === guid(right) : undefined
  if (type === 'bool')
    return verb === 'equals' ? (left, right) => left.toLowerCase() === right.toLowerCase() : undefined
  if (verb === 'equals') return (left, right) => left === right
  if (verb === 'startswith') return (left, right) => left.startsWith(right)
  if (verb !== 'like') return undefined
  return (left, right) => (left.length > TEXT_MAX || right.length > TEXT_MAX ? undefined : like(left, right))
}

/** Undefined where there is no such operator. */
function testOf(name: string): Test | undefined {
  const [whole, type = '', not, verb = '', ignoreCase] = NAME.exec(name) ?? []
  if (whole === undefined || (ignoreCase !== undefined && type !== 'string')) return undefined
  const test = positive(type, verb)
  if (!test) return undefined
  return (left, right) => {
    const holds = ignoreCase === undefined ? test(left, right) : test(left.toLowerCase(), right.toLowerCase())
    return holds === undefined || not === undefined ? holds : !holds
  }
}

/** Undefined for "cannot be told", which one undecided pair makes of the whole. */
function every(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false
  return results.includes(undefined) ? undefined : true
}
function some(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(true)) return true
  return results.includes(undefined) ? undefined : false
}

const PAIRS_MAX = 100_000

/**
 * @returns undefined where the operator is not known, or the values are not what it compares. Microsoft does not say what an
 * empty list gives: that is undefined as well.
 */
export function compare(
  operator: string,
  left: readonly string[],
  right: readonly string[],
): boolean | undefined {
  const [, outer, inner, name = operator] = /^for(any|all)of(any|all)values:(.+)$/.exec(operator) ?? []
  const test = testOf(name)
  if (!test || left.length === 0 || right.length === 0 || left.length * right.length > PAIRS_MAX)
    return undefined
  if (outer === undefined)
    return left.length === 1 && right.length === 1 ? test(left[0] ?? '', right[0] ?? '') : undefined
  const results = left.map((one) => {
    const against = right.map((other) => test(one, other))
    return inner === 'any' ? some(against) : every(against)
  })
  return outer === 'any' ? some(results) : every(results)
}
