// What waits to be brought in for one source, scope by scope, with what was refused meanwhile.
import type { Scope } from '@/core/connector'
import type { Observation } from '@/core/observation'
import type { Why } from '@/core/fact'
import type { Gap } from '@/core/upstream'
import { newerUses } from '@/inventory/newer-uses'
import { db } from '@/prisma/client'

/** So long a refusal is told with each look. */
const TOLD_FOR_MS = 24 * 3600_000

export type WaitingScope = { scopeId: string; scope: Scope; observations: Observation[]; gaps: Gap[] }
export type Waiting = {
  /** Names all of it, for when it was brought in. */
  ids: bigint[]
  /** Those of which there is anything new to say. */
  scopes: WaitingScope[]
}

export async function waitingFor(connectionId: string, stream: string): Promise<Waiting> {
  const rows = await db.received.findMany({ where: { connectionId }, orderBy: { id: 'asc' } })
  const gaps = await gapsOf(connectionId)
  const scopeIds = [...new Set([...rows, ...gaps].map(({ scopeId }) => scopeId))]
  const known = await db.scope.findMany({ where: { id: { in: scopeIds } }, orderBy: { id: 'asc' } })
  const scopes: WaitingScope[] = []
  for (const { id, nativeId, name, type, authorities } of known) {
    const told = rows.flatMap(({ scopeId, observations }) =>
      scopeId === id ? (observations as unknown as Observation[]) : [],
    )
    const observations = await newerUses(id, told)
    const refused = gaps.filter(({ scopeId }) => scopeId === id)
    if (!observations.length && !refused.length) continue
    scopes.push({
      scopeId: id,
      scope: { nativeId, name, type, authorities },
      observations,
      gaps: refused.map((gap) => toGap(gap, stream)),
    })
  }
  return { ids: rows.map(({ id }) => id), scopes }
}

type Refused = { scopeId: string; why: string; detail: string; count: number; firstAt: Date; lastAt: Date }

async function gapsOf(connectionId: string): Promise<Refused[]> {
  const before = new Date(Date.now() - TOLD_FOR_MS)
  await db.receivedGap.deleteMany({ where: { connectionId, lastAt: { lt: before } } })
  return db.receivedGap.findMany({ where: { connectionId }, orderBy: { why: 'asc' } })
}

const toGap = ({ why, detail, count, firstAt, lastAt }: Refused, permission: string): Gap => ({
  permission,
  why: why as Why,
  detail: `${detail} (from ${firstAt.toISOString()} to ${lastAt.toISOString()})`,
  count,
})

/** What was brought in waits no longer. */
export async function dropWaiting(ids: readonly bigint[]): Promise<void> {
  await db.received.deleteMany({ where: { id: { in: [...ids] } } })
}
