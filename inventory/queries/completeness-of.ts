// What an answer rests on: which looks were complete, how old they are, and what was refused. Said with every answer.
import type { Instant } from '@/core/fact'
import type { Completeness } from '@/core/list'
import type { Kind } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { overdueOf, overdueSeen, type RawOverdue } from './freshness'
import { missingLooks, missingOf, MISSING_MAX, type RawMissing } from './missing-looks'
import { allOf, compact, isoOr } from './sql'
import type { FullCompleteness } from './types'
import { together, type Told } from './together'
import { unreadConnections, unreadOf, type RawUnread } from './unread-connections'
import { ownedBy } from './visible'

type Missing = Completeness['missing'][number]
type Asked = {
  scopeIds?: readonly string[]
  kinds?: readonly Kind[]
  /** Leaves the sample organisation out. */
  realOnly?: boolean
  now?: Instant
}

/** Longest list of stale scopes that is said one by one. */
const STALE_MAX = 100
const HIDDEN_SCOPE = 'a source you do not see'

/** The looks, scope by scope: read once, for what they say together and for what is out of date. */
const seenByScope = (looks: Prisma.Sql): Prisma.Sql => Prisma.sql`
    WITH seen AS MATERIALIZED (
      SELECT l.scope_id, min(l.complete_at) AS at, count(*)::int AS looks,
        (count(*) FILTER (WHERE l.state <> 'complete' OR l.gaps <> '[]'::jsonb))::int AS partial
      FROM look l JOIN scope s ON s.id = l.scope_id WHERE ${looks} GROUP BY l.scope_id
    )`
const OVERALL = Prisma.sql`
    SELECT coalesce(sum(looks), 0)::int AS looks, count(*)::int AS scopes, min(at) AS "asOf",
      coalesce(sum(partial), 0)::int AS partial FROM seen`

const NONE = Prisma.sql`SELECT WHERE FALSE`

/** Scopes that hold something the actor may see. */
const ownedScopes = (owned: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT DISTINCT p.scope_id AS id FROM posture p WHERE ${owned}`

type Answers = {
  whole: { looks: number; scopes: number; partial: number; asOf: string | null }[]
  missing: RawMissing[]
  stale: Told<RawOverdue>[]
  unread: RawUnread[]
  owned: { id: string }[]
}

/** What somebody sees who is limited to some scopes rests on those alone. */
const seenOf = ({ within }: Actor, asked: readonly string[] | undefined): readonly string[] | undefined =>
  within ? within.filter((id) => asked?.includes(id) ?? true) : asked

/**
 * How completely the given scopes (all of them, unless said) were looked at.
 * An owner's answer rests on every scope, for what is theirs may be in any; scopes that hold nothing of theirs stay unnamed.
 */
export async function completenessOf(actor: Actor, asked: Asked = {}): Promise<FullCompleteness> {
  const now = asked.now === undefined ? readingNow() : new Date(asked.now)
  const scopeIds = seenOf(actor, asked.scopeIds)
  const ofScopes = [
    scopeIds && Prisma.sql`s.id = ANY(${[...scopeIds]}::uuid[])`,
    asked.realOnly ? Prisma.sql`NOT s.sample` : undefined,
  ]
  const looks = allOf([...ofScopes, asked.kinds && Prisma.sql`l.kind = ANY(${[...asked.kinds]}::text[])`])
  const owned = actor.within ? undefined : ownedBy(actor)
  const told = await together<Answers>(
    {
      whole: OVERALL,
      missing: missingLooks(looks, allOf(ofScopes)),
      stale: overdueSeen(now, STALE_MAX),
      unread: scopeIds ? NONE : unreadConnections(asked.realOnly ?? false),
      owned: owned ? ownedScopes(owned) : NONE,
    },
    seenByScope(looks),
  )
  const whole = told.whole[0] ?? { looks: 0, scopes: 0, partial: 0, asOf: null }
  const missing = missingOf(told.missing)
  const stale = overdueOf(
    told.stale.map((row) => ({ ...row, seenAt: new Date(row.seenAt) })),
    now,
  )
  const unread = unreadOf(told.unread)
  const seen = owned && new Set(told.owned.map(({ id }) => id))
  const nameOf = (scope: string, id?: string) =>
    seen && (id === undefined || !seen.has(id)) ? HIDDEN_SCOPE : scope
  const hidden = owned !== undefined
  const gaps: Missing[] = [
    ...unread.map((one) => ({ ...one, scope: nameOf(one.scope), detail: hidden ? '' : one.detail })),
    ...missing.rows.map(({ scopeId, ...one }) => ({ ...one, scope: nameOf(one.scope, scopeId) })),
  ]
  const lacks = whole.partial + missing.total + unread.length
  return compact({
    state: whole.looks === 0 ? ('none' as const) : lacks ? ('partial' as const) : ('complete' as const),
    scopes: whole.scopes,
    asOf: isoOr(whole.asOf === null ? null : new Date(whole.asOf)),
    stale: stale.map(({ scope, scopeId, seenAt }) => ({ scope: nameOf(scope, scopeId), asOf: seenAt })),
    missing: gaps.slice(0, MISSING_MAX),
    missingTotal: missing.total + unread.length,
    beyond: missing.beyond,
  })
}
