// The words of a condition of a role assignment ("Azure role assignment condition format and syntax", version 2.0).

export type Token =
  | { kind: 'mark'; text: '(' | ')' | '{' | '}' | ',' | '!' }
  | { kind: 'and' | 'or' | 'not' }
  /** `@Request[…]`, in lower case: names of attributes are not told apart by case. */
  | { kind: 'attribute'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'word'; text: string }

const SKIP = /\s+/y
const MARK = /[(){},]/y
const LOGIC = /&&|\|\||!/y
const ATTRIBUTE = /@?(?:request|resource|environment|principal|subject)\[[^\]]*\]/iy
const TEXT = /'((?:\\.|[^'\\])*)'/y
const WORD = /[a-z0-9_.:+-]+/iy

const WORDS: Readonly<Record<string, Token['kind'] & ('and' | 'or' | 'not')>> = {
  and: 'and',
  or: 'or',
  not: 'not',
}
const SIGNS: Readonly<Record<string, Token>> = {
  '&&': { kind: 'and' },
  '||': { kind: 'or' },
  '!': { kind: 'not' },
}

function at(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}

function next(text: string, from: number): { token?: Token; length: number } | undefined {
  const space = at(SKIP, text, from)
  if (space) return { length: space[0].length }
  const mark = at(MARK, text, from)
  if (mark) return { token: { kind: 'mark', text: mark[0] as '(' }, length: 1 }
  const sign = at(LOGIC, text, from)
  const token = sign && SIGNS[sign[0]]
  if (sign && token) return { token, length: sign[0].length }
  const attribute = at(ATTRIBUTE, text, from)
  if (attribute) {
    const name = attribute[0].toLowerCase().replace(/\s+/g, '')
    return {
      token: { kind: 'attribute', text: name.startsWith('@') ? name : `@${name}` },
      length: attribute[0].length,
    }
  }
  const quoted = at(TEXT, text, from)
  if (quoted) return { token: { kind: 'text', text: quoted[1] ?? '' }, length: quoted[0].length }
  const word = at(WORD, text, from)
  if (!word) return undefined
  const logic = WORDS[word[0].toLowerCase()]
  return { token: logic ? { kind: logic } : { kind: 'word', text: word[0] }, length: word[0].length }
}

/** @returns undefined where something stands there that is no part of the grammar */
export function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  let from = 0
  while (from < text.length) {
    const found = next(text, from)
    if (!found) return undefined
    if (found.token) tokens.push(found.token)
    from += found.length
  }
  return tokens
}
