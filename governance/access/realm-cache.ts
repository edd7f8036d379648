// Realms that were asked about lately, compiled: a question costs a read only where something has changed since.
import type { Access, Platform, Realm } from '@/core/access'
import { platformOf } from '@/evaluators/platforms'
import { loadRealm } from './load-realm'
import { realmMark } from './realm-mark'

export type Judged = { realm: Realm; platform?: Platform; access?: Access }

/** Realms kept at a time: the largest take some hundred megabytes. */
const KEPT_MAX = 2
const kept = new Map<string, { mark: string; judged: Promise<Judged | undefined> }>()

/** @returns undefined where the scope is not there any more */
export async function judgedRealm(scopeId: string): Promise<Judged | undefined> {
  const mark = await realmMark(scopeId)
  const before = kept.get(scopeId)
  if (before?.mark === mark) return before.judged
  const judged = judge(scopeId)
  kept.delete(scopeId)
  kept.set(scopeId, { mark, judged })
  for (const oldest of kept.keys()) if (kept.size > KEPT_MAX) kept.delete(oldest)
  judged.catch(() => kept.delete(scopeId))
  return judged
}

async function judge(scopeId: string): Promise<Judged | undefined> {
  const loaded = await loadRealm(scopeId)
  if (!loaded) return undefined
  const platform = platformOf(loaded.realm)
  return { realm: loaded.realm, ...(platform && { platform, access: platform.within(loaded.realm) }) }
}
