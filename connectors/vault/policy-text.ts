// Reads the text of a policy (HCL of the first version, or JSON) into plain values: blocks, assignments, lists and objects.
// What it does not understand is no policy, never half of one.
import { parseJson } from '@/core/parse-json'

export type Value = string | number | boolean | null | readonly Value[] | Block
/** Entries in their order: a key may come more than once. */
export type Block = { entries: readonly Entry[] }
/** `key "label" { … }`, or `key = …`. */
export type Entry = { key: string; label?: string; value: Value }
export const isBlock = (value: Value | undefined): value is Block =>
  typeof value === 'object' && value !== null && 'entries' in value

type Token = { type: 'blank' | 'text' | 'word' | 'number' | 'sign' | 'end'; text: string }

const TOKENS: readonly [Token['type'], RegExp][] = [
  ['blank', /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)+/y],
  ['text', /"(?:[^"\\\n]|\\.)*"/y],
  ['text', /<<-?([A-Za-z_]\w*)\r?\n([^]*?)\r?\n[ \t]*\1(?=\r?\n|$)/y],
  ['word', /[A-Za-z_][\w.-]*/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['sign', /[{}[\]=,;:]/y],
]
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function textOf(found: RegExpExecArray): string {
  const [all, , heredoc] = found
  if (heredoc !== undefined) return heredoc
  return all.startsWith('"')
    ? all.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign)
    : all
}

/** The tokens of a text, or undefined where it holds anything else. */
function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    let length = 0
    for (const [type, pattern] of TOKENS) {
      pattern.lastIndex = at
      const found = pattern.exec(text)
      if (!found) continue
      length = found[0].length
      if (type !== 'blank') tokens.push({ type, text: textOf(found) })
      break
    }
    if (length === 0) return undefined
    at += length
  }
  return tokens
}

/** Deeper than any policy is; a text that goes on opening brackets must not use up the stack. */
const DEPTH_MAX = 20
const END: Token = { type: 'end', text: '' }

/** Goes through tokens once. What does not fit makes it fail for good. */
class Reader {
  failed = false
  private at = 0
  private depth = 0

  constructor(private readonly tokens: readonly Token[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  entries(): Entry[] {
    const found: Entry[] = []
    while (!this.failed && !this.done && !this.isSign('}')) {
      found.push(this.entry())
      this.skip(',')
      this.skip(';')
    }
    return found
  }

  private entry(): Entry {
    const key = this.next()
    if (key.type !== 'word' && key.type !== 'text') return this.fail({ key: '', value: null })
    if (this.skip('=') || this.skip(':')) return { key: key.text, value: this.value() }
    const label = this.peek().type === 'text' ? this.next().text : undefined
    if (label !== undefined) this.skip('=')
    if (!this.isSign('{')) return this.fail({ key: key.text, value: null })
    return { key: key.text, ...(label !== undefined && { label }), value: this.value() }
  }

  private value(): Value {
    const token = this.next()
    if (token.type === 'text') return token.text
    if (token.type === 'number') return Number(token.text)
    if (token.type === 'word' && /^(true|false|null)$/.test(token.text))
      return token.text === 'null' ? null : token.text === 'true'
    if (token.type !== 'sign' || ++this.depth > DEPTH_MAX) return this.fail(null)
    const found = token.text === '{' ? this.block() : token.text === '[' ? this.list() : this.fail(null)
    this.depth--
    return found
  }

  private block(): Value {
    const entries = this.entries()
    if (!this.skip('}')) return this.fail(null)
    return { entries }
  }

  private list(): Value {
    const items: Value[] = []
    while (!this.failed && !this.isSign(']')) {
      if (this.done) return this.fail(null)
      items.push(this.value())
      if (!this.skip(',') && !this.isSign(']')) return this.fail(null)
    }
    this.skip(']')
    return items
  }

  private peek = (): Token => this.tokens[this.at] ?? END
  private next(): Token {
    const token = this.peek()
    this.at++
    return token
  }
  private isSign = (text: string): boolean => this.peek().type === 'sign' && this.peek().text === text
  private skip(sign: string): boolean {
    if (!this.isSign(sign)) return false
    this.at++
    return true
  }
  private fail<T>(nothing: T): T {
    this.failed = true
    return nothing
  }
}

const fromJson = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return value as Value
  return { entries: Object.entries(value).map(([key, inner]) => ({ key, value: fromJson(inner) })) }
}

/** The entries of a policy's text, or undefined where it is neither HCL nor JSON. */
export function readPolicyText(text: string): Entry[] | undefined {
  if (text.trimStart().startsWith('{')) {
    const parsed = parseJson(text)
    const value = parsed.ok ? fromJson(parsed.value) : undefined
    return isBlock(value) ? [...value.entries] : undefined
  }
  const tokens = tokensOf(text)
  if (!tokens) return undefined
  const reader = new Reader(tokens)
  const entries = reader.entries()
  return reader.failed || !reader.done ? undefined : entries
}
