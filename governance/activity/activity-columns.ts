// The columns of the activity log as a file.
import type { Column } from '@/inventory/queries/columns'
import type { ActivityRow } from './list-activity'

const of = (
  key: string,
  title: string,
  csv: (row: ActivityRow) => string,
  always?: true,
): Column<ActivityRow> => ({ key, title, csv, ...(always && { always }) })

export const activityColumns: readonly Column<ActivityRow>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('at', 'When', (r) => r.at, true),
  of('actorKind', 'Kind of actor', (r) => r.actor.kind),
  of('actorId', 'Actor id', (r) => r.actor.id),
  of('actor', 'Who', (r) => r.actor.name),
  of('action', 'What', (r) => r.action),
  of('object', 'On', (r) => r.object ?? ''),
  of('detail', 'Detail', (r) => JSON.stringify(r.detail)),
]
