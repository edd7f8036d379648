// Text as an aligned table that fits a terminal. Pure.

/** Cells narrower than this say nothing. */
const WIDTH_MIN = 6
const GAP = '  '
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u
const NARROW = /\p{Mark}|\u200d/u
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
const graphemes = (text: string): string[] => [...segments.segment(text)].map((s) => s.segment)
const widthOfOne = (grapheme: string) => (WIDE.test(grapheme) ? 2 : NARROW.test(grapheme[0] ?? '') ? 0 : 1)

/** Columns of a terminal that the text takes. */
export const widthOf = (text: string): number => graphemes(text).reduce((sum, g) => sum + widthOfOne(g), 0)

/** Names come from outside: what a terminal would obey (escapes, line breaks, turned text) is shown instead. */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let taken = ''
  for (const g of graphemes(text)) {
    if (widthOf(taken) + widthOfOne(g) > width - 1) break
    taken += g
  }
  return `${taken}…`
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Widths that fit: the widest column gives way first. */
export function fitted(widths: readonly number[], total: number): number[] {
  const fit = [...widths]
  const room = () => fit.reduce((a, b) => a + b, 0) + GAP.length * (fit.length - 1) - total
  while (room() > 0) {
    const widest = fit.indexOf(Math.max(...fit))
    const width = fit[widest] ?? 0
    if (width <= WIDTH_MIN) break
    fit[widest] = width - 1
  }
  return fit
}

/**
 * @param width columns of the terminal; undefined when the output is not one: then nothing is cut
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width?: number): string {
  const cells = [head, ...rows.map((row) => row.map(printable))]
  const natural = head.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))))
  const widths = width === undefined ? natural : fitted(natural, width)
  const line = (row: readonly string[]) =>
    head
      .map((_, at) => pad(cut(row[at] ?? '', widths[at] ?? 0), widths[at] ?? 0))
      .join(GAP)
      .trimEnd()
  return cells.map(line).join('\n')
}
