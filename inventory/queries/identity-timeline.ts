// What happened to one identity: read from every version of it and of what belongs to it that is still kept, newest first.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { SEVERITIES } from '@/core/rule'
import { PROJECTIONS } from '@/inventory/projections'
import { reader } from '@/inventory/moment/at-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { Prisma } from '@/prisma/generated/client'
import { docChanges } from './doc-changes'
import { mustSeeIdentity } from './must-see-identity'
import { compact, iso, isoOr } from './sql'
import type { Timeline, TimelineEvent } from './types'
import { versionTable } from './version-table'

const EVENTS_MAX = 200
/** Each source of events is read to one more than can be shown, so that `more` is true when it must be. */
const TAKE = EVENTS_MAX + 1
type Doc = Record<string, unknown>

/**
 * Versions that ended before history begins are not told, whether they have been deleted already or not: between two
 * moves of that instant the same question has the same answer.
 */
const keptSince = (begins: Instant | undefined, version = ''): Prisma.Sql => {
  if (!begins) return Prisma.sql`TRUE`
  const column = (name: string) => Prisma.raw(version + name)
  return Prisma.sql`(${column('known_to')} IS NULL OR greatest(${column('known_to')}, ${column('valid_to')}) > ${begins}::timestamptz)`
}

/** Kinds whose rows belong to one identity. Usage is left out: it is a list of its own. */
const KINDS = ['identity', 'credential', 'grant', 'trust', 'owner-hint'] as const
const NAMES: Readonly<Record<(typeof KINDS)[number], string>> = {
  identity: 'v.name',
  credential: 'v.name',
  grant: `v.doc ->> 'entitlementName'`,
  trust: 'v.principal',
  'owner-hint': 'v.value',
}

/** A version, and the one before it of the same row, where there is one. */
type Version = {
  kind: (typeof KINDS)[number]
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

/** The newest versions, each beside the one it follows. */
function versionsOf(
  kind: (typeof KINDS)[number],
  identityId: string,
  begins: Instant | undefined,
): Prisma.Sql {
  const raw = Prisma.raw
  const table = raw(versionTable(PROJECTIONS[kind].table))
  const of = raw(kind === 'identity' ? 'v.id' : 'v.identity_id')
  const created = raw(kind === 'identity' || kind === 'credential' ? 'v.created_at' : 'NULL::timestamptz')
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
    WHERE ${of} = ${identityId}::uuid AND ${keptSince(begins, 'v.')}
    ORDER BY v.known_from DESC, v.valid_from DESC, v.id LIMIT ${TAKE}::int)`
}

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
    const isNews = kind === 'identity' || kind === 'credential' || v.firstSeenAt > knownSince
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

type Judged = {
  validFrom: Date
  ownerState: string
  ownerName: string | null
  privilege: string
  beforeState: string | null
  beforeName: string | null
  beforePrivilege: string | null
}
const ownerWords = (state: string | null, name: string | null): string =>
  state === 'known' ? (name ?? '') : state === 'absent' ? 'none' : 'unknown'

/** Changes of who owns it and of what it may do. The first answer is no change. */
async function postureEvents(
  id: string,
  name: string,
  begins: Instant | undefined,
): Promise<TimelineEvent[]> {
  const table = Prisma.raw(versionTable('posture'))
  const rows = await reader.$queryRaw<Judged[]>(Prisma.sql`
    SELECT * FROM (
      SELECT valid_from AS "validFrom", owner_state AS "ownerState", owner_name AS "ownerName", privilege_class AS privilege,
        lag(owner_state) OVER told AS "beforeState", lag(owner_name) OVER told AS "beforeName",
        lag(privilege_class) OVER told AS "beforePrivilege", known_from
      FROM ${table} WHERE identity_id = ${id}::uuid AND ${keptSince(begins)} WINDOW told AS (ORDER BY known_from, valid_from)
    ) v WHERE "beforeState" IS NOT NULL
      AND (("ownerState", "ownerName") IS DISTINCT FROM ("beforeState", "beforeName") OR privilege <> "beforePrivilege")
    ORDER BY known_from DESC, "validFrom" DESC LIMIT ${TAKE}::int`)
  return rows.flatMap((row) => {
    const change = (kind: 'owner' | 'privilege', from: string, to: string): TimelineEvent[] =>
      from === to
        ? []
        : [{ at: iso(row.validFrom), what: 'changed', kind, id, name, changes: [{ field: kind, from, to }] }]
    return [
      ...change(
        'owner',
        ownerWords(row.beforeState, row.beforeName),
        ownerWords(row.ownerState, row.ownerName),
      ),
      ...change('privilege', row.beforePrivilege ?? 'unknown', row.privilege),
    ]
  })
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

/** Every time a finding was opened and resolved, not only the last. */
async function findingEvents(identityId: string, begins: Instant | undefined): Promise<TimelineEvent[]> {
  const table = Prisma.raw(versionTable('finding'))
  const rows = await reader.$queryRaw<Verdict[]>(Prisma.sql`
    SELECT * FROM (
      SELECT id, rule_id AS "ruleId", subject_name AS name, message, severity, state, opened_at AS "openedAt",
        resolved_at AS "resolvedAt", lag(state) OVER told AS before, known_from
      FROM ${table} WHERE identity_id = ${identityId}::uuid AND ${keptSince(begins)}
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

type Known = { name: string; firstSeenAt: Date }

async function mustKnow(actor: Actor, id: string): Promise<Known> {
  await mustSeeIdentity(actor, id)
  return reader.identity.findUniqueOrThrow({ where: { id }, select: { name: true, firstSeenAt: true } })
}

/** @param known the identity, where the caller has read it for the same actor already */
export async function identityTimeline(actor: Actor, id: string, known?: Known): Promise<Timeline> {
  const [begins, { name, firstSeenAt }] = await Promise.all([historyBegins(), known ?? mustKnow(actor, id)])
  const [posture, findings, all] = await Promise.all([
    postureEvents(id, name, begins),
    findingEvents(id, begins),
    reader.$queryRaw<Version[]>(
      Prisma.join(
        KINDS.map((kind) => versionsOf(kind, id, begins)),
        ' UNION ALL ',
      ),
    ),
  ])
  const versions = KINDS.map((kind) => all.filter((version) => version.kind === kind))
  // When a thing was created may have become known later than the thing.
  const created = new Map<string, Date | null>()
  for (const v of versions.flat()) created.set(v.id, created.get(v.id) ?? v.createdAt)
  const events = [
    ...versions.flat().flatMap((v) => versionEvents(v, firstSeenAt, created.get(v.id) ?? null)),
    ...posture,
    ...findings,
  ]
  events.sort((a, b) => b.at.localeCompare(a.at) || a.what.localeCompare(b.what) || a.id.localeCompare(b.id))
  const more = events.length > EVENTS_MAX || versions.some((rows) => rows.length === TAKE)
  return {
    events: events.slice(0, EVENTS_MAX),
    more,
    ...(begins && iso(firstSeenAt) < begins && { keptFrom: begins }),
  }
}
