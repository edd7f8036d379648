// What an expression comes to while some of what it asks about is not known: a value, not known, or a failure.

/** A map whose entries need not all be known: the token, the resource, the request. */
export interface Scope {
  select(key: string): Value
  has(key: string): Value
}
export class Instant {
  constructor(readonly ms: number) {}
}
export type Known = string | number | boolean | null | Instant | readonly Value[] | Scope
export type Value =
  | { is: 'known'; value: Known }
  | { is: 'unknown'; why: readonly string[] }
  /** It ends in an error, whatever else is asked. */
  | { is: 'error'; why: readonly string[] }

export const known = (value: Known): Value => ({ is: 'known', value })
export const unknown = (...why: string[]): Value => ({ is: 'unknown', why })
export const failed = (...why: string[]): Value => ({ is: 'error', why })

const WHY_MAX = 6
const joined = (values: readonly Value[]): string[] =>
  [...new Set(values.flatMap((value) => (value.is === 'known' ? [] : value.why)))].slice(0, WHY_MAX)

/** Not known where any is not known, otherwise the failure: for operations that need all their operands. */
export const unsettled = (...values: Value[]): Value =>
  values.some(({ is }) => is === 'unknown') ? unknown(...joined(values)) : failed(...joined(values))

export const isScope = (value: Known): value is Scope =>
  typeof value === 'object' && value !== null && 'select' in value
export const isList = (value: Known): value is readonly Value[] => Array.isArray(value)

/** False where any is false, true where all are: an error beside a false one does not count (CEL, logical operators). */
export function and(left: Value, right: Value): Value {
  for (const side of [left, right]) if (side.is === 'known' && side.value === false) return known(false)
  if (left.is === 'known' && right.is === 'known')
    return left.value === true && right.value === true
      ? known(true)
      : failed('a condition is not true or false')
  return unsettled(left, right)
}
export function or(left: Value, right: Value): Value {
  for (const side of [left, right]) if (side.is === 'known' && side.value === true) return known(true)
  if (left.is === 'known' && right.is === 'known')
    return left.value === false && right.value === false
      ? known(false)
      : failed('a condition is not true or false')
  return unsettled(left, right)
}
export function negated(value: Value): Value {
  if (value.is !== 'known') return value
  return typeof value.value === 'boolean' ? known(!value.value) : failed('a condition is not true or false')
}

/** Claims reach us as text: whether `"true"` was a text or a truth in the token is not known. */
export function equal(left: Value, right: Value): Value {
  if (left.is !== 'known' || right.is !== 'known') return unsettled(left, right)
  const [a, b] = [left.value, right.value]
  if (a instanceof Instant && b instanceof Instant) return known(a.ms === b.ms)
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return known(false)
    return a.reduce<Value>((so, item, at) => and(so, equal(item, b[at] ?? failed())), known(true))
  }
  if ([a, b].some((one) => typeof one === 'object' && one !== null))
    return isScope(a) || isScope(b) ? unknown('maps are not compared here') : known(false)
  if (typeof a === typeof b) return known(a === b)
  return String(a) === String(b)
    ? unknown(`whether ${String(a)} is a text in the token is not known`)
    : known(false)
}

export function within(item: Value, list: Value): Value {
  if (item.is !== 'known' || list.is !== 'known') return unsettled(item, list)
  if (isScope(list.value))
    return typeof item.value === 'string' ? list.value.has(item.value) : failed('a key is not a text')
  if (!isList(list.value)) return failed('"in" asks for a list')
  return list.value.reduce<Value>((so, one) => or(so, equal(item, one)), known(false))
}

/** A map of what is given: a key that is not named is not known, one that is named as undefined is absent. */
export class Given implements Scope {
  constructor(
    private readonly name: string,
    private readonly entries: ReadonlyMap<string, Value | undefined>,
    private readonly whole = false,
  ) {}

  select(key: string): Value {
    const value = this.entries.get(key)
    if (value) return value
    return this.entries.has(key) || this.whole
      ? failed(`${this.name}.${key} is absent`)
      : unknown(`${this.name}.${key} is not known`)
  }
  has(key: string): Value {
    const value = this.entries.get(key)
    if (value) return value.is === 'error' ? known(false) : known(true)
    return this.entries.has(key) || this.whole ? known(false) : unknown(`${this.name}.${key} is not known`)
  }
}
