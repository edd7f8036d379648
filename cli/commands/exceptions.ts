// `exceptions`: lists them. Asking and deciding need two named members: that is done in the browser, or with their tokens.
import { eachException, ExceptionFilter, listExceptions } from '@/governance/exceptions/list-exceptions'
import type { ExceptionView } from '@/governance/exceptions/list-exceptions'
import { endException } from '@/governance/exceptions/end-exception'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { minute } from '../words'

const HEAD = ['STATE', 'RULES', 'ABOUT', 'FINDINGS', 'ASKED BY', 'DECIDED BY', 'UNTIL', 'ID']

const cells = (row: ExceptionView): string[] => [
  row.state,
  row.rules.join(' '),
  row.about,
  String(row.covered),
  row.requester.name,
  row.decider?.name ?? '-',
  minute(row.endedAt ?? row.until),
  row.id,
]

export const exceptions = cliCommand(
  'exceptions',
  'list exceptions, or end one',
  async ({ actor, out, options }) => {
    if (typeof options.end === 'string') {
      const ended = await endException(actor, { id: options.end, why: String(options.why ?? '') })
      if (out.json) return out.answer('exception-ended/1', ended)
      return out.line('Ended. Its findings are back.')
    }
    const { filter, limit } = filterOf(ExceptionFilter, options)
    if (options.all === true) {
      for await (const rows of eachException(actor, filter)) {
        if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
        else await out.table(HEAD, rows.map(cells))
      }
      if (out.json) await out.answer('exceptions/1', { end: true })
      return
    }
    const { rows, next } = await listExceptions(actor, { ...filter, size: limit })
    if (out.json) return out.answer('exceptions/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  (command) =>
    withFilter(ExceptionFilter)(command)
      .option('--end <id>', 'end this one before its last day')
      .option('--why <text>', 'why it is ended'),
)
