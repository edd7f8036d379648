// `sources`: where each source stands.
import { listSources } from '@/inventory/queries/list-sources'
import type { SourceRow } from '@/inventory/queries/types'
import { cliCommand } from '../command'
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

export const sources = cliCommand('sources', 'list sources with where they stand', async ({ actor, out }) => {
  const { rows, completeness } = await listSources(actor)
  if (out.json) return out.answer('sources/1', { rows, next: null, completeness })
  await out.table(HEAD, rows.map(cells))
  if (!rows.length)
    await out.line('No sources yet. Connect one, import a file, or look at the sample: rollcall sample add')
  await out.restsOn(completeness)
})
