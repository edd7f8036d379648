// The items of an audit: what was asked and what was drawn, with how each stands; and one with all that was said of it.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { LINK_KINDS } from './audit-input'
import { itemsOf, seenAudit } from './held-audit'
import { sampleViewOf, SampleView } from './sampling/sample-view'
import { ITEM_STATUSES, OPEN_STATUSES, type ItemStatus } from './status'
import { threadOf } from './thread'

const SHOWN_MAX = 500
export const ORIGINS = ['request', 'sampled'] as const
const yes = z.enum(['yes']).optional()
export const ItemFilter = z.object({
  status: oneOf(ITEM_STATUSES),
  origin: oneOf(ORIGINS),
  /** Of one sample, by its id. */
  sample: z.guid('is not the id of a sample').optional(),
  /** What one has asked for, drawn, answered or said something of. */
  mine: yes,
  /** Requests whose day is over and of which nobody has said anything final. */
  overdue: yes,
  /** Part of what it is called. */
  q: z.string().trim().max(200).optional(),
  /** The number of the last item of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(100),
})
export type ItemFilter = z.infer<typeof ItemFilter>

export const ItemRow = z.object({
  id: z.guid(),
  nth: z.int(),
  origin: z.enum(ORIGINS),
  title: z.string(),
  due: Instant.optional(),
  overdue: z.boolean(),
  sample: z.object({ id: z.guid(), nth: z.int(), seed: z.string() }).optional(),
  rank: z.int().optional(),
  subject: z.object({ kind: z.string(), id: z.guid() }).optional(),
  status: z.enum(ITEM_STATUSES),
  reason: z.string().optional(),
  statusAt: Instant,
  statusBy: z.string(),
  openedAt: Instant,
  openedBy: z.string(),
  /** How many comments whoever asks may read. */
  comments: z.int(),
})
export type ItemRow = z.infer<typeof ItemRow>

export const ThreadEntry = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('comment'),
    id: z.guid(),
    at: Instant,
    by: z.string(),
    fromAuditor: z.boolean(),
    text: z.string(),
    internal: z.boolean(),
    /** Without a name where it is nothing that whoever asks may see. */
    link: z.object({ kind: z.enum(LINK_KINDS), id: z.guid().optional(), name: z.string() }).optional(),
  }),
  z.object({
    what: z.literal('status'),
    id: z.guid(),
    at: Instant,
    by: z.string(),
    before: z.enum(ITEM_STATUSES),
    after: z.enum(ITEM_STATUSES),
    reason: z.string().optional(),
  }),
])
export type ThreadEntry = z.infer<typeof ThreadEntry>

export const ItemView = ItemRow.omit({ sample: true }).extend({
  audit: z.object({ id: z.guid(), title: z.string(), closed: z.boolean(), from: Instant, to: Instant }),
  question: z.string().optional(),
  sample: SampleView.optional(),
  /** SHA-256 of its seed and id, in hex: its place in the draw. */
  hash: z.string().optional(),
  identityId: z.guid().optional(),
  /** Column by column, as it was at the moment of its sample. */
  values: z.record(z.string(), z.string()).optional(),
  thread: z.array(ThreadEntry),
  /** The items before and after it. */
  before: z.guid().optional(),
  next: z.guid().optional(),
})
export type ItemView = z.infer<typeof ItemView>

const WITH = {
  sample: { select: { id: true, nth: true, seed: true } },
  audit: { select: { closedAt: true } },
} as const
const shownComments = (actor: Actor): Prisma.AuditCommentWhereInput =>
  actor.role === 'auditor' ? { internal: false } : {}

const givenWords = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : [...words]

function whereOf(actor: Actor, filter: Partial<ItemFilter>, now: Date): Prisma.AuditItemWhereInput[] {
  const { sample, mine, overdue, q } = filter
  const [status, origin] = [givenWords(filter.status), givenWords(filter.origin)]
  const { id } = actor
  return [
    status ? { status: { in: status } } : {},
    origin ? { origin: { in: origin } } : {},
    sample ? { sampleId: sample } : {},
    q ? { title: { contains: q, mode: 'insensitive' } } : {},
    overdue ? { dueAt: { lt: now }, status: { in: [...OPEN_STATUSES] }, audit: { closedAt: null } } : {},
    mine
      ? {
          OR: [
            { openedById: id },
            { comments: { some: { actorId: id } } },
            { changes: { some: { actorId: id } } },
          ],
        }
      : {},
  ]
}

