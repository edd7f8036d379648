// What happened to rows: read from every version of them that is still kept, each beside the one it follows.
import type { Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { SEVERITIES } from '@/core/rule'
import { PROJECTIONS } from '@/inventory/projections'
import { reader } from '@/inventory/moment/at-moment'
import type { Actor } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'
import { docChanges } from './doc-changes'
import { messageTo } from './beyond-scopes'
import { compact, iso, isoOr } from './sql'
import type { Timeline, TimelineEvent } from './types'
import { versionTable } from './version-table'

const EVENTS_MAX = 200
/** Each source of events is read to one more than can be shown, so that `more` is true when it must be. */
export const TAKE = EVENTS_MAX + 1
type Doc = Record<string, unknown>

/** Kinds that a timeline can tell of. */
type TimedKind = Extract<Kind, 'identity' | 'credential' | 'secret' | 'grant' | 'trust' | 'owner-hint'>

/**
 * Versions that ended before history begins are not told, whether they have been deleted already or not: between two
 * moves of that instant the same question has the same answer.
 */
export const keptSince = (begins: Instant | undefined, version = ''): Prisma.Sql => {
  if (!begins) return Prisma.sql`TRUE`
  const column = (name: string) => Prisma.raw(version + name)
  return Prisma.sql`(${column('known_to')} IS NULL OR greatest(${column('known_to')}, ${column('valid_to')}) > ${begins}::timestamptz)`
}

/** A version, and the one before it of the same row, where there is one. */
export type Version = {
  kind: TimedKind
  id: string
  name: string
  createdAt: Date | null
  firstSeenAt: Date
  validFrom: Date
  runId: string
  retiredAt: Date | null
  doc: Doc
  before: Doc | null
  beforeRetiredAt: Date | null
}

/** What a row is called, and when it says that it was made. */
const NAMES: Readonly<Record<TimedKind, string>> = {
  identity: 'v.name',
  credential: 'v.name',
  secret: 'v.name',
  grant: `v.doc ->> 'entitlementName'`,
  trust: 'v.principal',
  'owner-hint': 'v.value',
}
const CREATED: Partial<Record<TimedKind, string>> = {
  identity: 'v.created_at',
  credential: 'v.created_at',
  secret: `CASE v.doc -> 'createdAt' ->> 'state' WHEN 'known' THEN (v.doc -> 'createdAt' ->> 'value')::timestamptz END`,
}

/**
 * The newest versions of rows of one kind, each beside the one it follows.
 * @param where condition over the versions `v`
 */
export function versionsOf(kind: TimedKind, where: Prisma.Sql, begins: Instant | undefined): Prisma.Sql {
  const raw = Prisma.raw
  const table = raw(versionTable(PROJECTIONS[kind].table))
  const created = raw(CREATED[kind] ?? 'NULL::timestamptz')
  return Prisma.sql`(
    SELECT ${kind}::text AS kind, v.id, ${raw(NAMES[kind])} AS name, ${created} AS "createdAt", v.run_id AS "runId",
      v.first_seen_at AS "firstSeenAt", v.valid_from AS "validFrom", v.retired_at AS "retiredAt", v.doc,
      b.doc AS before, b.retired_at AS "beforeRetiredAt"
    FROM ${table} v LEFT JOIN LATERAL (
      SELECT b.doc, b.retired_at FROM ${table} b
      WHERE b.id = v.id AND (b.known_from, b.valid_from) < (v.known_from, v.valid_from)
        AND ${keptSince(begins, 'b.')}
      ORDER BY b.known_from DESC, b.valid_from DESC LIMIT 1
    ) b ON TRUE
    WHERE ${where} AND ${keptSince(begins, 'v.')}
    ORDER BY v.known_from DESC, v.valid_from DESC, v.id LIMIT ${TAKE}::int)`
}

/** Kinds of which every row is news, even those that came with the first look. */
const NEWS: ReadonlySet<TimedKind> = new Set(['identity', 'credential', 'secret'])

/** What one version tells that the one before it did not. What came with the identity itself is no news of its own. */
function versionEvents(v: Version, knownSince: Date, createdAt: Date | null): TimelineEvent[] {
  const { kind, id, name } = v
  const event = (
    at: Date,
    what: TimelineEvent['what'],
    more: Partial<TimelineEvent> = {},
  ): TimelineEvent => ({
    at: iso(at),
    what,
    kind,
    id,
    name,
    changes: [],
    ...more,
  })
  if (!v.before) {
    const isNews = NEWS.has(kind) || v.firstSeenAt > knownSince
    return [
      ...(createdAt ? [event(createdAt, 'created')] : []),
      ...(isNews ? [event(v.firstSeenAt, 'first-seen')] : []),
      ...(v.retiredAt ? [event(v.retiredAt, 'retired')] : []),
    ]
  }
  const { runId } = v
  if (v.retiredAt) return v.beforeRetiredAt ? [] : [event(v.retiredAt, 'retired')]
  const changes = docChanges(v.before, v.doc)
  if (v.beforeRetiredAt) return [event(v.validFrom, 'restored', { changes, runId })]
  return changes.length ? [event(v.validFrom, 'changed', { changes, runId })] : []
}

/** What versions tell, where the row they belong to was first seen then. */
export function eventsOf(versions: readonly Version[], firstSeenAt: Date): TimelineEvent[] {
  // When a thing was created may have become known later than the thing.
  const created = new Map<string, Date | null>()
  for (const v of versions) created.set(v.id, created.get(v.id) ?? v.createdAt)
  return versions.flatMap((v) => versionEvents(v, firstSeenAt, created.get(v.id) ?? null))
}

type Verdict = {
  id: string
  ruleId: string
  name: string
  message: string
  severity: number
  state: 'open' | 'resolved'
  openedAt: Date
  resolvedAt: Date | null
  before: 'open' | 'resolved' | null
}

/**
 * Every time a finding was opened and resolved, not only the last.
 * @param where condition over findings
 */
export async function findingEvents(
  actor: Actor,
  where: Prisma.Sql,
  begins: Instant | undefined,
): Promise<TimelineEvent[]> {
  const table = Prisma.raw(versionTable('finding'))
  const rows = await reader.$queryRaw<Verdict[]>(Prisma.sql`
    SELECT * FROM (
      SELECT id, rule_id AS "ruleId", subject_name AS name, ${messageTo(actor)} AS message, severity, state, opened_at AS "openedAt",
        resolved_at AS "resolvedAt", lag(state) OVER told AS before, known_from
      FROM ${table} f WHERE ${where} AND ${keptSince(begins)}
      WINDOW told AS (PARTITION BY id ORDER BY known_from, valid_from)
    ) v WHERE before IS DISTINCT FROM state ORDER BY known_from DESC, id LIMIT ${TAKE}::int`)
  return rows.flatMap((row) => {
    const { id, ruleId, name, message, before } = row
    const about = compact({
      kind: 'finding' as const,
      id,
      name,
      changes: [],
      ruleId,
      message,
      severity: SEVERITIES[row.severity],
    })
    const resolvedAt = isoOr(row.resolvedAt)
    return [
      // One whose opening is no longer kept still says when that was.
      ...(row.state === 'open' || !before
        ? [{ at: iso(row.openedAt), what: 'finding-opened' as const, ...about }]
        : []),
      ...(row.state === 'resolved' && resolvedAt
        ? [{ at: resolvedAt, what: 'finding-resolved' as const, ...about }]
        : []),
    ]
  })
}

type Told = { events: TimelineEvent[]; begins: Instant | undefined; firstSeenAt: Date; more: boolean }

/** Newest first, as many as can be shown. */
export function timelineOf({ events, begins, firstSeenAt, more }: Told): Timeline {
  const ordered = [...events].sort(
    (a, b) => b.at.localeCompare(a.at) || a.what.localeCompare(b.what) || a.id.localeCompare(b.id),
  )
  return {
    events: ordered.slice(0, EVENTS_MAX),
    more: more || events.length > EVENTS_MAX,
    ...(begins && iso(firstSeenAt) < begins && { keptFrom: begins }),
  }
}
