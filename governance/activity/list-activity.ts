// Who did what, newest first.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import type { Prisma } from '@/prisma/client'
import { authorise } from '../authorise'
import type { Detail } from './record-activity'

export type ActivityRow = {
  id: string
  at: Instant
  actor: { kind: Actor['kind']; id: string; name: string }
  action: string
  object?: string
  detail: Detail
}

const SHOWN_MAX = 500
const SIZE = 100
const Place = z.string().regex(/^\d{1,18}$/, 'is no place of this list')

export const ActivityFilter = z.object({
  /** Names of actions, with commas. */
  action: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.string().max(100)).max(50))
    .optional(),
  /** The whole name of who did it. */
  actor: z.string().trim().max(300).optional(),
  /** Only acts on this object, such as `exception:<id>`. */
  object: z.string().trim().max(300).optional(),
  /** Not before, and before. */
  since: Instant.optional(),
  until: Instant.optional(),
  /** Place of the next page, as the one before returned it. */
  after: Place.optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type ActivityFilter = z.infer<typeof ActivityFilter>

type Asked = Partial<Omit<ActivityFilter, 'after' | 'size'>>
const whereOf = ({ action, actor, object, since, until }: Asked): Prisma.ActivityWhereInput => ({
  ...(action?.length && { action: { in: action } }),
  ...(actor && { actorName: actor }),
  ...(object && { object }),
  ...((since ?? until) && { at: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
})

export async function listActivity(
  actor: Actor | null,
  filter: Partial<ActivityFilter> = {},
): Promise<{ rows: ActivityRow[]; next?: string }> {
  authorise(actor, 'activity:read')
  const { after, size = SIZE } = filter
  const rows = await reader.activity.findMany({
    where: { ...whereOf(filter), ...(after && { id: { lt: BigInt(after) } }) },
    orderBy: { id: 'desc' },
    take: size + 1,
  })
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actor: { kind: row.actorKind as Actor['kind'], id: row.actorId, name: row.actorName },
      action: row.action,
      ...(row.object !== null && { object: row.object }),
      detail: row.detail as Detail,
    })),
    ...(rows.length > size && last && { next: String(last.id) }),
  }
}

/** All of it, page by page. */
export async function* eachActivity(
  actor: Actor | null,
  filter: Partial<ActivityFilter> = {},
): AsyncGenerator<ActivityRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await listActivity(actor, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
