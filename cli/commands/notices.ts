// `notices`: the outbox, and having tried again what was given up.
import { RollcallError } from '@/core/errors'
import { eachNotice, listNotices, NoticeFilter, type NoticeView } from '@/governance/notices/list-notices'
import { retryNotices, withdrawNotices } from '@/governance/notices/retry-notices'
import { cliCommand, type At } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { minute } from '../words'

const HEAD = ['STATE', 'SUBJECT', 'TO', 'CHANNEL', 'WRITTEN', 'ATTEMPTS', 'WHAT WENT WRONG', 'ID']
const cells = (row: NoticeView): string[] => [
  row.sending ? 'sending' : row.state,
  row.subject ?? row.title,
  row.to.email ?? row.to.name,
  row.channel?.name ?? '-',
  minute(row.createdAt),
  String(row.attempts),
  row.error ?? '-',
  row.id,
]

const list = cliCommand(
  'list',
  'list what waits, was sent, was given up or withdrawn',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(NoticeFilter, options)
    if (options.all === true) {
      for await (const rows of eachNotice(actor, filter)) {
        if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
        else await out.table(HEAD, rows.map(cells))
      }
      if (out.json) await out.answer('notices/1', { end: true })
      return
    }
    const { rows, next } = await listNotices(actor, { ...filter, size: limit })
    if (out.json) return out.answer('notices/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(NoticeFilter),
)

function chosenIn({ options }: At, ids: string): string[] | 'all' {
  if (ids) return ids.split(',')
  if (options.all === true) return 'all'
  throw new RollcallError('invalid', 'Say which: ids with commas, or --all for every one that was given up.')
}

const retry = cliCommand(
  'retry',
  'have notices tried again that were given up',
  async (at, ids = '') => {
    const done = await retryNotices(at.actor, { notices: chosenIn(at, ids) })
    if (at.out.json) return at.out.answer('notices-retried/1', done)
    return at.out.line(`${done.ids.length} wait to be sent.`)
  },
  (command) =>
    command.argument('[ids]', 'their ids, with commas').option('--all', 'every one that was given up'),
)

const withdraw = cliCommand(
  'withdraw',
  'withdraw notices that were not sent',
  async (at, ids = '') => {
    const done = await withdrawNotices(at.actor, { notices: chosenIn(at, ids) })
    if (at.out.json) return at.out.answer('notices-withdrawn/1', done)
    return at.out.line(`${done.ids.length} withdrawn.`)
  },
  (command) =>
    command.argument('[ids]', 'their ids, with commas').option('--all', 'every one that was given up'),
)

export const notices = cliCommand('notices', 'the outbox: list, retry, withdraw', () => {
  throw new RollcallError('invalid', 'Say what: notices list, retry or withdraw.')
})
  .enablePositionalOptions()
  .addCommand(list)
  .addCommand(retry)
  .addCommand(withdraw)
