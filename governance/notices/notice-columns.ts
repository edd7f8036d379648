// The columns of the outbox as a file.
import type { Column } from '@/inventory/queries/columns'
import type { NoticeView } from './list-notices'

const of = (
  key: string,
  title: string,
  csv: (row: NoticeView) => string,
  always?: true,
): Column<NoticeView> => ({ key, title, csv, ...(always && { always }) })

export const noticeColumns: readonly Column<NoticeView>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('state', 'State', (r) => r.state, true),
  of('kind', 'Kind', (r) => r.kind),
  of('subject', 'Subject', (r) => r.subject ?? ''),
  of('about', 'About', (r) => r.about),
  of('to', 'To', (r) => r.to.name),
  of('email', 'Address', (r) => r.to.email ?? ''),
  of('channel', 'Channel', (r) => r.channel?.name ?? ''),
  of('createdAt', 'Written', (r) => r.createdAt),
  of('notBefore', 'Not before', (r) => r.notBefore),
  of('attempts', 'Attempts', (r) => String(r.attempts)),
  of('error', 'What went wrong', (r) => r.error ?? ''),
  of('endedAt', 'Ended', (r) => r.endedAt ?? ''),
]
