// Audits as they are told: the list of them, with how many items stand how, and one with all that belongs to it.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import { may, type Actor } from '@/core/permissions'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Audit, Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { PackView, packViewOf } from '../packs/asking/list'
import { auditsOf, itemsOf, samplesOf, seenAudit } from './held-audit'
import { sampleViewOf, SampleView } from './sampling/sample-view'
import { ITEM_STATUSES, OPEN_STATUSES, type ItemStatus } from './status'

const SHOWN_MAX = 200
export const AUDIT_STATES = ['open', 'closed'] as const
export const AuditFilter = z.object({
  /** Unset: all of them. */
  state: oneOf(AUDIT_STATES),
  /** Part of its title. */
  q: z.string().trim().max(200).optional(),
  after: z.guid('is no place of this list').optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(50),
})
export type AuditFilter = z.infer<typeof AuditFilter>

const Counts = z.record(z.enum(ITEM_STATUSES), z.int())
export const AuditRow = z.object({
  id: z.guid(),
  title: z.string(),
  state: z.enum(AUDIT_STATES),
  /** Its period: from the beginning of the first day to the end of the last one. */
  from: Instant,
  to: Instant,
  auditors: z.array(z.object({ id: z.string(), name: z.string() })),
  createdAt: Instant,
  createdBy: z.string(),
  closedAt: Instant.optional(),
  /** Items by status, of those that whoever asks may see. */
  counts: Counts,
  /** Requests whose day is over and of which nobody has said anything final. */
  overdue: z.int(),
})
export type AuditRow = z.infer<typeof AuditRow>

export const SharedPack = PackView.extend({ sharedAt: Instant, sharedBy: z.string() })
export const AuditView = AuditRow.extend({
  about: z.string(),
  controls: z.array(z.string()),
  closedBy: z.string().optional(),
  closedWhy: z.string().optional(),
  packs: z.array(SharedPack),
  samples: z.array(SampleView),
  /** Of all items, how many were asked for in words. */
  requests: z.int(),
})
export type AuditView = z.infer<typeof AuditView>

const NONE = Object.fromEntries(ITEM_STATUSES.map((status) => [status, 0])) as Record<ItemStatus, number>
export const openOf = (counts: Readonly<Record<ItemStatus, number>>): number =>
  OPEN_STATUSES.reduce((sum, status) => sum + counts[status], 0)

type Told = Audit & { auditors: { userId: string; name: string }[] }
async function rowsOf(actor: Actor, audits: readonly Told[], now: Date): Promise<AuditRow[]> {
  const where: Prisma.AuditItemWhereInput = {
    AND: [await itemsOf(actor), { auditId: { in: audits.map(({ id }) => id) } }],
  }
  const [counted, overdue] = await Promise.all([
    db.auditItem.groupBy({ by: ['auditId', 'status'], where, _count: true }),
    db.auditItem.groupBy({
      by: ['auditId'],
      where: { AND: [where, { status: { in: [...OPEN_STATUSES] }, dueAt: { lt: now } }] },
      _count: true,
    }),
  ])
  return audits.map(({ id, title, periodFrom, periodTo, auditors, createdAt, createdByName, closedAt }) =>
    compact({
      id,
      title,
      state: closedAt ? ('closed' as const) : ('open' as const),
      from: iso(periodFrom),
      to: iso(periodTo),
      auditors: auditors.map(({ userId, name }) => ({ id: userId, name })),
      createdAt: iso(createdAt),
      createdBy: createdByName,
      closedAt: isoOr(closedAt),
      counts: {
        ...NONE,
        ...Object.fromEntries(
          counted.filter(({ auditId }) => auditId === id).map(({ status, _count }) => [status, _count]),
        ),
      },
      overdue: closedAt ? 0 : (overdue.find(({ auditId }) => auditId === id)?._count ?? 0),
    }),
  )
}

const inState = (state: AuditFilter['state']): Prisma.AuditWhereInput => {
  if (!state || state.includes('any') || new Set(state).size > 1) return {}
  return { closedAt: state.includes('open') ? null : { not: null } }
}
const AUDITORS = {
  orderBy: [{ name: 'asc' }, { userId: 'asc' }],
  select: { userId: true, name: true },
} satisfies Prisma.Audit$auditorsArgs

/** Newest first. An auditor is told of those that name them. */
export async function listAudits(
  actor: Actor | null,
  filter: Partial<AuditFilter> = {},
  now = new Date(),
): Promise<{ rows: AuditRow[]; next?: string }> {
  authorise(actor, 'audit:read')
  const { state, q, after, size = 50 } = filter
  const found = await db.audit.findMany({
    where: {
      ...auditsOf(actor),
      ...inState(state),
      ...(q && { title: { contains: q, mode: 'insensitive' } }),
      ...(after && { id: { lt: after } }),
    },
    include: { auditors: AUDITORS },
    orderBy: { id: 'desc' },
    take: size + 1,
  })
  const rows = await rowsOf(actor, found.slice(0, size), now)
  const last = rows.at(-1)
  return { rows, ...(found.length > size && last && { next: last.id }) }
}

export async function* eachAudit(
  actor: Actor | null,
  filter: Partial<AuditFilter> = {},
): AsyncGenerator<AuditRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await listAudits(actor, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}

async function packsOf(actor: Actor, auditId: string): Promise<z.infer<typeof SharedPack>[]> {
  if (!may(actor, 'evidence:read')) return []
  const shared = await db.auditPack.findMany({
    where: { auditId },
    include: { pack: true },
    orderBy: { packId: 'desc' },
  })
  return shared.map(({ pack, sharedAt, sharedBy }) => ({
    ...packViewOf(actor, pack),
    sharedAt: iso(sharedAt),
    sharedBy,
  }))
}

/** @throws RollcallError `not-found` for one that does not name the auditor who asks */
export async function auditView(actor: Actor | null, id: string, now = new Date()): Promise<AuditView> {
  authorise(actor, 'audit:read')
  const held = await seenAudit(actor, id)
  const [auditors, seen, items, packs] = await Promise.all([
    db.auditAuditor.findMany({ where: { auditId: id }, ...AUDITORS }),
    samplesOf(actor),
    itemsOf(actor),
    packsOf(actor, id),
  ])
  const [[row], samples, requests] = await Promise.all([
    rowsOf(actor, [{ ...held, auditors }], now),
    db.auditSample.findMany({
      where: { auditId: id, ...(seen && { id: { in: seen } }) },
      include: { _count: { select: { items: true } } },
      orderBy: { nth: 'asc' },
    }),
    db.auditItem.count({ where: { AND: [items, { auditId: id, origin: 'request' }] } }),
  ])
  return compact({
    ...(row as AuditRow),
    about: held.about,
    controls: held.controls,
    closedBy: held.closedBy ?? undefined,
    closedWhy: held.closedWhy ?? undefined,
    packs,
    samples: samples.map(sampleViewOf),
    requests,
  })
}
