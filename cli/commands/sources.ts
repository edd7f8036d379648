// `sources`: where each source stands.
import { listSources } from '@/inventory/queries/list-sources'
import { goesOnWords } from '@/core/resume-words'
import type { SourceRow } from '@/inventory/queries/types'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand, type At } from '../command'
import { printable } from '../table'
import { minute } from '../words'

const HEAD = ['NAME', 'CONNECTOR', 'MODE', 'STATE', 'SCOPES', 'SEEN WHOLE AT', 'NEXT SYNC', 'ID']

const cells = (row: SourceRow): string[] => [
  row.name,
  row.connectorId,
  row.mode,
  row.state,
  String(row.scopeCount),
  minute(row.completeAt) || 'never',
  minute(row.nextDueAt) || '-',
  row.id,
]

async function print({ actor, out }: At): Promise<void> {
  const { rows, completeness } = await listSources(actor)
  if (out.json) return out.answer('sources/1', { rows, next: null, completeness })
  await out.table(HEAD, rows.map(cells))
  for (const { name, goesOn } of rows)
    if (goesOn?.resumes) await out.line(printable(`${name}: ${goesOnWords(goesOn.resumes)}`))
  if (!rows.length)
    await out.line('No sources yet. Connect one, import a file, or look at the sample: rollcall sample add')
  await out.restsOn(completeness)
}

export const sources = cliCommand(
  'sources',
  'list sources with where they stand',
  (at) => atAsked(at.options, () => print(at)),
  withAsOf,
)
