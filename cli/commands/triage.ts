// `triage`: says who takes care of findings, how far they are, and until when they are put off; and undoes it.
import { RollcallError } from '@/core/errors'
import { FindingFilter, TRIAGE_STATUSES } from '@/core/list'
import { setTriage } from '@/governance/triage/set-triage'
import { undoTriage } from '@/governance/triage/undo-triage'
import { cliCommand, type At } from '../command'
import { EXIT, type Exit } from '../exit-codes'
import { printable } from '../table'

/** Names of the filter that also name what is set: the filter has them with `where` in front. */
const BOTH = ['status', 'assignee']
const PLACES = ['sort', 'size', 'after']
const FILTERS = Object.keys(FindingFilter.shape).filter((name) => !PLACES.includes(name))
const optionOf = (name: string) => (BOTH.includes(name) ? `where-${name}` : name)
const fieldOf = (option: string) => option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
/** `none` takes away. */
const orNone = (value: unknown) => (value === 'none' ? null : text(value))

function chosenIn(options: At['options'], id: string | undefined) {
  const filter = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = text(options[fieldOf(optionOf(name))])
      return value === undefined ? [] : [[name, value]]
    }),
  )
  if (id) return { findings: id.split(',') }
  if (options.all === true || Object.keys(filter).length) return { filter }
  throw new RollcallError('invalid', 'Say which: ids, a filter, or --all.')
}

async function run({ actor, out, options }: At, id?: string): Promise<Exit | void> {
  const actId = text(options.undo)
  if (actId !== undefined) {
    const undone = await undoTriage(actor, { actId })
    if (out.json) return out.answer('triage-undone/1', undone)
    return out.line(`Undone: ${undone.findings} as before.`)
  }
  const set = {
    status: TRIAGE_STATUSES.find((one) => one === options.status),
    assignee: orNone(options.assignee),
    note: orNone(options.note),
    snoozeUntil: orNone(options.snooze),
  }
  if (options.status !== undefined && !set.status)
    throw new RollcallError('invalid', `--status is one of ${TRIAGE_STATUSES.join(', ')}.`)
  const done = await setTriage(actor, { ...chosenIn(options, id), set })
  if (out.json) await out.answer('triage/1', done)
  else {
    for (const { id: left, why } of done.left) await out.line(printable(`${left}: ${why}`))
    await out.line(`${done.changed} of ${done.matched} changed.`)
    if (done.actId) await out.line(`To undo it: triage --undo ${done.actId}`)
  }
  return done.left.length ? EXIT.partial : EXIT.ok
}

export const triage = cliCommand('triage', 'take care of findings, one or all that match', run, (command) => {
  command
    .argument('[ids]', 'ids of findings, with commas; left out: those the filter matches')
    .option('--status <word>', `set how far it is: ${TRIAGE_STATUSES.join(', ')}`)
    .option('--assignee <member>', 'set who takes care, by address; none: nobody')
    .option('--note <text>', 'set a note; none: takes it away')
    .option('--snooze <day>', 'put off until the end of a day, in UTC; none: takes it back')
    .option('--all', 'every open finding that the filter matches')
    .option('--undo <act>', 'take back what an act did')
  for (const name of FILTERS)
    command.option(`--${optionOf(name)} <value>`, `those with ${name}= in the address of the page`)
  return command
})
