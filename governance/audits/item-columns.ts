// The columns of the lists of audits and of their items as files.
import type { Column } from '@/inventory/queries/columns'
import type { AuditRow } from './list-audits'
import type { ItemRow } from './list-items'
import { ITEM_STATUSES, STATUS_TITLES } from './status'

const columnOf =
  <R>() =>
  (key: string, title: string, csv: (row: R) => string, always?: true): Column<R> => ({
    key,
    title,
    csv,
    ...(always && { always }),
  })

const item = columnOf<ItemRow>()
export const itemColumns: readonly Column<ItemRow>[] = [
  item('id', 'Id', (r) => r.id, true),
  item('nth', 'Number', (r) => String(r.nth), true),
  item('origin', 'Origin', (r) => r.origin),
  item('title', 'Title', (r) => r.title),
  item('sample', 'Sample', (r) => r.sample?.nth.toString() ?? ''),
  item('seed', 'Seed', (r) => r.sample?.seed ?? ''),
  item('rank', 'Rank', (r) => r.rank?.toString() ?? ''),
  item('subjectKind', 'Subject kind', (r) => r.subject?.kind ?? ''),
  item('subjectId', 'Subject id', (r) => r.subject?.id ?? ''),
  item('status', 'Status', (r) => r.status),
  item('reason', 'Reason', (r) => r.reason ?? ''),
  item('statusAt', 'Status since', (r) => r.statusAt),
  item('statusBy', 'Status by', (r) => r.statusBy),
  item('due', 'Due', (r) => r.due ?? ''),
  item('overdue', 'Overdue', (r) => (r.overdue ? 'yes' : 'no')),
  item('openedAt', 'Opened', (r) => r.openedAt),
  item('openedBy', 'Opened by', (r) => r.openedBy),
  item('comments', 'Comments', (r) => String(r.comments)),
]

const audit = columnOf<AuditRow>()
export const auditColumns: readonly Column<AuditRow>[] = [
  audit('id', 'Id', (r) => r.id, true),
  audit('title', 'Title', (r) => r.title),
  audit('state', 'State', (r) => r.state),
  audit('from', 'Period from', (r) => r.from),
  audit('to', 'Period to', (r) => r.to),
  audit('auditors', 'Auditors', (r) => r.auditors.map(({ name }) => name).join('; ')),
  ...ITEM_STATUSES.map((status) => audit(status, STATUS_TITLES[status], (r) => String(r.counts[status]))),
  audit('overdue', 'Overdue', (r) => String(r.overdue)),
  audit('createdAt', 'Made', (r) => r.createdAt),
  audit('createdBy', 'Made by', (r) => r.createdBy),
  audit('closedAt', 'Closed', (r) => r.closedAt ?? ''),
]
