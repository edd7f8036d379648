// Reads paths and filters of SCIM (RFC 7644, figures 1 and 7). Names of attributes are in lower case afterwards. Pure.
import { ENTERPRISE, GROUP, USER } from './schema-names'
import { ScimError, type ScimType } from './scim-error'
import { UNPRINTABLE } from './user-said'

const TEXT_MAX = 4000
const DEPTH_MAX = 12

export type Path = {
  attribute: string
  sub?: string
  /** Set where it names an attribute of a schema that is not kept here. */
  isForeign?: true
}
export const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof OPERATORS)[number]
export type Value = string | number | boolean | null
export type Filter =
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; of: Filter }
  | { kind: 'present'; path: Path }
  | { kind: 'compare'; path: Path; operator: Operator; value: Value }
  /** Of the values of an attribute those that a filter over their parts matches; `then` looks at a part of these. */
  | { kind: 'among'; attribute: string; of: Filter; then?: { sub: string; operator: Operator; value: Value } }

const KNOWN = [USER, GROUP, ENTERPRISE].map((urn) => `${urn.toLowerCase()}:`)
const NAME = /^[a-z$][a-z0-9_$-]*$/

/** `urn:…:User:name.givenName` as its parts; undefined where it is no path. */
export function pathOf(text: string): Path | undefined {
  const lowered = text.toLowerCase()
  const urn = KNOWN.find((one) => lowered.startsWith(one))
  const rest = urn === undefined ? lowered : lowered.slice(urn.length)
  if (urn === undefined && lowered.startsWith('urn:')) return { attribute: lowered, isForeign: true }
  const [attribute = '', sub, ...more] = rest.split('.')
  if (!NAME.test(attribute) || (sub !== undefined && !NAME.test(sub)) || more.length) return undefined
  return { attribute, ...(sub !== undefined && { sub }) }
}

const TOKEN = /\s*(\(|\)|\[|\]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+)/y

function tokensOf(given: string, wrong: (why: string) => ScimError): string[] {
  if (given.length > TEXT_MAX) throw wrong('it is too long')
  const text = given.trim()
  const tokens: string[] = []
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw wrong('a quote is not closed')
    tokens.push(token)
  }
  return tokens
}

/** One thing after the other, as a person reads it. */
class Reader {
  private at = 0
  private depth = 0
  constructor(
    private readonly tokens: readonly string[],
    readonly wrong: (why: string) => ScimError,
  ) {}

  peek = (): string | undefined => this.tokens[this.at]
  isNext = (word: string): boolean => this.peek()?.toLowerCase() === word
  take(): string {
    const token = this.peek()
    if (token === undefined) throw this.wrong('it ends too early')
    this.at += 1
    return token
  }
  expect(word: string): void {
    if (!this.isNext(word)) throw this.wrong(`${word} is missing`)
    this.at += 1
  }
  end(): void {
    if (this.peek() !== undefined) throw this.wrong(`${this.peek()?.slice(0, 40)} is not understood there`)
  }

  either(): Filter {
    this.depth += 1
    if (this.depth > DEPTH_MAX) throw this.wrong('it is nested too deeply')
    const parts = [this.both()]
    while (this.isNext('or')) {
      this.take()
      parts.push(this.both())
    }
    this.depth -= 1
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts }
  }
  private both(): Filter {
    const parts = [this.one()]
    while (this.isNext('and')) {
      this.take()
      parts.push(this.one())
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts }
  }
  private one(): Filter {
    if (this.isNext('not')) {
      this.take()
      this.expect('(')
      return { kind: 'not', of: this.closed(')') }
    }
    if (this.isNext('(')) {
      this.take()
      return this.closed(')')
    }
    return this.compared(this.path())
  }
  closed(by: ')' | ']'): Filter {
    const found = this.either()
    this.expect(by)
    return found
  }
  path(): Path {
    const word = this.take()
    const path = pathOf(word)
    if (!path) throw this.wrong(`${word.slice(0, 40)} is not the name of an attribute`)
    return path
  }
  private compared(path: Path): Filter {
    if (this.isNext('[')) {
      this.take()
      const of = this.closed(']')
      const next = this.peek()
      if (!next?.startsWith('.')) return { kind: 'among', attribute: path.attribute, of }
      this.take()
      const sub = next.slice(1).toLowerCase()
      return { kind: 'among', attribute: path.attribute, of, then: { sub, ...this.operation() } }
    }
    if (!this.isNext('pr')) return { kind: 'compare', path, ...this.operation() }
    this.take()
    return { kind: 'present', path }
  }
  private operation(): { operator: Operator; value: Value } {
    const word = this.take().toLowerCase()
    const operator = OPERATORS.find((one) => one === word)
    if (!operator) throw this.wrong(`${word.slice(0, 40)} is not an operator`)
    return { operator, value: this.value() }
  }
  private value(): Value {
    const token = this.take()
    try {
      const value = JSON.parse(token) as unknown
      const isPlain = value === null || typeof value !== 'object'
      if (isPlain && !(typeof value === 'string' && UNPRINTABLE.test(value))) return value as Value
    } catch {
      // Told below, without what stood there.
    }
    throw this.wrong('a value has to stand in quotes')
  }
}

const reader = (text: string, type: ScimType, what: string) => {
  const wrong = (why: string) => new ScimError(type, `The ${what} cannot be read: ${why}.`)
  return new Reader(tokensOf(text, wrong), wrong)
}

/** @throws ScimError `invalidFilter` */
export function filterOf(text: string): Filter {
  const read = reader(text, 'invalidFilter', 'filter')
  const filter = read.either()
  read.end()
  return filter
}

export type Target = Path & {
  /** Only these of its values. */
  of?: Filter
}

/**
 * What an operation is about: `members[value eq "…"]`, `emails[type eq "work"].value`, `name.familyName`.
 * @throws ScimError `invalidPath`
 */
export function targetOf(text: string): Target {
  const read = reader(text, 'invalidPath', 'path')
  const path = read.path()
  if (!read.isNext('[')) {
    read.end()
    return path
  }
  read.take()
  const of = read.closed(']')
  const next = read.peek()
  if (next === undefined) return { ...path, of }
  read.take()
  read.end()
  const sub = /^\.([a-z$]+)$/i.exec(next)?.[1]
  if (!sub) throw read.wrong(`${next.slice(0, 40)} is not understood there`)
  return { ...path, of, sub: sub.toLowerCase() }
}
