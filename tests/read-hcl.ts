// Reads back the HCL that is written here, by the rules of its specification, so that a test can say what a text means.

export type Parsed =
  | string
  | number
  | boolean
  | Parsed[]
  | { ref: string }
  | { call: string; value: Parsed }
  | { parts: (string | { ref: string })[] }
  | { object: Record<string, Parsed> }
export type ParsedBlock = {
  type: string
  labels: string[]
  values: Record<string, Parsed>
  blocks: ParsedBlock[]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

class Reader {
  private at = 0
  constructor(private readonly text: string) {}

  file(): ParsedBlock[] {
    const found: ParsedBlock[] = []
    for (;;) {
      this.space(true)
      if (this.at === this.text.length) return found
      found.push(this.block(this.word()))
    }
  }
  private fail(what: string): never {
    throw new Error(`${what} at ${this.at}: ${JSON.stringify(this.text.slice(this.at, this.at + 40))}`)
  }
  private space(lines: boolean): void {
    while (lines ? /\s/.test(this.text[this.at] ?? 'x') : this.text[this.at] === ' ') this.at++
  }
  private take(sign: string): void {
    if (!this.text.startsWith(sign, this.at)) this.fail(`no ${sign}`)
    this.at += sign.length
  }
  private sees = (sign: string): boolean => this.text.startsWith(sign, this.at)
  private word(): string {
    const [found] = /^[A-Za-z_][\w.-]*/.exec(this.text.slice(this.at)) ?? this.fail('no word')
    this.at += found.length
    return found
  }
  private block(type: string): ParsedBlock {
    const block: ParsedBlock = { type, labels: [], values: {}, blocks: [] }
    for (this.space(false); this.sees('"'); this.space(false)) block.labels.push(this.plain())
    this.take('{\n')
    for (this.space(true); !this.sees('}'); this.space(true)) {
      const name = this.word()
      this.space(false)
      if (this.sees('=')) {
        this.take('=')
        this.space(false)
        if (name in block.values) this.fail(`${name} twice`)
        block.values[name] = this.value()
        this.take('\n')
      } else block.blocks.push(this.block(name))
    }
    this.take('}\n')
    return block
  }
  private plain(): string {
    const value = this.quoted()
    return typeof value === 'string' ? value : this.fail('a template')
  }
  private value(): Parsed {
    if (this.sees('"')) return this.quoted()
    if (this.sees('[')) return this.list()
    if (this.sees('{')) return this.object()
    const [number] = /^\d+/.exec(this.text.slice(this.at)) ?? []
    if (number !== undefined) {
      this.at += number.length
      return Number(number)
    }
    const word = this.word()
    if (word === 'true' || word === 'false') return word === 'true'
    if (!this.sees('(')) return { ref: word }
    this.take('(')
    const value = this.value()
    this.take(')')
    return { call: word, value }
  }
  private list(): Parsed[] {
    const found: Parsed[] = []
    this.take('[')
    for (this.space(true); !this.sees(']'); this.space(true)) {
      found.push(this.value())
      if (!this.sees(',')) break
      this.take(',')
    }
    this.space(true)
    this.take(']')
    return found
  }
  private object(): Parsed {
    const found: Record<string, Parsed> = {}
    this.take('{')
    for (this.space(true); !this.sees('}'); this.space(true)) {
      const key = this.plain()
      this.space(false)
      this.take('=')
      this.space(false)
      Object.defineProperty(found, key, { value: this.value(), enumerable: true })
    }
    this.take('}')
    return { object: found }
  }
  /** A sign that is doubled before a brace stands for itself; a single one begins a template. */
  private quoted(): string | { parts: (string | { ref: string })[] } {
    const parts: (string | { ref: string })[] = ['']
    const add = (text: string) => {
      parts[parts.length - 1] = `${String(parts.at(-1))}${text}`
    }
    this.take('"')
    while (!this.sees('"')) {
      const rest = this.text.slice(this.at)
      const [doubled] = /^(\$\$|%%)(?=\{)/.exec(rest) ?? []
      const one = String.fromCodePoint(rest.codePointAt(0) ?? this.fail('no end of the text'))
      if (doubled) {
        add(`${doubled[0]}{`)
        this.at += 3
      } else if (rest.startsWith('${')) {
        this.at += 2
        parts.push({ ref: this.word() }, '')
        this.take('}')
      } else if (rest.startsWith('%{') || one === '\n' || one === '\r') this.fail('not a text')
      else if (one === '\\') add(this.escape(rest))
      else {
        add(one)
        this.at += one.length
      }
    }
    this.take('"')
    const [only] = parts
    return parts.length === 1 && typeof only === 'string' ? only : { parts }
  }
  private escape(rest: string): string {
    const [whole, digits] = /^\\u([0-9a-f]{4})/.exec(rest) ?? []
    const short = ESCAPES[rest[1] ?? '']
    this.at += whole?.length ?? 2
    if (digits !== undefined) return String.fromCodePoint(Number.parseInt(digits, 16))
    return short ?? this.fail('no escape')
  }
}

/** @throws Error where it is no text of the language */
export const readHcl = (text: string): ParsedBlock[] => new Reader(text).file()

/** The value as plain data; what refers to something is answered by the given function. */
export function plainValue(value: Parsed | undefined, refer: (ref: string) => string): unknown {
  if (value === undefined || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((one) => plainValue(one, refer))
  if ('ref' in value) return refer(value.ref)
  if ('call' in value) return plainValue(value.value, refer)
  if ('parts' in value)
    return value.parts.map((one) => (typeof one === 'string' ? one : refer(one.ref))).join('')
  return Object.fromEntries(Object.entries(value.object).map(([key, one]) => [key, plainValue(one, refer)]))
}
