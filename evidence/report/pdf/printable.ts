// Text that the font of the report has letters for. What it has none for is written as its code points, so that no name is lost,
// merged with another, or turned around: the exact ones are in the tables of the pack.

/** What Roboto has, without marks that change what stands beside them. A test holds it against the font. */
const PRINTABLE =
  /[ -~\u00a0-\u00ac\u00ae-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u01fa-\u01ff\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u0513\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2010\u2011\u2013-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122\u2212\u2248\u2260\u2264\u2265\u25a0\u25ca\u25cf]/u
/** So that a row of any table fits a page. More of a text stands in the tables of the pack. */
const LONGEST = 600

export const isPrintable = (letter: string): boolean => PRINTABLE.test(letter)
const code = (letter: string) => letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')

/** @param most letters as printed; what is longer says how many more there are */
export function printable(text: string, most = LONGEST): string {
  const letters = [...text.normalize('NFC')]
  let out = ''
  let isCode = false
  for (const [n, letter] of letters.entries()) {
    if (out.length >= most) return `${out}${isCode ? '›' : ''}… (${letters.length - n} more letters)`
    if (isPrintable(letter)) out += (isCode ? '›' : '') + letter
    else out += (isCode ? ' ' : '‹U+') + code(letter)
    isCode = !isPrintable(letter)
  }
  return isCode ? `${out}›` : out
}

const TEXTS = ['text', 'stack', 'columns', 'table', 'body', 'ul', 'ol', 'toc', 'title', 'outlineText']

/** The same content with every text in it printable, wherever it stands. */
export function inPrint<T>(content: T): T {
  if (typeof content === 'string') return printable(content) as T
  if (Array.isArray(content)) return content.map(inPrint) as T
  if (typeof content !== 'object' || content === null) return content
  const entries = Object.entries(content) as [string, unknown][]
  return Object.fromEntries(
    entries.map(([key, value]) => [key, TEXTS.includes(key) ? inPrint(value) : value]),
  ) as T
}
