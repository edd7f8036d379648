// A scope as its facts are read: how it was looked at, and whether who can act as whom in it is known.
import { absent, unknown, type Absent, type Instant, type Unknown, type Why } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { db } from '@/prisma/client'
import { absenceOf, looksAbout, type LookRow } from '../absence'
import { wordsOf } from './words'

export type FactScope = {
  id: string
  name: string
  sample: boolean
  looks: readonly LookRow[]
  /** Whether it was judged who can act as whom, at least once. */
  isAnalysed: boolean
  /** What there is nothing of in it need not be asked about. */
  has: { trust: boolean; workloads: boolean; grants: boolean; credentials: boolean }
  /** How other scopes were looked at, read when a join first leads there. */
  elsewhere: Map<string, Elsewhere>
}
export type Elsewhere = { name: string; looks: readonly LookRow[] }

const looksOf = (scopeIds: readonly string[]) =>
  db.$queryRaw<(LookRow & { scopeId: string })[]>`
    SELECT scope_id AS "scopeId", stream, kind, at, state, why, permission, detail, complete_at AS "completeAt", about
    FROM look WHERE scope_id = ANY(${scopeIds}::uuid[]) ORDER BY scope_id, stream, kind`

/** @returns undefined where the scope is not there any more */
export async function factScope(scopeId: string): Promise<FactScope | undefined> {
  const [[row], looks] = await Promise.all([
    db.$queryRaw<(Omit<FactScope, 'looks' | 'elsewhere' | 'has'> & FactScope['has'])[]>`
      SELECT s.id, s.name, s.sample, EXISTS (SELECT 1 FROM access_analysis a WHERE a.scope_id = s.id) AS "isAnalysed",
        EXISTS (SELECT 1 FROM trust x WHERE x.scope_id = s.id AND x.retired_at IS NULL) AS trust,
        -- What runs elsewhere may run as something here.
        EXISTS (SELECT 1 FROM workload x) AS workloads,
        EXISTS (SELECT 1 FROM "grant" x WHERE x.scope_id = s.id AND x.retired_at IS NULL) AS grants,
        EXISTS (SELECT 1 FROM credential x WHERE x.scope_id = s.id AND x.retired_at IS NULL) AS credentials
      FROM scope s WHERE s.id = ${scopeId}::uuid`,
    looksOf([scopeId]),
  ])
  if (!row) return undefined
  const { trust, workloads, grants, credentials, ...scope } = row
  return { ...scope, looks, has: { trust, workloads, grants, credentials }, elsewhere: new Map() }
}

/** Reads how the scopes were looked at, where that is not known yet. */
export async function readElsewhere({ elsewhere, id }: FactScope, scopeIds: Iterable<string>): Promise<void> {
  const missing = [...new Set(scopeIds)].filter((one) => one !== id && !elsewhere.has(one))
  if (!missing.length) return
  const [scopes, looks] = await Promise.all([
    db.scope.findMany({ where: { id: { in: missing } }, select: { id: true, name: true } }),
    looksOf(missing),
  ])
  for (const { id: other, name } of scopes)
    elsewhere.set(other, { name, looks: looks.filter(({ scopeId }) => scopeId === other) })
}

const ANALYSIS = 'access'
/** Steps come of rights and of what runs: where those were not seen whole, a step may be missing. */
export const unanalysed = ({ isAnalysed }: FactScope): Unknown | undefined =>
  isAnalysed ? undefined : unknown('not-collected', ANALYSIS, 'who can act as whom is not judged yet')

/** Why something is not known, as part of a sentence. */
export const reasonOf = ({ detail, source, why }: Unknown): string =>
  (detail ?? `${source}: ${why}`).replace(/\.$/, '')

/** A kind that no stream of a scope reads is nothing that it has. */
export const isRead = (looks: readonly LookRow[], kind: Kind): boolean =>
  looks.some((look) => look.kind === kind)

/** Looks are few and asked about for each identity: what was found is kept beside them. */
const kept = new WeakMap<readonly LookRow[], Map<string, unknown>>()
function once<T>(looks: readonly LookRow[], key: string, find: () => T): T {
  const answers = kept.get(looks) ?? new Map<string, unknown>()
  kept.set(looks, answers)
  if (!answers.has(key)) answers.set(key, find())
  return answers.get(key) as T
}

/** The looks that can tell something of identities of a type. */
export const about = (looks: readonly LookRow[], type: string): LookRow[] =>
  once(looks, `about ${type}`, () => looksAbout(looks, type))

/** What it means that nothing of any of these kinds is held: absent since the oldest look, or unknown for the first reason. */
export const noneOf = (looks: readonly LookRow[], kinds: readonly Kind[]): Absent | Unknown =>
  once(looks, `none ${kinds.join(' ')}`, () => noneOfKinds(looks, kinds))

function noneOfKinds(looks: readonly LookRow[], kinds: readonly Kind[]): Absent | Unknown {
  if (!kinds.length) return absent('rules of the platform')
  const answers = kinds.map((kind) => absenceOf(looks, kind))
  const none = answers.find((one): one is Unknown => one.state === 'unknown')
  if (none) return none
  const seen = answers.filter((one): one is Absent => one.state === 'absent')
  const at = seen.flatMap((one) => one.at ?? []).sort()[0]
  const unconfirmed = seen.find((one) => one.unconfirmed)?.unconfirmed
  return {
    ...absent([...new Set(seen.map(({ source }) => source))].join(', ')),
    ...(at !== undefined && { at }),
    ...(unconfirmed && { unconfirmed }),
  }
}

type Holder = { type: string; never: boolean }
const holdable = ({ looks }: FactScope, { type }: Holder): LookRow[] =>
  once(looks, `holdable ${type}`, () => {
    const streams = wordsOf(type)?.credentialsIn
    return looksAbout(looks, type).filter(({ stream }) => !streams || streams.includes(stream))
  })

/** That an identity holds no credential: it cannot hold any, or every stream that could tell was seen whole. */
export const noCredential = (scope: FactScope, holder: Holder): Absent | Unknown =>
  holder.never || wordsOf(holder.type)?.credentialsIn?.length === 0
    ? absent('rules of the platform', 'it cannot hold one')
    : noneOf(holdable(scope, holder), ['credential'])

/** That it holds none of some types: as far as their own streams tell, where it is known which these are. */
export function noneOfTypes(scope: FactScope, holder: Holder, types: readonly string[]): Absent | Unknown {
  if (holder.never) return noCredential(scope, holder)
  const told = types.map((type) => wordsOf(type)?.toldBy)
  if (told.some((streams) => !streams)) return noCredential(scope, holder)
  const streams = new Set(told.flatMap((some) => some ?? []))
  const listing = once(scope.looks, `told by ${[...streams].join(' ')}`, () =>
    scope.looks.filter(({ stream }) => streams.has(stream)),
  )
  return noneOf(listing, ['credential'])
}

/** Since when, and how surely, what is held of a kind is known: to be told beside what was seen. */
export function seenOf(none: Absent | Unknown): { at?: Instant; unconfirmed?: { why: Why; since: Instant } } {
  if (none.state === 'unknown') return {}
  return {
    ...(none.at !== undefined && { at: none.at }),
    ...(none.unconfirmed && { unconfirmed: none.unconfirmed }),
  }
}
