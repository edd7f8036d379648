// `diff`: what differs between two instants, with the filters of the page.
import { pipeline } from 'node:stream/promises'
import { DiffFilter, type DiffBetween, type DiffRow } from '@/core/diff'
import { RollcallError } from '@/core/errors'
import { completenessWords } from '@/inventory/queries/completeness-words'
import { csvStream } from '@/inventory/queries/csv-stream'
import { betweenParams } from '@/inventory/queries/diff-between'
import { changesText, diffColumns, DIFF_WORDING } from '@/inventory/queries/diff-columns'
import { askedDiff } from '@/inventory/queries/diff-slice'
import { eachDiff } from '@/inventory/queries/each-diff'
import { diffCompleteness, listDiff, type DiffPage } from '@/inventory/queries/list-diff'
import { cliCommand, type At } from '../command'
import { filterOf, withFilter } from '../filter-options'
import type { Output } from '../output'
import { printable } from '../table'
import { minute } from '../words'

const HEAD = ['WHAT', 'KIND', 'NAME', 'IDENTITY', 'CHANGES', 'TRUE SINCE', 'KNOWN SINCE', 'SCOPE', 'ID']

const word = ({ what, removed }: DiffRow): string =>
  removed
    ? `${DIFF_WORDING.gone.sign} source removed`
    : `${DIFF_WORDING[what].sign} ${DIFF_WORDING[what].word}`

const cells = (row: DiffRow): string[] => [
  word(row),
  row.kind,
  row.name,
  row.identity?.name ?? '',
  changesText(row),
  minute(row.trueAt),
  minute(row.knownAt),
  row.scope?.sample ? `${row.scope.name} (sample)` : (row.scope?.name ?? ''),
  row.id,
]

async function restsOn(out: Output, between: DiffBetween, seen: DiffPage['completeness']): Promise<void> {
  const { from, to, known } = between
  await out.line(
    `Compared: ${from} with ${to}${known ? `, both as known at ${known}` : ', each as known then'}.`,
  )
  await out.line(printable(`At ${from}: ${completenessWords(seen.from)}`))
  await out.line(printable(`At ${to}: ${completenessWords(seen.to)}`))
}

type Filter = Omit<DiffFilter, 'size'>

async function printAll({ actor, out, options }: At, filter: Filter): Promise<void> {
  const asked = await askedDiff(actor, filter)
  const between = betweenParams(asked.between)
  if (options.csv === true)
    return pipeline(csvStream(diffColumns, eachDiff(actor, asked)), process.stdout, { end: false })
  let count = 0
  for await (const rows of eachDiff(actor, asked)) {
    count += rows.length
    if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
    else await out.table(HEAD, rows.map(cells))
  }
  const completeness = await diffCompleteness(actor, asked)
  // The last line says that it is the last, so that a list that was cut short does not look whole.
  if (out.json) return out.answer('diff/1', { end: true, count, between, completeness })
  await out.line(count ? `${count} differences.` : 'Nothing differs.')
  await restsOn(out, between, completeness)
}

async function printPage({ actor, out }: At, filter: Filter, limit: number): Promise<void> {
  const page = await listDiff(actor, { ...filter, size: limit })
  const { rows, next, counts, between, completeness } = page
  if (out.json) return out.answer('diff/1', { ...page, next: next ?? null })
  await out.table(HEAD, rows.map(cells))
  const of = counts
    .filter(({ count }) => count)
    .map(({ kind, count, more }) => `${kind} ${count}${more ? '+' : ''}`)
  if (next) await out.line(`${rows.length} shown. For the rest: --all, or --after ${next}`)
  else if (!rows.length) await out.line('Nothing differs.')
  if (of.length) await out.line(`In all: ${of.join(', ')}.`)
  await restsOn(out, between, completeness)
}

export const diff = cliCommand(
  'diff',
  'list what differs between two instants',
  async (at) => {
    const { filter, limit } = filterOf(DiffFilter, at.options)
    if (at.out.json && at.options.csv === true)
      throw new RollcallError('invalid', '--json and --csv cannot be asked for together.')
    if (at.options.csv === true || at.options.all === true) await printAll(at, filter)
    else await printPage(at, filter, limit)
  },
  (command) => withFilter(DiffFilter)(command).option('--csv', 'every row as CSV'),
)
