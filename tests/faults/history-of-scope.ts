// Everything one scope holds and has held, as text that two scopes with the same history share.
import { KINDS } from '@/core/observation'
import { PROJECTIONS } from '@/inventory/projections'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Ids, which are made from the scope's own, when it was learned, and from which version before. */
const IDS = ['id', 'scope_id', 'identity_id', 'entitlement_id', 'run_id', 'retired_run_id', 'complete_run_id']
const DROPPED = [...IDS, 'known_from', 'known_to', 'step', 'prior_known', 'prior_valid']

export const freshScope = (): string => `s-${Math.random().toString(36).slice(2)}`
export const scopeId = (nativeId: string): string => scopeIdOf('demo', false, nativeId)

/** Table → its rows and ended versions, sorted. */
export async function historyOfScope(nativeId: string): Promise<Record<string, string[]>> {
  const tables = [...KINDS.map((kind) => PROJECTIONS[kind].table), 'look']
  const history: Record<string, string[]> = {}
  for (const table of tables) {
    const rows = await db.$queryRaw<{ row: object }[]>`
      SELECT to_jsonb(t) - ${DROPPED}::text[] AS row FROM ${Prisma.raw(`version.${table}`)} t
      WHERE scope_id = ${scopeId(nativeId)}::uuid`
    if (rows.length) history[table] = rows.map(({ row }) => JSON.stringify(row)).sort()
  }
  return history
}

/** Native id → its name, and whether it is there: the identities a scope holds. */
export async function identitiesOf(nativeId: string): Promise<Record<string, string>> {
  const rows = await db.identity.findMany({
    where: { scopeId: scopeId(nativeId) },
    orderBy: { nativeId: 'asc' },
  })
  return Object.fromEntries(rows.map((row) => [row.nativeId, row.retiredAt ? `${row.name}, gone` : row.name]))
}
