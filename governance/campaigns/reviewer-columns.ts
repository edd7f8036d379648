// The columns of the reviewers of a campaign as a file.
import type { Column } from '@/inventory/queries/columns'
import type { ReviewerRow } from './reviewers'

const of = (
  key: string,
  title: string,
  csv: (row: ReviewerRow) => string,
  always?: true,
): Column<ReviewerRow> => ({ key, title, csv, ...(always && { always }) })

export const reviewerColumns: readonly Column<ReviewerRow>[] = [
  of('id', 'Person id', (r) => r.person?.id ?? 'nobody', true),
  of('name', 'Reviewer', (r) => r.person?.name ?? 'nobody', true),
  of('here', 'Here', (r) => (r.person ? String(r.person.here) : '')),
  of('items', 'Items', (r) => String(r.items)),
  of('high', 'High risk', (r) => String(r.high)),
  of('medium', 'Medium risk', (r) => String(r.medium)),
  of('low', 'Low risk', (r) => String(r.low)),
  of('open', 'Open', (r) => String(r.open)),
  of('decided', 'Decided, not signed', (r) => String(r.decided)),
  of('signed', 'Signed', (r) => String(r.signed)),
  of('medianDwellMs', 'Median on evidence (ms)', (r) => r.medianDwellMs?.toString() ?? 'not measured'),
  of('removed', 'Removed or reduced', (r) => String(r.removed)),
  of('handedOn', 'Handed on', (r) => String(r.handedOn)),
]
