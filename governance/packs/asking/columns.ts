// The columns of the list of packs as a file.
import type { Column } from '@/inventory/queries/columns'
import type { PackView } from './list'

const of = (key: string, title: string, csv: (row: PackView) => string, always?: true): Column<PackView> => ({
  key,
  title,
  csv,
  ...(always && { always }),
})

export const packColumns: readonly Column<PackView>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('state', 'State', (r) => r.state),
  of('title', 'Title', (r) => r.title),
  of('controls', 'Controls', (r) => r.asked.controls.join(' ')),
  of('asOf', 'As of', (r) => r.asked.asOf),
  of('known', 'As known at', (r) => r.asked.known),
  of('from', 'From', (r) => r.asked.from ?? ''),
  of('by', 'Asked by', (r) => r.by.name),
  of('askedAt', 'Asked', (r) => r.askedAt),
  of('endedAt', 'Ended', (r) => r.endedAt ?? ''),
  of('files', 'Files', (r) => String(r.asked.contents.length)),
  of('bytes', 'Bytes', (r) => String(r.bytes)),
  of('complete', 'Complete', (r) =>
    r.complete === undefined ? '' : r.complete ? 'complete' : 'not complete',
  ),
  of('sha256', 'SHA-256', (r) => r.sha256 ?? ''),
  of('key', 'Key', (r) => r.key ?? ''),
  of('failure', 'Why it failed', (r) => r.failure ?? ''),
  of('expiresAt', 'Kept until', (r) => r.expiresAt ?? ''),
  of('removedAt', 'File removed', (r) => r.removedAt ?? ''),
]
