// Prints a list: one page, or with --all every row as it is read.
import type { FullCompleteness, FullPage } from '@/inventory/queries/types'
import type { Output } from './output'

type List<R> = {
  out: Output
  /** Name of the list in the JSON schema, and of its rows. */
  name: string
  all: boolean
  head: readonly string[]
  cells: (row: R) => string[]
  page: () => Promise<FullPage<R>>
  each: () => AsyncIterable<R[]>
  completeness: () => Promise<FullCompleteness>
}

async function printAll<R>({ out, name, head, cells, each, completeness }: List<R>): Promise<void> {
  let count = 0
  for await (const rows of each()) {
    count += rows.length
    if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
    else await out.table(head, rows.map(cells))
  }
  const rests = await completeness()
  // The last line says that it is the last, so that a list that was cut short does not look whole.
  if (out.json) return out.answer(`${name}/1`, { end: true, count, completeness: rests })
  await out.line(count ? `${count} ${name}.` : `No ${name} match.`)
  await out.restsOn(rests)
}

export async function printList<R>(list: List<R>): Promise<void> {
  if (list.all) return printAll(list)
  const { out, name, head, cells } = list
  const { rows, next, total, totalIsMore, completeness } = await list.page()
  if (out.json) return out.answer(`${name}/1`, { rows, next: next ?? null, total, totalIsMore, completeness })
  await out.table(head, rows.map(cells))
  const of = totalIsMore ? `more than ${total}` : String(total)
  if (!rows.length) await out.line(`No ${name} match.`)
  else if (next) await out.line(`${rows.length} of ${of} ${name}. For the rest: --all, or --after ${next}`)
  else await out.line(`${rows.length} ${name}.`)
  await out.restsOn(completeness)
}
