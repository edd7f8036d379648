// Which sources the pack rests on: every stream and kind of every scope, how it was last looked at, and what was refused.
import { eachLook, instantOr, refusedIn, type LookRow } from '../reconciliation/looks'
import { columnsOf, tablePart } from './csv-part'

const of = columnsOf<LookRow>()
const count = (n: number | null) => (n === null ? 'unknown' : String(n))
export const sources = tablePart({
  id: 'sources',
  file: 'sources.csv',
  about:
    'Every part of every source in scope: the run that looked last and the last complete look, how many rows they read, and what was refused.',
  needs: 'source:read',
  columns: [
    of('connection', 'Source', (r) => r.connection),
    of('connector', 'Connector', (r) => r.connector),
    of('mode', 'Read', (r) => r.mode),
    of('scopeId', 'Scope id', (r) => r.scopeId),
    of('scope', 'Scope', (r) => r.scope),
    of('scopeNativeId', 'Scope native id', (r) => r.scopeNativeId),
    of('stream', 'Stream', (r) => r.stream ?? 'never looked at'),
    of('kind', 'Kind', (r) => r.kind ?? 'everything'),
    of('state', 'Last look', (r) => r.state ?? 'none'),
    of('lookedAt', 'Looked at', (r) => instantOr(r.at) ?? 'never'),
    of('completeAt', 'Last complete look', (r) => instantOr(r.completeAt) ?? 'never'),
    of('why', 'Fell short because', (r) => r.why ?? ''),
    of('permission', 'Permission', (r) => r.permission ?? ''),
    of('detail', 'Detail', (r) => r.detail ?? ''),
    of('read', 'Rows of the last complete look', (r) => count(r.read)),
    of('readLast', 'Rows of the last look', (r) => count(r.readLast)),
    of('refused', 'Refused calls', (r) =>
      refusedIn(r)
        .map(({ permission, times, call }) => `${permission} × ${times}: ${call}`)
        .join('; '),
    ),
    of('runId', 'Run id', (r) => r.runId ?? ''),
    of('runState', 'Run', (r) => r.runState ?? (r.runId ? 'not kept any more' : '')),
    of('trigger', 'Run by', (r) => r.trigger ?? ''),
    of('requestedBy', 'Asked for by', (r) => r.requestedBy ?? ''),
    of('startedAt', 'Run began', (r) => instantOr(r.startedAt) ?? ''),
    of('endedAt', 'Run ended', (r) => instantOr(r.endedAt) ?? ''),
    of('error', 'Error', (r) => r.error ?? ''),
  ],
  rows: eachLook,
  redacted: (row, named) => ({
    ...row,
    requestedBy: row.requestedBy === null ? null : named(row.requestedBy),
  }),
})
