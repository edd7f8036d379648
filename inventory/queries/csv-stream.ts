// Rows as CSV, streamed: RFC 4180, UTF-8, nothing cut, and no cell that a spreadsheet would run as a formula.
import { stringify } from 'csv-stringify'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Column } from '@/inventory/queries/columns'

/** A spreadsheet reads a cell that starts like this as a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** The library quotes only its own record delimiter; a lone line break has to be quoted too. */
const LINE_BREAK = /[\r\n]/

/** An apostrophe in front makes a spreadsheet show the text as it is. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

async function* cells<R>(
  columns: readonly Column<R>[],
  batches: AsyncIterable<R[]>,
): AsyncGenerator<string[]> {
  // Keys, not titles: they stay the same when a wording changes.
  yield columns.map((c) => c.key)
  for await (const rows of batches) for (const row of rows) yield columns.map((c) => safeCell(c.csv(row)))
}

/**
 * A stream of bytes that reads the next batch when the last one was taken. An error in the middle ends the stream with
 * that error: a short file must never look whole.
 */
export function csvStream<R>(columns: readonly Column<R>[], batches: AsyncIterable<R[]>): Readable {
  const out = stringify({ record_delimiter: '\r\n', quoted_match: LINE_BREAK })
  // The error reaches the reader through `out`, which the pipeline destroys with it.
  pipeline(Readable.from(cells(columns, batches)), out).catch(() => {})
  return out
}
