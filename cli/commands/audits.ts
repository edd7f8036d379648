// `audits`: lists them, makes and answers, and draws again what was drawn. Drawing, asking and approving are an auditor's word:
// the command line is no auditor, so that is done in the browser, or by the API with a token of theirs.
import { Command } from 'commander'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { RollcallError } from '@/core/errors'
import { answerItem } from '@/governance/audits/comment'
import { LINK_KINDS } from '@/governance/audits/audit-input'
import { closeAudit, createAudit } from '@/governance/audits/create-audit'
import { itemColumns } from '@/governance/audits/item-columns'
import { AuditFilter, auditView, listAudits, openOf, type AuditRow } from '@/governance/audits/list-audits'
import { eachItem, ItemFilter, itemView, listItems, type ItemRow } from '@/governance/audits/list-items'
import { drawHash, Lowest } from '@/governance/audits/sampling/lowest'
import { judgeItem, prepareItem } from '@/governance/audits/set-status'
import { STATUS_TITLES, ITEM_STATUSES, type ItemStatus } from '@/governance/audits/status'
import { csvStream } from '@/inventory/queries/csv-stream'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printable } from '../table'
import { minute } from '../words'

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const listOf = (value: unknown) => textOf(value)?.split(',').filter(Boolean) ?? []
const day = (at: string) => at.slice(0, 10)

const HEAD = ['STATE', 'TITLE', 'PERIOD', 'OPEN', 'FLAGGED', 'OVERDUE', 'AUDITORS', 'ID']
const cells = (row: AuditRow): string[] => [
  row.state,
  row.title,
  `${day(row.from)} to ${day(row.to)}`,
  String(openOf(row.counts)),
  String(row.counts.flagged),
  String(row.overdue),
  row.auditors.map(({ name }) => name).join(', '),
  row.id,
]
const ITEM_HEAD = ['NO', 'STATUS', 'ORIGIN', 'TITLE', 'DUE', 'SINCE', 'BY', 'COMMENTS', 'ID']
const itemCells = (row: ItemRow): string[] => [
  String(row.nth),
  row.status,
  row.origin,
  row.title,
  row.due ? `${day(row.due)}${row.overdue ? ' (over)' : ''}` : '-',
  minute(row.statusAt),
  row.statusBy,
  String(row.comments),
  row.id,
]

const list = cliCommand(
  'list',
  'list audits, newest first',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(AuditFilter, options)
    const { rows, next } = await listAudits(actor, { ...filter, size: Math.min(limit, 200) })
    if (out.json) return out.answer('audits/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(AuditFilter),
)

const show = cliCommand(
  'show',
  'show one audit: its packs, its samples, and how its items stand',
  async ({ actor, out }, id = '') => {
    const audit = await auditView(actor, id)
    if (out.json) return out.answer('audit/1', { audit })
    await out.line(printable(`${audit.title}, ${day(audit.from)} to ${day(audit.to)}: ${audit.state}.`))
    const counts = ITEM_STATUSES.map((one) => `${STATUS_TITLES[one].toLowerCase()} ${audit.counts[one]}`)
    await out.line(`Items: ${counts.join(', ')}; overdue ${audit.overdue}.`)
    await out.table(
      ['SAMPLE', 'OF', 'AS OF', 'DRAWN', 'POPULATION', 'SEED', 'ID'],
      audit.samples.map((one) => [
        String(one.nth),
        one.kind,
        one.asOf,
        String(one.drawn),
        String(one.population),
        one.seed,
        one.id,
      ]),
    )
  },
  (command) => command.argument('<audit>'),
)

const create = cliCommand(
  'create',
  'make an audit',
  async ({ actor, out, options }) => {
    const made = await createAudit(actor, {
      title: textOf(options.title) ?? '',
      about: textOf(options.about) ?? '',
      from: textOf(options.from) ?? '',
      to: textOf(options.to) ?? '',
      controls: listOf(options.controls),
      auditors: listOf(options.auditors),
      packs: listOf(options.packs),
    })
    if (out.json) return out.answer('audit-made/1', made)
    await out.line(printable(`${made.title}: ${made.id}`))
  },
  (command) =>
    command
      .requiredOption('--title <text>', 'what it is called')
      .requiredOption('--about <text>', 'what it is about')
      .requiredOption('--from <day>', 'the first day of its period, in UTC')
      .requiredOption('--to <day>', 'the last one')
      .option('--controls <ids>', 'such as csf:PR.AA-05, or a framework alone, with commas')
      .option('--auditors <ids>', 'ids of members who audit, with commas')
      .option('--packs <ids>', 'ids of sealed packs that they are handed, with commas'),
)

const items = cliCommand(
  'items',
  'list what was asked for and drawn, with how each stands',
  async ({ actor, out, options }, id = '') => {
    const { filter, limit } = filterOf(ItemFilter, options)
    if (options.csv === true) {
      await listItems(actor, id, { ...filter, size: 1 })
      return pipeline(csvStream(itemColumns, eachItem(actor, id, filter)), process.stdout, { end: false })
    }
    const { rows, total, next } = await listItems(actor, id, { ...filter, size: Math.min(limit, 500) })
    if (out.json) return out.answer('audit-items/1', { rows, total, next })
    await out.table(ITEM_HEAD, rows.map(itemCells))
    await out.line(
      next === undefined ? `${rows.length} shown, and no more.` : `${total} in all. More: --after ${next}`,
    )
  },
  (command) => withFilter(ItemFilter)(command.argument('<audit>')).option('--csv', 'all of them, as CSV'),
)

const item = cliCommand(
  'item',
  'show one item with all that was said about it',
  async ({ actor, out }, audit = '', id = '') => {
    const one = await itemView(actor, audit, id)
    if (out.json) return out.answer('audit-item/1', { item: one })
    await out.line(printable(`${one.nth}. ${one.title}: ${one.status}.`))
    if (one.question !== undefined) await out.line(printable(one.question))
    for (const entry of one.thread) {
      const said =
        entry.what === 'comment' ? entry.text : [entry.after, entry.reason].filter(Boolean).join(': ')
      const note = entry.what === 'comment' && entry.internal ? ' (internal)' : ''
      await out.line(printable(`${minute(entry.at)} ${entry.by}${note}: ${said}`))
    }
  },
  (command) => command.argument('<audit>').argument('<item>'),
)

function linkOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [kind, id = ''] = text.split(':')
  const known = LINK_KINDS.find((one) => one === kind)
  if (!known)
    throw new RollcallError('invalid', `--link is <kind>:<id>, with a kind of ${LINK_KINDS.join(', ')}.`)
  return { kind: known, id }
}

