// HTML as text: whatever is put into it is escaped, unless it was made here.
export class Html {
  constructor(readonly text: string) {}
}
type Content = Html | string | number | readonly Content[] | undefined

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Characters that a page cannot hold, and those that turn the direction of what follows. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu
const codeOf = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

const escaped = (text: string): string =>
  text.replace(UNSEEN, codeOf).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

function textOf(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(textOf).join('')
  return escaped(String(content))
}

export const html = (parts: TemplateStringsArray, ...contents: Content[]): Html =>
  new Html(parts.map((part, at) => part + textOf(contents[at])).join(''))

/** A text within a style sheet: every character that is no letter, digit or space is written as its number. */
export const cssText = (text: string): Html => {
  const chars = [...text.replace(UNSEEN, '')].map((char) =>
    /^[\p{L}\p{N} ]$/u.test(char) ? char : `\\${(char.codePointAt(0) ?? 32).toString(16)} `,
  )
  return new Html(`"${chars.join('')}"`)
}
