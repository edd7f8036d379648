// Every exception there is or was: who asked, who decided, and whether it counts now.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Exception, Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { countCovered } from './exception-scope'

export const EXCEPTION_STATES = ['asked', 'approved', 'refused', 'withdrawn', 'expired', 'ended'] as const
export type ExceptionState = (typeof EXCEPTION_STATES)[number]
const SHOWN_MAX = 500
const SIZE = 100

export const ExceptionFilter = z.object({
  /** Unset: all of them. */
  state: oneOf(EXCEPTION_STATES),
  /** Place of the next page, as the one before returned it. */
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type ExceptionFilter = z.infer<typeof ExceptionFilter>

export type ExceptionView = {
  id: string
  state: ExceptionState
  rules: string[]
  about: string
  finding?: string
  identity?: string
  filter?: Record<string, string>
  reason: string
  evidence: string
  control: string
  /** Open findings it was about when it was asked for. */
  covered: number
  until: string
  requester: { id: string; name: string }
  askedAt: string
  decider?: { id: string; name: string }
  decidedAt?: string
  decisionNote?: string
  endedAt?: string
  endedBy?: string
  endedWhy?: string
}

/** What has run out is over, whether or not that was written down yet. */
const stateAt = ({ state, expiresAt }: Exception, now: Date): ExceptionState =>
  (state === 'asked' || state === 'approved') && expiresAt <= now ? 'expired' : (state as ExceptionState)

const viewOf = (row: Exception, now: Date): ExceptionView =>
  compact({
    id: row.id,
    state: stateAt(row, now),
    rules: row.rules,
    about: row.about,
    finding: row.findingId ?? undefined,
    identity: row.identityId ?? undefined,
    filter: (row.filter as Record<string, string> | null) ?? undefined,
    reason: row.reason,
    evidence: row.evidence,
    control: row.control,
    covered: row.covered,
    until: iso(row.expiresAt),
    requester: { id: row.requesterId, name: row.requesterName },
    askedAt: iso(row.askedAt),
    decider:
      row.deciderId === null ? undefined : { id: row.deciderId, name: row.deciderName ?? row.deciderId },
    decidedAt: isoOr(row.decidedAt),
    decisionNote: row.decisionNote ?? undefined,
    endedAt: isoOr(row.endedAt),
    endedBy: row.endedBy ?? undefined,
    endedWhy: row.endedWhy ?? undefined,
  })

const inStates = (states: readonly string[] | undefined, now: Date) => {
  if (!states || states.includes('any')) return {}
  const live = states.filter((state) => state === 'asked' || state === 'approved')
  const over = states.includes('expired')
    ? [{ state: { in: ['asked', 'approved'] }, expiresAt: { lte: now } }]
    : []
  return {
    OR: [
      { state: { in: live }, expiresAt: { gt: now } },
      { state: { in: states.filter((state) => state !== 'asked' && state !== 'approved') } },
      ...over,
    ],
  }
}

/** What comes after one of them, wherever that is listed by now: it may have been decided between two pages. */
async function following(id: string | undefined): Promise<Prisma.ExceptionWhereInput> {
  if (!id) return {}
  const last = await db.exception.findUnique({ where: { id }, select: { askedAt: true } })
  if (!last) return { id: { in: [] } }
  return { OR: [{ askedAt: { lt: last.askedAt } }, { askedAt: last.askedAt, id: { lt: id } }] }
}

/** Newest first. */
export async function listExceptions(
  actor: Actor | null,
  { state, after, size = SIZE }: Partial<ExceptionFilter> = {},
  now = new Date(),
): Promise<{ rows: ExceptionView[]; next?: string }> {
  authorise(actor, 'exception:read')
  const rows = await db.exception.findMany({
    where: { AND: [inStates(state, now), await following(after)] },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => viewOf(row, now)),
    ...(rows.length > size && last && { next: last.id }),
  }
}

/** @throws RollcallError `not-found` */
export async function exceptionView(
  actor: Actor | null,
  id: string,
  now = new Date(),
): Promise<ExceptionView & { /** Open findings it is about now. */ covers: number }> {
  authorise(actor, 'exception:read')
  const row = isUuid(id) ? await db.exception.findUnique({ where: { id } }) : null
  if (!row) throw new RollcallError('not-found', 'There is no such exception.')
  return { ...viewOf(row, now), covers: await countCovered(db, row) }
}

/** All of them, page by page. */
export async function* eachException(
  actor: Actor | null,
  filter: Partial<ExceptionFilter> = {},
): AsyncGenerator<ExceptionView[]> {
  let after = filter.after
  do {
    const { rows, next } = await listExceptions(actor, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
