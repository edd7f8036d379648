// Of what a source has told that happened, the part that says more than what is held already.
import type { Observation, Of } from '@/core/observation'
import { db } from '@/prisma/client'
import { idOf } from './content-hash'

/** A use this soon after the one that is held is not written: what is used all day would be a version a minute. */
const AGAIN_AFTER_MS = 15 * 60_000
/** Rows asked for at a time: bounds the statement. */
const CHUNK = 5000

const isUse = (one: Observation): one is Of<'usage'> => one.kind === 'usage'

/** One observation of each thing: of uses the newest, whatever the order in which they came. */
function newestOfEach(observations: readonly Observation[]): Observation[] {
  const newest = new Map<string, Observation>()
  for (const one of observations) {
    const key = `${one.kind} ${one.nativeId}`
    const other = newest.get(key)
    if (other && isUse(other) && isUse(one) && other.at >= one.at) continue
    newest.set(key, one)
  }
  return [...newest.values()]
}

export async function newerUses(
  scopeId: string,
  observations: readonly Observation[],
): Promise<Observation[]> {
  const told = newestOfEach(observations)
  const idOfUse = ({ nativeId }: Observation) => idOf(scopeId, 'usage', nativeId)
  const ids = told.filter(isUse).map(idOfUse)
  const held = new Map<string, Date>()
  for (let from = 0; from < ids.length; from += CHUNK) {
    const rows = await db.usage.findMany({
      where: { id: { in: ids.slice(from, from + CHUNK) }, retiredAt: null },
      select: { id: true, usedAt: true },
    })
    for (const { id, usedAt } of rows) held.set(id, usedAt)
  }
  return told.filter((one) => {
    const before = isUse(one) ? held.get(idOfUse(one)) : undefined
    return !before || !isUse(one) || Date.parse(one.at) > before.getTime() + AGAIN_AFTER_MS
  })
}
