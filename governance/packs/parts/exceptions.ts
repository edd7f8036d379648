// What was let be for a time, by whom and until when, as it stood at what was known.
import { iso, isoOr } from '@/inventory/queries/sql'
import { columnsOf, tablePart } from './csv-part'
import { eachPackException, type ExceptionRow } from './exception-rows'
import { REMOVED } from './people'

const of = columnsOf<ExceptionRow>()
export const exceptions = tablePart({
  id: 'exceptions',
  file: 'exceptions.csv',
  about:
    'Exceptions about these identities, as they stood then: who asked, who approved, why, what keeps the harm small, and until when.',
  needs: 'exception:read',
  columns: [
    of('id', 'Id', (r) => r.id),
    of('state', 'State', (r) => r.stateThen),
    of('rules', 'Rules', (r) => r.rules.join(' ')),
    of('about', 'About', (r) => r.about),
    of('finding', 'Finding id', (r) => r.findingId ?? ''),
    of('identity', 'Identity id', (r) => r.identityId ?? ''),
    of('filter', 'Filter', (r) => (r.filter === null ? '' : JSON.stringify(r.filter))),
    of('covered', 'Findings when asked', (r) => String(r.covered)),
    of('covers', 'Findings of this population', (r) => String(r.covers)),
    of('reason', 'Reason', (r) => r.reason),
    of('evidence', 'Evidence', (r) => r.evidence),
    of('control', 'Compensating control', (r) => r.control),
    of('until', 'Until', (r) => iso(r.expiresAt)),
    of('requester', 'Asked by', (r) => r.requesterName),
    of('askedAt', 'Asked', (r) => iso(r.askedAt)),
    of('decider', 'Decided by', (r) => r.deciderName ?? ''),
    of('decidedAt', 'Decided', (r) => isoOr(r.decidedAt) ?? 'not decided'),
    of('decisionNote', 'Note of the decision', (r) => r.decisionNote ?? ''),
    of('endedAt', 'Ended', (r) => isoOr(r.endedAt) ?? ''),
    of('endedBy', 'Ended by', (r) => r.endedBy ?? ''),
    of('endedWhy', 'Ended because', (r) => r.endedWhy ?? ''),
  ],
  rows: eachPackException,
  redacted: (row, named) => ({
    ...row,
    reason: REMOVED,
    control: row.control === '' ? '' : REMOVED,
    requesterName: named(row.requesterName),
    deciderName: row.deciderName === null ? null : named(row.deciderName),
    decisionNote: row.decisionNote === null ? null : REMOVED,
    endedBy: row.endedBy === null ? null : named(row.endedBy),
    endedWhy: row.endedWhy === null ? null : REMOVED,
  }),
})
