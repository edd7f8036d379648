// How the report looks: its colours, its styles, and tables whose columns are as wide as they are told to be.
import type { Content, CustomTableLayout, StyleDictionary, TableCell } from 'pdfmake/interfaces'

export const INK = '#141b24'
const MUTED = '#515963'
const HAIRLINE = '#c9ced4'
const SUNKEN = '#eef0f3'
const DANGER = '#b00a1d'

export const PAGE = { width: 595.28, side: 46, top: 78, bottom: 58 }
const WIDTH = PAGE.width - 2 * PAGE.side
const PADDING = 5

export const STYLES: StyleDictionary = {
  product: { fontSize: 10, color: MUTED, bold: true },
  title: { fontSize: 26, bold: true, lineHeight: 1.1 },
  section: { fontSize: 16, bold: true, margin: [0, 10, 0, 8] },
  control: { fontSize: 10.5, bold: true },
  label: { fontSize: 8, color: MUTED },
  small: { fontSize: 7.5, color: MUTED },
  head: { fontSize: 7.5, bold: true, color: MUTED },
  figure: { fontSize: 20, bold: true },
  warning: { bold: true, color: DANGER },
  quote: { italics: true, color: MUTED },
}
export const DEFAULT_STYLE = { font: 'Roboto', fontSize: 9, color: INK, lineHeight: 1.2 }

const padded = { paddingLeft: () => PADDING, paddingRight: () => PADDING }
/** Lines between rows, a darker ground under heads. */
export const LAYOUTS: Record<string, CustomTableLayout> = {
  rows: {
    ...padded,
    hLineWidth: (n, { table }) => (n === 0 || n === table.body.length ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: () => HAIRLINE,
    paddingTop: () => 4,
    paddingBottom: () => 4,
    fillColor: (row, { table }) => (row < (table.headerRows ?? 0) ? SUNKEN : null),
  },
  framed: {
    ...padded,
    hLineWidth: () => 1.2,
    vLineWidth: () => 1.2,
    hLineColor: () => DANGER,
    vLineColor: () => DANGER,
    paddingTop: () => 8,
    paddingBottom: () => 8,
  },
}

/** @param shares of the width of the page; a word that is wider than its column is broken */
const widthsOf = (shares: readonly number[]) => {
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => (share / all) * WIDTH - 2 * PADDING)
}

/** Names of columns; those of numbers, which begin with #, stand over them at the right. */
export const head = (...names: string[]): TableCell[] =>
  names.map((name) => ({
    text: name.replace(/^#/, ''),
    style: 'head',
    ...(name.startsWith('#') && { alignment: 'right' as const }),
  }))

type Grid = { shares: readonly number[]; heads: TableCell[][]; rows: TableCell[][]; layout?: string }
export const grid = ({ shares, heads, rows, layout = 'rows' }: Grid): Content => ({
  table: {
    widths: widthsOf(shares),
    headerRows: heads.length,
    keepWithHeaderRows: heads.length && rows.length ? 1 : 0,
    dontBreakRows: true,
    body: [...heads, ...rows],
  },
  layout,
  margin: [0, 0, 0, 14],
})

/** Stands in the contents and the outline; on a page of its own where it is long. */
export const section = (text: string, id: string, isLong = false): Content => ({
  text,
  style: 'section',
  ...(isLong && { pageBreak: 'before' }),
  tocItem: true,
  outline: true,
  id,
})

export const paragraph = (text: string): Content => ({ text, margin: [0, 0, 0, 8] })

export const counted = (count: number): string => count.toLocaleString('en-US')

/** A day and a minute, in UTC. The exact instants are on the cover. */
export const minute = (at: string | undefined): string =>
  at === undefined ? '–' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** The first of a list that may be long, and words about the others. */
export function firstOf<T>(
  list: readonly T[],
  most: number,
  where: string,
): { first: readonly T[]; more: Content[] } {
  const more = list.length - most
  return {
    first: list.slice(0, most),
    more:
      more > 0
        ? [{ text: `${counted(more)} more are in ${where}.`, style: 'warning', margin: [0, 0, 0, 12] }]
        : [],
  }
}
