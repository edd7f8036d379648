// What the kinds of text of OSCAL may hold. Names come from outside and may be anything.

/** Ours, so that no other tool takes a property for one that it knows. */
const NS = 'urn:rollcall:oscal'

export type Prop = { name: string; ns?: string; value: string; remarks?: string }

/** One line that neither begins nor ends with a blank; what is no letter at all is told as such. */
export const line = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff\s]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim() || '(empty)'

const MARKS = /[\\`*_~^[\]<>{}]/g

/** Text in a field that is read as Markdown: what would be a mark is one no more. */
export const markup = (text: string): string => line(text).replace(MARKS, '\\$&')

/** Several paragraphs of Markdown. */
export const paragraphs = (texts: readonly string[]): string => texts.map(markup).join('\n\n')

/** A property of ours. */
export const prop = (name: string, value: string | number | boolean): Prop => ({
  name,
  ns: NS,
  value: line(String(value)),
})

/** An empty list fits no schema of OSCAL: it is left out. */
export const orNone = <T>(list: readonly T[]): readonly T[] | undefined => (list.length ? list : undefined)

/** An instant as OSCAL takes it: with its zone. */
export const instant = (at: string): string => new Date(at).toISOString()
