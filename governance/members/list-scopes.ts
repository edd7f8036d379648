// The scopes that an auditor can be limited to.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

const SHOWN_MAX = 1000

export type ScopeToSee = { id: string; name: string; nativeId: string; type: string }

/** By name. */
export async function scopesToSee(actor: Actor | null): Promise<{ rows: ScopeToSee[]; more: boolean }> {
  authorise(actor, 'member:manage')
  const rows = await db.scope.findMany({
    select: { id: true, name: true, nativeId: true, type: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX + 1,
  })
  return { rows: rows.slice(0, SHOWN_MAX), more: rows.length > SHOWN_MAX }
}
