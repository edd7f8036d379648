// Names as somebody would choose them who wants a text that is made of them to mean something else.
import fc from 'fast-check'

const HCL = [
  '${',
  '%{',
  '$',
  '%',
  '{',
  '}',
  '/*',
  '*/',
  '//',
  '<<EOT',
  '${file("x")}',
  '%{ if true }',
  '\\u0024',
]
const YAML = [
  'yes',
  'null',
  '~',
  '1e3',
  '- a',
  'a: b',
  '&a',
  '*a',
  '!!str',
  '|',
  '>',
  '---',
  '...',
  ': ',
  ' #',
]
const EITHER = [
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\u0085',
  '\u2028',
  '\u0001',
  '\u007f',
  '\ufeff',
  '#',
  ',',
]
const JSON_LIKE = ['"}', '": "*"', '"]', '*', '?', '@', '/', ':', '(', ')', ' (kubernetes)', 'FILL_IN_OWNER']
const PLAIN = ['a', 'é', '😀', ' ', '日本', 'x'.repeat(80)]

export const HOSTILE: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(...HCL, ...YAML, ...EITHER, ...JSON_LIKE, ...PLAIN), { maxLength: 10 })
    .map((parts) => parts.join('')),
)
