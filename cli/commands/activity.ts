// `activity`: who did what, and whether the log is as it was written.
import { RollcallError } from '@/core/errors'
import {
  ActivityFilter,
  eachActivity,
  listActivity,
  type ActivityRow,
} from '@/governance/activity/list-activity'
import { ChainQuestion, verifyActivity, type Chain } from '@/governance/activity/verify-activity'
import { parseInput } from '@/governance/command'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { filterOf, withFilter } from '../filter-options'
import { minute } from '../words'

const HEAD = ['WHEN', 'WHO', 'WHAT', 'ON']
const cells = (row: ActivityRow): string[] => [minute(row.at), row.actor.name, row.action, row.object ?? '-']

const list = cliCommand(
  'list',
  'list what was done, newest first',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(ActivityFilter, options)
    if (options.all === true) {
      for await (const rows of eachActivity(actor, filter)) {
        if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
        else await out.table(HEAD, rows.map(cells))
      }
      if (out.json) await out.answer('activity/1', { end: true })
      return
    }
    const { rows, next } = await listActivity(actor, { ...filter, size: limit })
    if (out.json) return out.answer('activity/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(ActivityFilter),
)

const asWords = ({ entries, head }: Chain): string =>
  head
    ? `${entries} entries, each as it was written. Head ${head.seq}:${head.hash}`
    : 'Nothing was done yet: there is no entry.'

const UNGUARDED =
  'Rollcall works with a role that owns the log, and could take off what guards it: give it one of its own (docs/activity.md).'

const verify = cliCommand(
  'verify',
  'take the hashes of the log again, and name what was edited, taken out or put in',
  async ({ actor, out, options }) => {
    const chain = await verifyActivity(actor, parseInput(ChainQuestion, { head: options.head }))
    if (out.json) await out.answer('activity-chain/1', chain)
    else if (!chain.problems.length) await out.line(asWords(chain))
    else for (const { words } of chain.problems) await out.line(words)
    if (!out.json && !chain.isGuarded) await out.line(UNGUARDED)
    if (chain.more) await out.line('There is more than is told.')
    return chain.problems.length ? EXIT.failure : EXIT.ok
  },
  (command) => command.option('--head <place:hash>', 'a head that was noted before, such as in evidence'),
)

export const activity = cliCommand('activity', 'who did what: list, verify', () => {
  throw new RollcallError('invalid', 'Say what: activity list or verify.')
})
  .enablePositionalOptions()
  .addCommand(list)
  .addCommand(verify)
