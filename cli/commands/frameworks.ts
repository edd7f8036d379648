// `frameworks`: how the controls of each framework stand, and with `show` those of one.
import type { Command } from 'commander'
import { ControlFilter } from '@/governance/frameworks/framework-filter'
import { getFramework, type ControlRow } from '@/governance/frameworks/get-framework'
import { listFrameworks, type FrameworkRow } from '@/governance/frameworks/list-frameworks'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand, type At } from '../command'
import { printable } from '../table'

const HEAD = [
  'ID',
  'FRAMEWORK',
  'VERSION',
  'WITH RULES',
  'FAILING',
  'WITH EXCEPTIONS',
  'CANNOT TELL',
  'NO FAILURE',
  'NO RULE',
]
const cells = (row: FrameworkRow): string[] => [
  row.id,
  row.title,
  row.version,
  `${row.spoken} of ${row.controls}`,
  String(row.states.failing),
  String(row.excepted),
  String(row.states['cannot-tell']),
  String(row.states['no-failure']),
  String(row.states['no-rule']),
]

const CONTROL_HEAD = [
  'CONTROL',
  'SEEN',
  'FAILING',
  'EXCEPTED',
  'NOT DECIDED',
  'PASSING',
  'NOT ASKED',
  'RULES',
  'TITLE',
]
const counted = (n: number | undefined): string => (n === undefined ? 'not counted' : String(n))
const controlCells = ({ control, state, counts, rules, title }: ControlRow): string[] => [
  control,
  state,
  String(counts.fail),
  String(counts.excepted),
  String(counts.unknown),
  counted(counts.pass),
  counted(counts.notAsked),
  String(rules.length),
  title,
]

/** All controls come at once, so that there is no page to ask for. */
function filterFrom(options: At['options']): ControlFilter {
  const given = Object.keys(ControlFilter.shape).flatMap((name) => {
    const value = options[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return parseFilter(ControlFilter, new URLSearchParams(given))
}

const withFilters = (command: Command): Command => {
  for (const name of Object.keys(ControlFilter.shape))
    command.option(`--${name} <value>`, `as ${name}= in the address of the page`)
  return command
}

async function printAll({ actor, out }: At): Promise<void> {
  const { rows, completeness } = await listFrameworks(actor)
  if (out.json) return out.answer('frameworks/1', { rows, completeness })
  await out.table(HEAD, rows.map(cells))
  await out.line('Counts are evidence toward a control, and no statement that it is met.')
  await out.restsOn(completeness)
}

async function printOne({ actor, out, options }: At, id: string): Promise<void> {
  const detail = await getFramework(actor, id, filterFrom(options))
  if (out.json) return out.answer('framework/1', detail)
  const { rows, successors, completeness } = detail
  if (successors)
    await out.line(
      `${successors.withdrawn} is of CSF 1.1; in 2.0 ${successors.now.join(', ')} took its place.`,
    )
  await out.table(CONTROL_HEAD, rows.map(controlCells))
  await out.line(printable(rows.length ? `${rows.length} controls.` : 'No controls match.'))
  await out.restsOn(completeness)
}

const show = cliCommand(
  'show',
  'list the controls of one framework with what the rules say of each',
  (at, id = '') => atAsked(at.options, () => printOne(at, id)),
  (command) => withAsOf(withFilters(command.argument('<id>', 'such as csf'))),
)

export const frameworks = cliCommand(
  'frameworks',
  'list the frameworks of controls and how their controls stand',
  (at) => atAsked(at.options, () => printAll(at)),
  withAsOf,
)
  // Or an option of `show` would be taken for one of the list.
  .enablePositionalOptions()
  .addCommand(show)
