// Who is told about an audit: whoever made it of a new request, and its auditors of what is ready or answered.
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import type { Audit, AuditItem } from '@/prisma/generated/client'
import { notify } from '../notices/notify'
import { membersNamed, type Person } from '../notices/recipients'
import type { HeldItem } from './held-audit'

const aboutOf = ({ id }: Audit) => `audit:${id}`
const common = (audit: Audit, { id, title }: Pick<AuditItem, 'id' | 'title'>) => ({
  id: audit.id,
  audit: audit.title,
  item: id,
  title,
})

type Asked = { audit: Audit; item: AuditItem; by: string }
export async function tellAsked(tx: Tx, { audit, item, by }: Asked, now: Date): Promise<void> {
  const to = await membersNamed(tx, [audit.createdById])
  const data = { ...common(audit, item), by, due: item.dueAt?.toISOString() ?? null }
  await notify(tx, { kind: 'audit.asked', about: aboutOf(audit), once: item.id, data, to }, now)
}

/** Of a request all auditors; of a drawn row whoever drew it: another may not see where it lies. */
async function auditorsOf(tx: Tx, { audit, item }: HeldItem, but: string): Promise<Person[]> {
  const named = await tx.auditAuditor.findMany({ where: { auditId: audit.id }, select: { userId: true } })
  const all = named.map(({ userId }) => userId).filter((id) => id !== but)
  return membersNamed(tx, item.sample ? all.filter((id) => id === item.sample?.drawnById) : all)
}

type By = HeldItem & { by: Actor }
export async function tellReady(tx: Tx, { by, ...held }: By, now: Date): Promise<void> {
  const { audit, item } = held
  const to = await auditorsOf(tx, held, by.id)
  const once = `${item.id} ${now.toISOString()}`
  const data = { ...common(audit, item), by: by.name }
  await notify(tx, { kind: 'audit.ready', about: aboutOf(audit), once, data, to }, now)
}

export async function tellAnswered(
  tx: Tx,
  { by, comment, ...held }: By & { comment: string },
  now: Date,
): Promise<void> {
  const { audit, item } = held
  const to = await auditorsOf(tx, held, by.id)
  const data = { ...common(audit, item), by: by.name }
  await notify(tx, { kind: 'audit.answered', about: aboutOf(audit), once: comment, data, to }, now)
}
