// The condition operators of AWS policies: how one value of a request is compared with one value of a policy.
import { accepts, acceptsAll, covers, start, step } from './glob'
import { addressIn, dateOf, numberOf } from './condition-values'

export type Three = 'yes' | 'no' | 'depends'

/** A value of a policy, ready to be compared. `exact` is false where an unknown variable was widened to `*`. */
export type Wanted = { pattern: string; exact: boolean }

/** What is known of a value that is there and not known: how it begins, or that it is a date not before this one. */
export type Partly = { start: string; least: number | undefined }

export type Operator = {
  negated: boolean
  /** Whether values of the policy may hold variables (AWS: string and ARN operators only). */
  variables: boolean
  /** Whether `*` and `?` of the policy stand for other text. */
  wild: boolean
  is(given: string, wanted: Wanted): Three
  may(partly: Partly, wanted: Wanted): Three
}

/**
 * Private characters that stand for a star and a question mark meant as such: what comes from a request or a variable is
 * never a wildcard.
 */
const [STAR, MARK] = ['\uE000', '\uE001']
export const literal = (text: string): string =>
  /[*?]/.test(text) ? text.replaceAll('*', STAR).replaceAll('?', MARK) : text
/** The text that `literal` was made of. */
export const plainOf = (text: string): string => text.replaceAll(STAR, '*').replaceAll(MARK, '?')

const sure = (matches: boolean, exact: boolean): Three => (matches ? (exact ? 'yes' : 'depends') : 'no')

const text = (wild: boolean, negated: boolean, fold = (given: string) => given): Operator => ({
  negated,
  variables: true,
  wild,
  is: (given, { pattern, exact }) => sure(covers(fold(pattern), fold(literal(given))), exact),
  may({ start: begins }, { pattern, exact }) {
    const wanted = fold(pattern)
    let positions = start(wanted)
    for (const character of fold(literal(begins))) positions = step(wanted, positions, character)
    if (!positions.length) return 'no'
    return exact && accepts(wanted, positions) && acceptsAll(wanted, positions) ? 'yes' : 'depends'
  },
})

const FIELDS = 6
/** The six parts of an ARN, the last with everything behind it. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':')
  return [
    ...parts.slice(0, FIELDS - 1),
    ...(parts.length >= FIELDS ? [parts.slice(FIELDS - 1).join(':')] : []),
  ]
}

/** AWS: each of the six parts is compared by itself; ArnEquals and ArnLike behave the same. */
function arnIs(given: string, { pattern, exact }: Wanted): Three {
  if (pattern === '*') return 'yes'
  const [wanted, parts] = [partsOf(pattern), partsOf(literal(given))]
  if (parts.length < FIELDS) return 'no'
  if (wanted.length < FIELDS) return covers(pattern, literal(given)) ? 'depends' : 'no'
  return sure(
    wanted.every((part, at) => covers(part, parts[at] ?? '')),
    exact,
  )
}
const arn = (negated: boolean): Operator => ({
  negated,
  variables: true,
  wild: true,
  is: arnIs,
  may: (_, { pattern }) => (pattern === '*' ? 'yes' : 'depends'),
})

type Order = (given: number, wanted: number) => boolean
/** Compares what is read from both texts; what is no number or date on either side is in no order. */
const ordered = (read: (text: string) => number | undefined, order: Order, negated = false): Operator => ({
  negated,
  variables: false,
  wild: false,
  is(given, wanted) {
    const [a, b] = [read(given), read(wanted.pattern)]
    if (b === undefined) return 'depends'
    return a !== undefined && order(a, b) ? 'yes' : 'no'
  },
  may({ least }, wanted) {
    const bound = read(wanted.pattern)
    if (least === undefined || bound === undefined) return 'depends'
    if (bound >= least) return 'depends'
    // Whatever the value is, it lies behind the bound: as `least` does, and the end of time.
    return order(least, bound) ? 'yes' : 'no'
  },
})

const plain = (is: (given: string, wanted: string) => boolean | undefined, negated = false): Operator => ({
  negated,
  variables: false,
  wild: false,
  is(given, { pattern }) {
    const answer = is(given, pattern)
    return answer === undefined ? 'depends' : answer ? 'yes' : 'no'
  },
  may: () => 'depends',
})

const lower = (given: string): string => given.toLowerCase()
const [equal, less, greater]: Order[] = [(a, b) => a === b, (a, b) => a < b, (a, b) => a > b] as const
const [atMost, atLeast]: Order[] = [(a, b) => a <= b, (a, b) => a >= b] as const

/**
 * By name in lower case. Source: IAM user guide, "IAM JSON policy elements: Condition operators". `Null` is about whether
 * a key is there and is judged by its caller.
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['stringequals', text(false, false)],
  ['stringnotequals', text(false, true)],
  ['stringequalsignorecase', text(false, false, lower)],
  ['stringnotequalsignorecase', text(false, true, lower)],
  ['stringlike', text(true, false)],
  ['stringnotlike', text(true, true)],
  ['arnequals', arn(false)],
  ['arnlike', arn(false)],
  ['arnnotequals', arn(true)],
  ['arnnotlike', arn(true)],
  ['numericequals', ordered(numberOf, equal!)],
  ['numericnotequals', ordered(numberOf, equal!, true)],
  ['numericlessthan', ordered(numberOf, less!)],
  ['numericlessthanequals', ordered(numberOf, atMost!)],
  ['numericgreaterthan', ordered(numberOf, greater!)],
  ['numericgreaterthanequals', ordered(numberOf, atLeast!)],
  ['dateequals', ordered(dateOf, equal!)],
  ['datenotequals', ordered(dateOf, equal!, true)],
  ['datelessthan', ordered(dateOf, less!)],
  ['datelessthanequals', ordered(dateOf, atMost!)],
  ['dategreaterthan', ordered(dateOf, greater!)],
  ['dategreaterthanequals', ordered(dateOf, atLeast!)],
  ['bool', plain((given, wanted) => lower(given) === lower(wanted))],
  ['binaryequals', plain((given, wanted) => given === wanted)],
  ['ipaddress', plain(addressIn)],
  ['notipaddress', plain(addressIn, true)],
])
