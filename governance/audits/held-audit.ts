// What every change of an audit begins with: it is there for whoever asks, and it is not closed.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db, type Tx } from '@/prisma/client'
import type { Prisma, Audit, AuditItem } from '@/prisma/generated/client'

/** An auditor is told of the audits that name them; the others of all. */
export const auditsOf = ({ role, id }: Actor): Prisma.AuditWhereInput =>
  role === 'auditor' ? { auditors: { some: { userId: id } } } : {}

/**
 * Samples that the actor may see: who is limited to some scopes sees those that were drawn within these.
 * Undefined: all of them.
 */
export async function samplesOf({ within }: Actor): Promise<string[] | undefined> {
  if (within === undefined) return undefined
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM audit_sample WHERE within <> '{}' AND within <@ ${[...within]}::uuid[]`
  return rows.map(({ id }) => id)
}

/** Items that the actor may see, of audits that they may see. */
export async function itemsOf(actor: Actor): Promise<Prisma.AuditItemWhereInput> {
  const samples = await samplesOf(actor)
  return {
    audit: auditsOf(actor),
    ...(samples && { OR: [{ sampleId: null }, { sampleId: { in: samples } }] }),
  }
}

const NO_AUDIT = 'There is no such audit.'
/** @throws RollcallError `not-found` */
export async function seenAudit(actor: Actor, id: string, from: Pick<Tx, 'audit'> = db): Promise<Audit> {
  const found = isUuid(id) ? await from.audit.findFirst({ where: { id, ...auditsOf(actor) } }) : null
  if (!found) throw new RollcallError('not-found', NO_AUDIT)
  return found
}

/** @throws RollcallError `conflict` for one that is closed */
export function ensureOpen({ closedAt, closedBy }: Audit): void {
  if (!closedAt) return
  throw new RollcallError(
    'conflict',
    `The audit was closed by ${closedBy ?? 'somebody'} on ${closedAt.toISOString().slice(0, 10)}: nothing of it changes any more.`,
  )
}

/** Held until the transaction ends: no two number their items alike, and nothing is added while it is closed. */
export async function auditToChange(tx: Tx, actor: Actor, id: string): Promise<Audit> {
  if (isUuid(id)) await tx.$queryRaw`SELECT 1 FROM audit WHERE id = ${id}::uuid FOR UPDATE`
  const held = await seenAudit(actor, id, tx)
  ensureOpen(held)
  return held
}

export type HeldItem = { audit: Audit; item: AuditItem & { sample: { drawnById: string } | null } }
/** @throws RollcallError `not-found` for an item of another audit, `conflict` where the audit is closed */
export async function itemToChange(tx: Tx, actor: Actor, auditId: string, id: string): Promise<HeldItem> {
  if (isUuid(auditId)) await tx.$queryRaw`SELECT 1 FROM audit WHERE id = ${auditId}::uuid FOR SHARE`
  const audit = await seenAudit(actor, auditId, tx)
  if (isUuid(id)) await tx.$queryRaw`SELECT 1 FROM audit_item WHERE id = ${id}::uuid FOR UPDATE`
  const item = isUuid(id)
    ? await tx.auditItem.findFirst({
        where: { id, auditId, ...(await itemsOf(actor)) },
        include: { sample: { select: { drawnById: true } } },
      })
    : null
  if (!item) throw new RollcallError('not-found', 'There is no such item in this audit.')
  ensureOpen(audit)
  return { audit, item }
}

/** The number after the last. The audit is held. */
export async function nextItem(tx: Tx, auditId: string): Promise<number> {
  const { _max } = await tx.auditItem.aggregate({ where: { auditId }, _max: { nth: true } })
  return (_max.nth ?? 0) + 1
}
