// A part that is a table: its rows come in batches, are counted as they go by, and are safe to open in a spreadsheet.
import { eachAtMoment } from '@/inventory/moment/at-moment'
import type { Column } from '@/inventory/queries/columns'
import { csvStream } from '@/inventory/queries/csv-stream'
import type { Part, PackAt } from '../part'
import { peopleOf, type Named } from './people'
import { veiled, veilOf } from './veil'

/** A preview counts no further than this, in rows and in time. */
const COUNT_MAX = 10_000
const COUNT_MS = 2000

export type TablePart<R> = Pick<Part, 'id' | 'file' | 'about'> &
  Partial<Pick<Part, 'isUsual' | 'onlyWithPeriod' | 'needs'>> & {
    columns: readonly Column<R>[]
    rows: (at: PackAt) => AsyncIterable<R[]>
    /** The row without the names of people. */
    redacted?: (row: R, named: Named) => R
  }

/** Reads on only as long as a preview may take. */
export async function countRows(
  at: PackAt,
  rows: (at: PackAt) => AsyncIterable<readonly unknown[]>,
): Promise<{ rows: number; isExact: boolean }> {
  const until = Date.now() + COUNT_MS
  let count = 0
  for await (const batch of eachAtMoment(at.asked.moment, () => rows(at))) {
    count += batch.length
    if (count > COUNT_MAX || Date.now() > until) return { rows: count, isExact: false }
  }
  return { rows: count, isExact: true }
}

async function* counted<R>(
  rows: AsyncIterable<R[]>,
  at: PackAt,
  wrote: (rows: number) => void,
  change: (row: R) => R,
): AsyncGenerator<R[]> {
  for await (const batch of rows) {
    at.signal.throwIfAborted()
    yield batch.map(change)
    wrote(batch.length)
  }
}

export function tablePart<R>({ columns, rows, redacted, isUsual = true, ...part }: TablePart<R>): Part {
  return {
    ...part,
    isUsual,
    count: (at) => countRows(at, rows),
    async *write(at, wrote) {
      const named = peopleOf(at)
      const shown = veiled(columns, await veilOf(at))
      const change = (row: R) => (named && redacted ? redacted(row, named) : row)
      // The rows keep their moment themselves: streams read on from wherever they like.
      const own = eachAtMoment(at.asked.moment, () => rows(at))
      for await (const chunk of csvStream(shown, counted(own, at, wrote, change))) yield chunk as Uint8Array
    },
  }
}

/** A column of such a table. */
export const columnsOf =
  <R>() =>
  (key: string, title: string, csv: (row: R) => string): Column<R> => ({ key, title, csv })
