// Texts in HCL, the language of Terraform and OpenTofu. Whatever a name holds, it stays a text there.
// Source: the syntax specification of HCL, "Templates" and "Quoted literals".

/** A reference to something else of the configuration, or a text with one in it. Never made of what a source names. */
class Expression {
  constructor(readonly text: string) {}
}
class Call {
  constructor(
    readonly name: string,
    readonly value: HclValue,
  ) {}
}
export type HclValue =
  string | number | boolean | Expression | Call | readonly HclValue[] | { readonly [key: string]: HclValue }
export type HclBlock = { type: string; labels: readonly string[]; body: readonly HclEntry[] }
export type HclEntry = HclBlock | readonly [name: string, value: HclValue]

export const reference = (text: string): Expression => new Expression(text)
export const jsonencode = (value: HclValue): HclValue => new Call('jsonencode', value)
export const block = (type: string, labels: readonly string[], ...body: readonly HclEntry[]): HclBlock => ({
  type,
  labels,
  body,
})

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
const code = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
/** `${` and `%{` would begin a template; as a code the sign begins none, whatever stands before it. */
const SPECIAL = /["\\\p{Cc}\p{Zl}\p{Zp}\ufeff]|[$%](?=\{)/gu
const escaped = (text: string): string =>
  text.replace(/\p{Cs}/gu, '\ufffd').replace(SPECIAL, (one) => SHORT[one] ?? code(one))
const quoted = (text: string): string => `"${escaped(text)}"`

/** A sign at the end of a part would make what follows it no template, but a text. */
const part = (text: string): string => escaped(text).replace(/[$%]$/, code)
/** One text of several parts. */
export const joined = (...parts: readonly (string | Expression)[]): Expression =>
  new Expression(
    `"${parts.map((one) => (typeof one === 'string' ? part(one) : `\${${one.text}}`)).join('')}"`,
  )

const isList = (value: HclValue): value is readonly HclValue[] => Array.isArray(value)
function valueText(value: HclValue, indent: string): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Expression) return value.text
  if (value instanceof Call) return `${value.name}(${valueText(value.value, indent)})`
  const deeper = `${indent}  `
  if (isList(value)) {
    if (value.every((one) => typeof one !== 'object' || one instanceof Expression))
      return `[${value.map((one) => valueText(one, indent)).join(', ')}]`
    return `[\n${value.map((one) => `${deeper}${valueText(one, deeper)},\n`).join('')}${indent}]`
  }
  const lines = Object.entries(value).map(
    ([key, one]) => `${deeper}${quoted(key)} = ${valueText(one, deeper)}\n`,
  )
  return lines.length ? `{\n${lines.join('')}${indent}}` : '{}'
}

const isBlock = (entry: HclEntry): entry is HclBlock => 'type' in entry
function blockText({ type, labels, body }: HclBlock, indent: string): string {
  const deeper = `${indent}  `
  const lines = body.map((entry) =>
    isBlock(entry) ? blockText(entry, deeper) : `${deeper}${entry[0]} = ${valueText(entry[1], deeper)}\n`,
  )
  return `${indent}${[type, ...labels.map(quoted)].join(' ')} {\n${lines.join('')}${indent}}\n`
}

/** Names of blocks and arguments are written here, and never those of a source. */
export const hcl = (...blocks: readonly HclBlock[]): string =>
  blocks.map((one) => blockText(one, '')).join('\n')
