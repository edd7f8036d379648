// Functions of conditions and attribute mappings, for values that are known. What is not in here is not known, never guessed.
import { failed, Instant, isList, known, unknown, within, and, type Known, type Value } from './cel-values'

const TEXT_MAX = 512
const PATTERN_MAX = 500
const REPEATS_MAX = 3

/**
 * Only patterns that mean the same in RE2 and here and cannot take long: no repeated groups, no look-around, few repetitions.
 */
function pattern(source: string): RegExp | undefined {
  if (source.length > PATTERN_MAX || /\(\?|\[\[|\\[^dwsDWSb.\-\\/^$*+?()[\]{}|:@_]/.test(source))
    return undefined
  if (/\)[*+{]/.test(source) || /[*+}][*+{]/.test(source)) return undefined
  const plain = source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_')
  if ((plain.match(/[*+]|\{/g) ?? []).length > REPEATS_MAX || /\{\d*,?\d{3,}/.test(plain)) return undefined
  try {
    return new RegExp(source)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function matches(text: string, source: string): Value {
  const compiled = text.length <= TEXT_MAX ? pattern(source) : undefined
  return compiled
    ? known(compiled.test(text))
    : unknown(`the pattern ${source.slice(0, 100)} is not judged here`)
}

/**
 * Of `text`, what stands for `{name}` in the template; empty where the template does not fit.
 * Source: cloud.google.com/iam/docs/conditions-attribute-reference, "extract".
 */
function extract(text: string, template: string): Value {
  const [, before, after] = /^([^{}]*)\{[^{}]*\}([^{}]*)$/s.exec(template) ?? []
  if (before === undefined || after === undefined)
    return unknown(`the template ${template.slice(0, 100)} is not judged here`)
  const start = text.indexOf(before)
  if (start < 0) return known('')
  const from = start + before.length
  if (after === '') return known(text.slice(from))
  const end = text.indexOf(after, from)
  return known(end < 0 ? '' : text.slice(from, end))
}

/** A moment as RFC 3339 writes it; other forms are an error in CEL. */
export function instant(text: string): Value {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(ms) ? failed(`${text.slice(0, 60)} is no timestamp`) : known(new Instant(ms))
}

const TEXT_METHODS: Readonly<Record<string, (text: string, argument: string) => Value>> = {
  startsWith: (text, other) => known(text.startsWith(other)),
  endsWith: (text, other) => known(text.endsWith(other)),
  contains: (text, other) => known(text.includes(other)),
  matches,
  extract,
  split: (text, by) =>
    known(
      text
        .split(by)
        .slice(0, 1000)
        .map((one) => known(one)),
    ),
}
const PLAIN_METHODS: Readonly<Record<string, (text: string) => Value>> = {
  lowerAscii: (text) => known(text.replace(/[A-Z]+/g, (one) => one.toLowerCase())),
  upperAscii: (text) => known(text.replace(/[a-z]+/g, (one) => one.toUpperCase())),
  size: (text) => known([...text].length),
  trim: (text) => known(text.trim()),
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** A method of a value that is known, asked with arguments that are known. */
export function method(name: string, receiver: Known, args: readonly Known[]): Value {
  const [first] = args
  if (typeof receiver === 'string' && args.length === 0) {
    const plain = own(PLAIN_METHODS, name)
    if (plain) return plain(receiver)
  }
  if (typeof receiver === 'string' && args.length === 1) {
    const found = own(TEXT_METHODS, name)
    if (found) return typeof first === 'string' ? found(receiver, first) : failed(`${name} asks for a text`)
  }
  if (isList(receiver) && name === 'hasOnly' && first !== undefined && isList(first))
    return receiver.reduce<Value>((so, one) => and(so, within(one, known(first))), known(true))
  if (isList(receiver) && name === 'size' && args.length === 0) return known(receiver.length)
  return unknown(`the function ${name} is not judged here`)
}

/** A function by itself. */
export function call(name: string, args: readonly Known[]): Value {
  const [first] = args
  if (args.length !== 1 || first === undefined) return unknown(`the function ${name} is not judged here`)
  if (name === 'timestamp' && typeof first === 'string') return instant(first)
  if (name === 'timestamp' && first instanceof Instant) return known(first)
  if (name === 'string' && ['string', 'number', 'boolean'].includes(typeof first)) return known(String(first))
  if (name === 'size' && typeof first === 'string') return known([...first].length)
  if (name === 'size' && isList(first)) return known(first.length)
  return unknown(`the function ${name} is not judged here`)
}
