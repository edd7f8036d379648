// Texts in YAML. Whatever a name holds, it stays a text there: also for readers of YAML 1.1, as those of clusters are.
// Source: yaml.org/spec/1.2.2, 7.3.1, and 5.7 for what is escaped.

export type YamlValue =
  string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue }

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
/** Control characters, and what YAML 1.1 takes for the end of a line. */
const SPECIAL = /["\\\p{Cc}\p{Zl}\p{Zp}\ufeff]/gu
const code = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
const quoted = (text: string): string =>
  `"${text.replace(/\p{Cs}/gu, '\ufffd').replace(SPECIAL, (one) => SHORT[one] ?? code(one))}"`

/** What is no word of YAML itself, such as `on`. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9]*(?:[./-][a-z0-9]+)*$/i
const keyText = (key: string): string => (PLAIN.test(key) ? key : quoted(key))

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value)
function lines(value: YamlValue): string[] {
  if (typeof value === 'string') return [quoted(value)]
  if (typeof value !== 'object') return [String(value)]
  if (isList(value)) {
    if (!value.length) return ['[]']
    return value.flatMap((one) => lines(one).map((line, at) => `${at ? '  ' : '- '}${line}`))
  }
  const entries = Object.entries(value)
  if (!entries.length) return ['{}']
  return entries.flatMap(([key, one]) => {
    const inner = lines(one)
    const [first = ''] = inner
    const isOwnLine = typeof one !== 'object' || first === '[]' || first === '{}'
    return isOwnLine
      ? [`${keyText(key)}: ${first}`]
      : [`${keyText(key)}:`, ...inner.map((line) => `  ${line}`)]
  })
}

/** One document for each value. */
export const yaml = (...documents: readonly YamlValue[]): string =>
  documents.map((one) => `${lines(one).join('\n')}\n`).join('---\n')
