// The columns of delegations as a file.
import type { Column } from '@/inventory/queries/columns'
import type { DelegationView } from './list-delegations'

const of = (
  key: string,
  title: string,
  csv: (row: DelegationView) => string,
  always?: true,
): Column<DelegationView> => ({ key, title, csv, ...(always && { always }) })

export const delegationColumns: readonly Column<DelegationView>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('state', 'State', (r) => r.state, true),
  of('from', 'Away', (r) => r.from.name),
  of('to', 'Stands in', (r) => r.to.name),
  of('startsAt', 'From', (r) => r.startsAt),
  of('endsAt', 'Until', (r) => r.endsAt),
  of('why', 'Why', (r) => r.why ?? ''),
  of('madeBy', 'Made by', (r) => r.madeBy),
  of('madeAt', 'Made', (r) => r.madeAt),
  of('endedAt', 'Ended early', (r) => r.ended?.at ?? ''),
  of('endedBy', 'Ended by', (r) => r.ended?.by ?? ''),
]
