// What all subjects of a scope share: how completely it was looked at, and what can be judged in it.
import { absent, known, unknown, type Fact, type Unknown } from '@/core/fact'
import { NAMED_MAX, type Named } from '@/core/subject'
import { groupBy } from '@/core/group-by'
import { contentHash } from '@/inventory/content-hash'
import { identityLooks } from '@/inventory/hint-looks'
import { db } from '@/prisma/client'
import { absenceOf, looksAbout, type LookRow } from './absence'
import { factScope, type FactScope } from './facts'
import type { RawScope } from './raw-facts'
import type { Looked } from './subjects'

/** Counted up when what is read of the same rows, or said of it, is another: everything is then read anew. */
const READ_AS = 4

/** What it means, for an identity of a type, that nothing of a kind is held. */
export type None = Pick<Looked, 'ownerless'> & { about: LookRow[]; seenKeys: boolean }

export type Shared = {
  /** The same scope, as what is joined to its subjects is read. It remembers which other scopes were looked up. */
  facts: FactScope
  scopeId: string
  name: string
  type: string
  looks: readonly LookRow[]
  none: (type: string) => None
  /** In which the scope writes down what can be granted in it. */
  languages: readonly string[]
  /** Equal as long as none of this says anything else. */
  mark: string
}

/** Remembered: identities are many, their types few. */
function noneByType(looks: readonly LookRow[]): (type: string) => None {
  const remembered = new Map<string, None>()
  return (type) => {
    const before = remembered.get(type)
    if (before) return before
    const about = looksAbout(looks, type)
    const none = {
      about,
      ownerless: absenceOf(identityLooks(about), 'owner-hint'),
      seenKeys: absenceOf(about, 'credential').state === 'absent',
    }
    remembered.set(type, none)
    return none
  }
}

/** The languages in which a scope writes down what can be granted in it. What gives nothing to anybody is no such thing. */
async function languagesOf(scopeId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ language: string }[]>`
    SELECT DISTINCT language FROM entitlement WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL
      AND doc ->> 'gives' IS DISTINCT FROM 'nothing' ORDER BY language`
  return rows.map(({ language }) => language)
}

/** @returns undefined where the scope is no longer there */
export async function sharedBy(scopeId: string): Promise<Shared | undefined> {
  const [scope, looks, languages, facts] = await Promise.all([
    db.scope.findUnique({ where: { id: scopeId }, select: { name: true, type: true } }),
    db.$queryRaw<LookRow[]>`
      SELECT stream, kind, at, state, why, permission, detail, complete_at AS "completeAt", about
      FROM look WHERE scope_id = ${scopeId}::uuid ORDER BY stream, kind`,
    languagesOf(scopeId),
    factScope(scopeId),
  ])
  if (!scope || !facts) return undefined
  const { isAnalysed, has } = facts
  const mark = contentHash([READ_AS, standingOf(scope.name, looks), languages, isAnalysed, has])
  return { scopeId, ...scope, looks, none: noneByType(looks), languages, facts, mark }
}

/**
 * How others were looked at that facts of the scope are joined to, in one word each: its times are no part of it.
 */
export async function standingsOf(scopeIds: readonly string[]): Promise<Map<string, string>> {
  if (!scopeIds.length) return new Map()
  const [scopes, looks] = await Promise.all([
    db.scope.findMany({ where: { id: { in: [...scopeIds] } }, select: { id: true, name: true } }),
    db.$queryRaw<(LookRow & { scopeId: string })[]>`
      SELECT scope_id AS "scopeId", stream, kind, at, state, why, permission, detail, complete_at AS "completeAt", about
      FROM look WHERE scope_id = ANY(${scopeIds}::uuid[]) ORDER BY scope_id, stream, kind`,
  ])
  const bare = groupBy(looks, ({ scopeId }) => scopeId)
  return new Map(scopes.map(({ id, name }) => [id, standingOf(name, bare.get(id) ?? [])]))
}

export const standingOf = (name: string, looks: readonly LookRow[]): string =>
  contentHash([
    name,
    looks.map((look) => {
      const { stream, kind, state, why, permission, detail, completeAt, about } = look
      return [stream, kind, state, why, permission, detail, completeAt !== null, about]
    }),
  ])

const SOURCE = 'looks'
const unlooked = (): Unknown => unknown('not-collected', SOURCE, 'it was never looked at')

/** What the source cannot show in any look is no gap that anybody could close. */
const isGap = ({ state, why }: LookRow): boolean => state !== 'complete' && why !== 'not-offered'

function gapsOf(looks: readonly LookRow[]): Fact<Named> {
  if (!looks.length) return unlooked()
  const names = [
    ...new Set(
      looks
        .filter(isGap)
        .map(({ kind, permission, why }) => `${kind}: ${permission ?? 'a call'} ${why ?? ''}`.trim()),
    ),
  ].sort()
  return names.length
    ? known({ count: names.length, names: names.slice(0, NAMED_MAX) }, SOURCE)
    : absent(SOURCE)
}

function seenWhole(looks: readonly LookRow[]): Fact<string> {
  if (!looks.length) return unlooked()
  const wanted = looks.filter((look) => look.why !== 'not-offered')
  if (!wanted.length) return unknown('not-offered', SOURCE, 'its source never shows anything whole')
  const times = wanted.map(({ completeAt }) => completeAt?.getTime())
  const seen = times.filter((time) => time !== undefined)
  return seen.length < times.length
    ? absent(SOURCE, 'something in it was never seen whole')
    : known(new Date(Math.min(...seen)).toISOString(), SOURCE)
}

/** The scope itself, as rules are asked about it. */
export const rawScope = ({ scopeId, name, type, looks }: Shared): RawScope => ({
  kind: 'scope',
  id: scopeId,
  name,
  type,
  gaps: gapsOf(looks),
  seenWholeAt: seenWhole(looks),
})
