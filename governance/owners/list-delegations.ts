// Who stands in for whom: now, later, and who did.
import { z } from 'zod'
import { oneOf } from '@/core/list'
import { may, type Actor } from '@/core/permissions'
import { allOf, compact, containing, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { personOf } from './who'

const SIZE = 100
const SHOWN_MAX = 500
export const DELEGATION_STATES = ['now', 'later', 'over'] as const

export const DelegationFilter = z.object({
  /** Part of the name or address of either of the two. */
  q: z.string().trim().max(300).optional(),
  /** Unset: now and later. */
  state: oneOf(DELEGATION_STATES),
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type DelegationFilter = z.infer<typeof DelegationFilter>

export type DelegationView = {
  id: string
  state: (typeof DELEGATION_STATES)[number]
  from: { id: string; name: string }
  to: { id: string; name: string }
  startsAt: string
  /** The end of its last day. */
  endsAt: string
  why?: string
  madeBy: string
  madeAt: string
  /** Set where it was ended before its last day. */
  ended?: { at: string; by: string }
  /** Whether the one who asks may end it, or take its end back. */
  mayChange: boolean
}

type Raw = {
  id: string
  state: DelegationView['state']
  fromId: string
  from: string
  toId: string
  to: string
  startsAt: Date
  endsAt: Date
  why: string | null
  madeBy: string
  madeAt: Date
  endedAt: Date | null
  endedBy: string | null
}

const stateAt = (
  now: Date,
) => Prisma.sql`CASE WHEN d.ended_at IS NOT NULL OR d.ends_at <= ${now}::timestamptz THEN 'over'
  WHEN d.starts_at > ${now}::timestamptz THEN 'later' ELSE 'now' END`

function where(
  { q, state = ['now', 'later'], after }: Partial<DelegationFilter>,
  me: string | undefined,
  now: Date,
) {
  return allOf([
    me === undefined ? undefined : Prisma.sql`(d.from_id = ${me}::uuid OR d.to_id = ${me}::uuid)`,
    q
      ? Prisma.sql`(f.name ILIKE ${containing(q)} OR f.email ILIKE ${containing(q)} OR t.name ILIKE ${containing(q)}
          OR t.email ILIKE ${containing(q)})`
      : undefined,
    state.includes('any') ? undefined : Prisma.sql`${stateAt(now)} = ANY(${state}::text[])`,
    after
      ? Prisma.sql`(d.starts_at, d.id) < (SELECT a.starts_at, a.id FROM delegation a WHERE a.id = ${after}::uuid)`
      : undefined,
  ])
}

const viewOf = (
  { fromId, from, toId, to, startsAt, endsAt, madeAt, endedAt, endedBy, why, ...row }: Raw,
  mayChange: boolean,
) =>
  compact({
    ...row,
    ...{ from: { id: fromId, name: from }, to: { id: toId, name: to } },
    ...{ startsAt: iso(startsAt), endsAt: iso(endsAt), madeAt: iso(madeAt) },
    why: why ?? undefined,
    ended: endedAt ? { at: isoOr(endedAt) ?? '', by: endedBy ?? '' } : undefined,
    mayChange,
  }) as DelegationView

/** The latest first. Everybody's for those who read the directory; for an owner those that are about them. */
export async function listDelegations(
  actor: Actor | null,
  filter: Partial<DelegationFilter> = {},
  now = new Date(),
): Promise<{ rows: DelegationView[]; next?: string }> {
  authorise(actor, 'identity:read')
  const mine = (await personOf(db, actor))?.id
  const readsAll = may(actor, 'person:read')
  if (!readsAll && mine === undefined) return { rows: [] }
  const size = filter.size ?? SIZE
  const rows = await db.$queryRaw<Raw[]>(Prisma.sql`
    SELECT d.id, ${stateAt(now)} AS state, d.from_id AS "fromId", f.name AS from, d.to_id AS "toId", t.name AS to,
      d.starts_at AS "startsAt", d.ends_at AS "endsAt", d.why, d.made_by AS "madeBy", d.made_at AS "madeAt",
      d.ended_at AS "endedAt", d.ended_by AS "endedBy"
    FROM delegation d JOIN person f ON f.id = d.from_id JOIN person t ON t.id = d.to_id
    WHERE ${where(filter, readsAll ? undefined : mine, now)}
    ORDER BY d.starts_at DESC, d.id DESC LIMIT ${size + 1}::int`)
  const last = rows.slice(0, size).at(-1)
  const mayChange = ({ fromId, toId }: Raw) =>
    may(actor, 'owner:assign') || (may(actor, 'owner:answer') && (fromId === mine || toId === mine))
  return {
    rows: rows.slice(0, size).map((row) => viewOf(row, mayChange(row))),
    ...(rows.length > size && last && { next: last.id }),
  }
}

/** All of them, page by page. */
export async function* eachDelegation(
  actor: Actor | null,
  filter: Partial<DelegationFilter> = {},
): AsyncGenerator<DelegationView[]> {
  let after = filter.after
  do {
    const { rows, next } = await listDelegations(actor, {
      ...filter,
      size: SHOWN_MAX,
      ...(after && { after }),
    })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
