// A list as one page of JSON, or as a CSV of every matching row: the request says which.
import { Readable } from 'node:stream'
import type { Moment } from '@/core/moment'
import { invalid } from '@/governance/command'
import { chooseColumns, unknownColumns, type Column } from '@/inventory/queries/columns'
import { currentMoment, eachAtMoment } from '@/inventory/moment/at-moment'
import { csvStream } from '@/inventory/queries/csv-stream'

type List<R> = {
  request: Request
  format: 'json' | 'csv' | undefined
  cols: string[] | undefined
  /** Stem of the file's name. */
  name: string
  columns: readonly Column<R>[]
  each: () => AsyncIterable<R[]>
  page: () => Promise<unknown>
}

/** The word in the address decides; without it what the client asks for first. */
function wantsCsv({ format, request }: Pick<List<never>, 'format' | 'request'>): boolean {
  if (format) return format === 'csv'
  const accepted = (request.headers.get('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim())
  return (
    accepted.find((type) => type === 'text/csv' || type === 'application/json' || type === '*/*') ===
    'text/csv'
  )
}

/** When it was made, or the moment it is about. */
function fileStamp(moment: Moment | undefined): string {
  const stamp = (at: string) => `${at.slice(0, 19).replaceAll(':', '')}Z`
  if (!moment) return stamp(new Date().toISOString())
  const { valid, known } = moment
  return `as-of-${stamp(valid)}${known === valid ? '' : `-known-${stamp(known)}`}`
}

/** @throws RollcallError `invalid` for columns that do not exist */
export async function csvOrPage<R>(list: List<R>): Promise<unknown> {
  const { columns, cols, name } = list
  const unknown = unknownColumns(columns, cols)
  if (unknown.length)
    throw invalid(
      unknown.map((key) => ({
        path: 'cols',
        message: `There is no column ${key}. There are: ${columns.map((c) => c.key).join(', ')}.`,
      })),
    )
  if (!wantsCsv(list)) return list.page()
  const moment = currentMoment()
  const body = Readable.toWeb(
    csvStream(chooseColumns(columns, cols), eachAtMoment(moment, list.each)),
  ) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}-${fileStamp(moment)}.csv"`,
    },
  })
}