type Raw = Prisma.AuditItemGetPayload<{ include: typeof WITH }> & { _count: { comments: number } }
const rowOf = (raw: Raw, now: Date): ItemRow =>
  compact({
    id: raw.id,
    nth: raw.nth,
    origin: raw.origin as ItemRow['origin'],
    title: raw.title,
    due: isoOr(raw.dueAt),
    overdue:
      raw.dueAt !== null &&
      raw.dueAt < now &&
      !raw.audit.closedAt &&
      (OPEN_STATUSES as readonly string[]).includes(raw.status),
    sample: raw.sample ?? undefined,
    rank: raw.rank ?? undefined,
    subject:
      raw.subjectKind !== null && raw.subjectId !== null
        ? { kind: raw.subjectKind, id: raw.subjectId }
        : undefined,
    status: raw.status as ItemStatus,
    reason: raw.reason ?? undefined,
    statusAt: iso(raw.statusAt),
    statusBy: raw.statusBy,
    openedAt: iso(raw.openedAt),
    openedBy: raw.openedBy,
    comments: raw._count.comments,
  })

/** In their order. @throws RollcallError `not-found` */
export async function listItems(
  actor: Actor | null,
  auditId: string,
  filter: Partial<ItemFilter> = {},
  now = new Date(),
): Promise<{ rows: ItemRow[]; total: number; next?: number }> {
  authorise(actor, 'audit:read')
  await seenAudit(actor, auditId)
  const { after, size = 100 } = filter
  const where = { AND: [await itemsOf(actor), { auditId }, ...whereOf(actor, filter, now)] }
  const [found, total] = await Promise.all([
    db.auditItem.findMany({
      where: { ...where, ...(after !== undefined && { nth: { gt: after } }) },
      include: { ...WITH, _count: { select: { comments: { where: shownComments(actor) } } } },
      orderBy: { nth: 'asc' },
      take: size + 1,
    }),
    db.auditItem.count({ where }),
  ])
  const rows = found.slice(0, size).map((raw) => rowOf(raw, now))
  const last = rows.at(-1)
  return { rows, total, ...(found.length > size && last && { next: last.nth }) }
}

export async function* eachItem(
  actor: Actor | null,
  auditId: string,
  filter: Partial<ItemFilter> = {},
): AsyncGenerator<ItemRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await listItems(actor, auditId, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}

async function beside(where: Prisma.AuditItemWhereInput, nth: number) {
  const id = { select: { id: true } } as const
  const [before, next] = await Promise.all([
    db.auditItem.findFirst({
      where: { AND: [where, { nth: { lt: nth } }] },
      orderBy: { nth: 'desc' },
      ...id,
    }),
    db.auditItem.findFirst({ where: { AND: [where, { nth: { gt: nth } }] }, orderBy: { nth: 'asc' }, ...id }),
  ])
  return { before: before?.id, next: next?.id }
}

/** @throws RollcallError `not-found` for an item of another audit */
export async function itemView(
  actor: Actor | null,
  auditId: string,
  id: string,
  now = new Date(),
): Promise<ItemView> {
  authorise(actor, 'audit:read')
  const audit = await seenAudit(actor, auditId)
  const all: Prisma.AuditItemWhereInput = { AND: [await itemsOf(actor), { auditId }] }
  const raw = isUuid(id)
    ? await db.auditItem.findFirst({
        where: { AND: [all, { id }] },
        include: {
          audit: { select: { closedAt: true } },
          sample: { include: { _count: { select: { items: true } } } },
          _count: { select: { comments: { where: shownComments(actor) } } },
        },
      })
    : null
  if (!raw) throw new RollcallError('not-found', 'There is no such item in this audit.')
  const [thread, places] = await Promise.all([
    threadOf(actor, id, shownComments(actor)),
    beside(all, raw.nth),
  ])
  const { sample: _, ...row } = rowOf(raw, now)
  return compact({
    ...row,
    ...places,
    audit: {
      id: auditId,
      title: audit.title,
      closed: audit.closedAt !== null,
      from: iso(audit.periodFrom),
      to: iso(audit.periodTo),
    },
    question: raw.question ?? undefined,
    sample: raw.sample ? sampleViewOf(raw.sample) : undefined,
    hash: raw.hash ?? undefined,
    identityId: raw.identityId ?? undefined,
    values: (raw.values as Record<string, string> | null) ?? undefined,
    thread,
  })
}
