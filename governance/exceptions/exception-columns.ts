// The columns of exceptions as a file.
import type { Column } from '@/inventory/queries/columns'
import type { ExceptionView } from './list-exceptions'

const of = (
  key: string,
  title: string,
  csv: (row: ExceptionView) => string,
  always?: true,
): Column<ExceptionView> => ({ key, title, csv, ...(always && { always }) })

export const exceptionColumns: readonly Column<ExceptionView>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('state', 'State', (r) => r.state, true),
  of('rules', 'Rules', (r) => r.rules.join(' ')),
  of('about', 'About', (r) => r.about),
  of('finding', 'Finding id', (r) => r.finding ?? ''),
  of('identity', 'Identity id', (r) => r.identity ?? ''),
  of('filter', 'Filter', (r) => (r.filter ? JSON.stringify(r.filter) : '')),
  of('covered', 'Findings when asked', (r) => String(r.covered)),
  of('reason', 'Reason', (r) => r.reason),
  of('evidence', 'Evidence', (r) => r.evidence),
  of('control', 'Compensating control', (r) => r.control),
  of('until', 'Until', (r) => r.until),
  of('requester', 'Asked by', (r) => r.requester.name),
  of('askedAt', 'Asked', (r) => r.askedAt),
  of('decider', 'Decided by', (r) => r.decider?.name ?? ''),
  of('decidedAt', 'Decided', (r) => r.decidedAt ?? ''),
  of('decisionNote', 'Note of the decision', (r) => r.decisionNote ?? ''),
  of('endedAt', 'Ended', (r) => r.endedAt ?? ''),
  of('endedBy', 'Ended by', (r) => r.endedBy ?? ''),
  of('endedWhy', 'Ended because', (r) => r.endedWhy ?? ''),
]
