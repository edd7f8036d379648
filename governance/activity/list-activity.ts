// Who did what, newest first.
import { z } from 'zod'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
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
const Filter = z.object({
  /** Place of the next page, as the one before returned it. */
  before: z.string().regex(/^\d+$/).optional(),
  /** Only acts on this object. */
  object: z.string().max(300).optional(),
  limit: z.number().int().min(1).max(500).default(100),
})

export async function listActivity(
  actor: Actor | null,
  filter: z.input<typeof Filter> = {},
): Promise<{ rows: ActivityRow[]; next?: string }> {
  authorise(actor, 'activity:read')
  const { before, object, limit } = Filter.parse(filter)
  const rows = await reader.activity.findMany({
    where: { ...(before && { id: { lt: BigInt(before) } }), ...(object && { object }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
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
    ...(rows.length > limit && last && { next: String(last.id) }),
  }
}
