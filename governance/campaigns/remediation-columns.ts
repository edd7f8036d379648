// The columns of remediations as a file.
import type { Column } from '@/inventory/queries/columns'
import type { RemediationRow } from './remediations'

const of = (
  key: string,
  title: string,
  csv: (row: RemediationRow) => string,
  always?: true,
): Column<RemediationRow> => ({ key, title, csv, ...(always && { always }) })

export const remediationColumns: readonly Column<RemediationRow>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('item', 'Item id', (r) => r.item, true),
  of('identity', 'Identity id', (r) => r.identityId, true),
  of('name', 'Name', (r) => r.name, true),
  of('kind', 'What', (r) => r.kind),
  of('state', 'State', (r) => r.state),
  of('since', 'Since', (r) => r.since ?? 'not known'),
  of('why', 'Cannot be verified because', (r) => r.why ?? ''),
  of('reviewer', 'Reviewer', (r) => r.reviewer ?? ''),
  of('decidedBy', 'Decided by', (r) => r.decidedBy),
  of('decidedAt', 'Decided', (r) => r.decidedAt),
  of('signedAt', 'Signed', (r) => r.signedAt ?? ''),
  of('appliedAt', 'Applied', (r) => r.appliedAt ?? ''),
  of('appliedBy', 'Applied by', (r) => r.appliedBy ?? ''),
  of('appliedNote', 'Note', (r) => r.appliedNote ?? ''),
  of('drops', 'Grants to be taken away', (r) => r.drops.join(' ')),
  of('steps', 'Steps', (r) => r.steps.join('; ')),
]
