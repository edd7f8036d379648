// The columns of identities by who answers for them, as a file.
import type { Column } from '@/inventory/queries/columns'
import type { OwnershipRow } from './list-ownership'
import { EVIDENCE } from './suggest/evidence'
import type { Suggestion } from './suggest/weigh'

const of = (
  key: string,
  title: string,
  csv: (row: OwnershipRow) => string,
  always?: true,
): Column<OwnershipRow> => ({ key, title, csv, ...(always && { always }) })

/** One suggestion in a line: who, how sure, and why. */
export const suggestionWords = ({ role, name, confidence, evidence, conflict }: Suggestion): string =>
  [
    `${role} ${name}: ${confidence}`,
    evidence.map(({ kind, words }) => `${EVIDENCE[kind].title} (${words})`).join(', '),
    ...(conflict ? [`conflicts with ${conflict.join(', ')}`] : []),
  ].join('; ')

export const ownershipColumns: readonly Column<OwnershipRow>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('name', 'Name', (r) => r.name, true),
  of('type', 'Type', (r) => r.type),
  of('class', 'Class', (r) => r.class),
  of('scope', 'Scope', (r) => r.scope.name),
  of('ownership', 'Ownership', (r) => r.ownership),
  of('owner', 'Owner', (r) => r.owner.name ?? (r.owner.state === 'absent' ? 'none' : 'unknown')),
  of('confirmedBy', 'Confirmed by', (r) => r.confirmed?.by ?? ''),
  of('confirmedAt', 'Confirmed', (r) => r.confirmed?.at ?? ''),
  of('dispute', 'Disputed because', (r) => r.dispute?.why ?? ''),
  of('file', 'OWNERS file', (r) =>
    r.declared ? `${r.declared.owner} (line ${r.declared.line})${r.declared.differs ? ', differs' : ''}` : '',
  ),
  of('suggestions', 'Suggested', (r) => r.suggestions.map(suggestionWords).join(' | ')),
]
