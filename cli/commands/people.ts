// `people`: who is in the directory, and files of people.
import { readFile, stat } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { importPeople, PEOPLE_BYTES_MAX, previewPeople } from '@/governance/directory/import-people'
import { eachPerson, listPeople, PeopleFilter, type PersonView } from '@/governance/directory/list-people'
import type { PeoplePreview } from '@/governance/directory/plan-people'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printable } from '../table'
import { minute } from '../words'

const HEAD = ['STANDING', 'NAME', 'E-MAIL', 'TEAMS', 'IDENTITIES', 'KNOWN FROM', 'LEFT']
const cells = (row: PersonView): string[] => [
  row.standing,
  row.name,
  row.email ?? '-',
  row.teams.join(', ') || '-',
  String(row.identities),
  row.sources.map(({ source }) => source).join(' ') || '-',
  minute(row.leftAt) || '-',
]

const list = cliCommand(
  'list',
  'list who is in the directory',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(PeopleFilter, options)
    if (options.all === true) {
      for await (const rows of eachPerson(actor, filter)) {
        if (out.json) for (const row of rows) await out.line(JSON.stringify(row))
        else await out.table(HEAD, rows.map(cells))
      }
      if (out.json) await out.answer('people/1', { end: true })
      return
    }
    const { rows, next } = await listPeople(actor, { ...filter, size: Math.min(limit, 500) })
    if (out.json) return out.answer('people/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(PeopleFilter),
)

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > PEOPLE_BYTES_MAX)
      throw new RollcallError('invalid', `${file} is larger than 20 MB.`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new RollcallError('not-found', `There is no file ${file} that can be read.`)
  }
}

const previewWords = ({
  people,
  added,
  changed,
  left,
  returned,
  leaveLater,
  missing,
}: PeoplePreview): string[] => [
  `${people} people: ${added} new, ${changed} changed, ${left} left, ${returned} back, ${leaveLater} leave on a later day.`,
  ...(missing.count
    ? [
        `${missing.count} are held to have left because the file leaves them out: ${missing.names.join(', ')}.`,
      ]
    : []),
]

const bring = cliCommand(
  'import',
  'bring a CSV of people into the directory, all of it or nothing',
  async ({ actor, out, options }, file = '') => {
    const name = typeof options.name === 'string' ? options.name : undefined
    const given = {
      csv: await textOf(file),
      complete: options.complete === true,
      ...(name !== undefined && { name }),
    }
    if (options.preview === true) {
      const preview = await previewPeople(actor, given)
      if (out.json) return out.answer('people-preview/1', preview)
      for (const line of previewWords(preview)) await out.line(printable(line))
      return
    }
    const leaving = Number(options.leaving ?? 0)
    if (!Number.isInteger(leaving))
      throw new RollcallError('invalid', '--leaving is a number, as --preview tells it.')
    const done = await importPeople(actor, { ...given, leaving })
    if (out.json) return out.answer('people-imported/1', done)
    for (const line of previewWords(done)) await out.line(printable(line))
  },
  (command) =>
    command
      .argument('<file>', 'a CSV: name, email, and where wanted id, manager, team, status, left')
      .option('--name <word>', 'sets files apart that come from different places')
      .option('--complete', 'whoever is not in it is held to have left')
      .option('--preview', 'say what it would change; nothing is written')
      .option('--leaving <count>', 'how many are held to have left, as the preview said'),
)

export const people = cliCommand(
  'people',
  'people and teams who can answer for identities: list, import',
  () => {
    throw new RollcallError('invalid', 'Say list or import.')
  },
)
  .enablePositionalOptions()
  .addCommand(list)
  .addCommand(bring)