const comment = cliCommand(
  'comment',
  'answer an item',
  async ({ actor, out, options }, audit = '', id = '') => {
    const link = linkOf(textOf(options.link))
    const said = await answerItem(actor, {
      audit,
      item: id,
      text: textOf(options.text) ?? '',
      internal: options.internal === true,
      ...(link && { link }),
    })
    if (out.json) return out.answer('audit-comment/1', said)
    await out.line('Said.')
  },
  (command) =>
    command
      .argument('<audit>')
      .argument('<item>')
      .requiredOption('--text <text>', 'what is said')
      .option('--link <kind:id>', `what it leads to: ${LINK_KINDS.join(', ')}; a pack is handed over`)
      .option('--internal', 'for those who answer alone'),
)

const statusIn = (text: string | undefined, name: string): ItemStatus => {
  const found = ITEM_STATUSES.find((one) => one === text)
  if (!found) throw new RollcallError('invalid', `${name} is one of ${ITEM_STATUSES.join(', ')}.`)
  return found
}
const status = cliCommand(
  'status',
  'say that an item is ready, or take that back',
  async ({ actor, out, options }, audit = '', id = '', said = '') => {
    const to = statusIn(said, 'The status')
    const expected = textOf(options.expected)
    const reason = textOf(options.reason)
    const set = to === 'ready' || to === 'waiting' ? prepareItem : judgeItem
    const done = await set(actor, {
      audit,
      item: id,
      status: to,
      expected:
        expected === undefined ? (await itemView(actor, audit, id)).status : statusIn(expected, '--expected'),
      ...(reason !== undefined && { reason }),
    })
    if (out.json) return out.answer('audit-status/1', done)
    await out.line(printable(`${done.nth}. ${done.title}: ${done.status}.`))
  },
  (command) =>
    command
      .argument('<audit>')
      .argument('<item>')
      .argument('<status>', 'ready or waiting')
      .option('--expected <status>', 'how it stood when you looked at it; left out: as it stands now')
      .option('--reason <text>', 'why'),
)

const close = cliCommand(
  'close',
  'close an audit: nothing of it changes any more',
  async ({ actor, out, options }, id = '') => {
    const closed = await closeAudit(actor, { id, why: textOf(options.why) ?? '' })
    if (out.json) return out.answer('audit-closed/1', closed)
    await out.line(printable(`${closed.title} is closed. Open items: ${closed.open}.`))
  },
  (command) => command.argument('<audit>').requiredOption('--why <text>', 'why'),
)

/** Needs no database, as `verify` does: what is drawn follows from the file and the seed. */
async function drawnFrom(file: string, seed: string, size: number) {
  const lowest = new Lowest<string>(size)
  try {
    const rows = parse({ columns: true, bom: true })
    createReadStream(file)
      .on('error', (error) => rows.destroy(error))
      .pipe(rows)
    for await (const { id } of rows as AsyncIterable<{ id?: string }>) {
      if (!id) throw new RollcallError('invalid', `${file} has no column id.`)
      lowest.add({ hash: drawHash(seed, id), row: id })
    }
  } catch (error) {
    if (error instanceof RollcallError) throw error
    throw new RollcallError('invalid', `${file} cannot be read as the file of a pack.`)
  }
  return lowest.drawn().map(({ hash, row: id }) => ({ id, hash }))
}

const redraw = cliCommand(
  'redraw',
  'draw again from the file of a pack: the ids of the rows that a seed gives, in their order',
  async ({ out, options }, file = '') => {
    const [size, skip] = [Number(options.size), Number(options.skip)]
    if (![size, skip].every((n) => Number.isSafeInteger(n) && n >= 0) || size < 1)
      throw new RollcallError('invalid', '--size and --skip must be whole numbers.')
    const drawn = (await drawnFrom(file, textOf(options.seed) ?? '', size + skip)).slice(skip)
    if (out.json) return out.answer('audit-redrawn/1', { rows: drawn })
    for (const { id, hash } of drawn) await out.line(`${id} ${hash}`)
  },
  (command) =>
    command
      .argument('<file>', 'population.csv, credentials.csv or findings.csv of the pack')
      .requiredOption('--seed <text>', 'the seed of the sample')
      .option('--size <rows>', 'how many', '25')
      .option('--skip <rows>', 'how many were drawn before by the same seed', '0'),
)

export const audits = new Command('audits')
  .description('audits: their items, what was said of them, and their samples')
  .addCommand(list)
  .addCommand(show)
  .addCommand(create)
  .addCommand(items)
  .addCommand(item)
  .addCommand(comment)
  .addCommand(status)
  .addCommand(close)
  .addCommand(redraw)
