// What an answer rests on: which looks were complete, how old they are, and what was refused. Said with every answer.
import type { Instant } from '@/core/fact'
import type { Completeness } from '@/core/list'
import type { Kind } from '@/core/observation'
import { isScoped, type Actor } from '@/core/permissions'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { overdueScopes } from './freshness'
import { missingLooks, MISSING_MAX } from './missing-looks'
import { allOf, compact, isoOr } from './sql'
import type { FullCompleteness } from './types'
import { unreadConnections } from './unread-connections'
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

async function overall(looks: Prisma.Sql) {
  const [row] = await reader.$queryRaw<
    { looks: number; scopes: number; partial: number; asOf: Date | null }[]
  >(Prisma.sql`
    SELECT count(*)::int AS looks, count(DISTINCT s.id)::int AS scopes, min(l.complete_at) AS "asOf",
      (count(*) FILTER (WHERE l.state <> 'complete' OR l.gaps <> '[]'::jsonb))::int AS partial
    FROM look l JOIN scope s ON s.id = l.scope_id WHERE ${looks}`)
  return row ?? { looks: 0, scopes: 0, partial: 0, asOf: null }
}

/** Scopes that hold something the actor may see; undefined where that is every scope. */
async function seenScopes(actor: Actor): Promise<Set<string> | undefined> {
  const owned = ownedBy(actor)
  if (!owned) return undefined
  const rows = await reader.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT DISTINCT p.scope_id AS id FROM posture p WHERE ${owned}`,
  )
  return new Set(rows.map((row) => row.id))
}

/**
 * How completely the given scopes (all of them, unless said) were looked at.
 * An owner's answer rests on every scope, for what is theirs may be in any; scopes that hold nothing of theirs stay unnamed.
 */
export async function completenessOf(actor: Actor, asked: Asked = {}): Promise<FullCompleteness> {
  const now = asked.now === undefined ? readingNow() : new Date(asked.now)
  const ofScopes = [
    asked.scopeIds && Prisma.sql`s.id = ANY(${[...asked.scopeIds]}::uuid[])`,
    asked.realOnly ? Prisma.sql`NOT s.sample` : undefined,
  ]
  const looks = allOf([...ofScopes, asked.kinds && Prisma.sql`l.kind = ANY(${[...asked.kinds]}::text[])`])
  const [whole, missing, stale, unread, seen] = await Promise.all([
    overall(looks),
    missingLooks(looks, allOf(ofScopes)),
    overdueScopes(looks, { now, max: STALE_MAX }),
    asked.scopeIds ? [] : unreadConnections(asked.realOnly ?? false),
    seenScopes(actor),
  ])
  const nameOf = (scope: string, id?: string) =>
    seen && (id === undefined || !seen.has(id)) ? HIDDEN_SCOPE : scope
  const hidden = isScoped(actor)
  const gaps: Missing[] = [
    ...unread.map((one) => ({ ...one, scope: nameOf(one.scope), detail: hidden ? '' : one.detail })),
    ...missing.rows.map(({ scopeId, ...one }) => ({ ...one, scope: nameOf(one.scope, scopeId) })),
  ]
  const lacks = whole.partial + missing.total + unread.length
  return compact({
    state: whole.looks === 0 ? ('none' as const) : lacks ? ('partial' as const) : ('complete' as const),
    scopes: whole.scopes,
    asOf: isoOr(whole.asOf),
    stale: stale.map(({ scope, scopeId, seenAt }) => ({ scope: nameOf(scope, scopeId), asOf: seenAt })),
    missing: gaps.slice(0, MISSING_MAX),
    missingTotal: missing.total + unread.length,
  })
}
