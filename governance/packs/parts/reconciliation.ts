// What was read laid beside what is held, for each source and kind.
import { reconcile, type Reconciled } from '../reconciliation/reconcile'
import { columnsOf, tablePart } from './csv-part'

const of = columnsOf<Reconciled>()

export const reconciliation = tablePart({
  id: 'reconciliation',
  file: 'reconciliation.csv',
  about:
    'For each source and kind: how many the source says that there are, where it does; how many were read, are held and are left out, with why; what was refused. What nobody explains is a gap.',
  needs: 'source:read',
  columns: [
    of('connection', 'Source', (r) => r.connection),
    of('connector', 'Connector', (r) => r.connector),
    of('scope', 'Scope', (r) => r.scope),
    of('scopeNativeId', 'Scope native id', (r) => r.scopeNativeId),
    of('kind', 'Kind', (r) => r.kind),
    of('reported', 'The source says', (r) => r.reported?.toString() ?? 'unknown'),
    of('read', 'Read by the last complete look', (r) => r.read?.toString() ?? 'unknown'),
    of('held', 'Held', (r) => String(r.held)),
    of('excluded', 'Left out', (r) => r.excluded.map(({ count, why }) => `${count}: ${why}`).join('; ')),
    of('unexplained', 'Not explained', (r) => (r.read === undefined ? 'unknown' : String(r.unexplained))),
    of('refused', 'Refused calls', (r) =>
      r.refused.map(({ permission, times, call }) => `${permission} × ${times}: ${call}`).join('; '),
    ),
    of('state', 'Seen', (r) => r.state),
    of('lookedAt', 'Looked at', (r) => r.lookedAt ?? 'never'),
    of('completeAt', 'Last complete look', (r) => r.completeAt ?? 'never'),
    of('why', 'Because', (r) => r.why ?? ''),
  ],
  rows: reconcile,
})
