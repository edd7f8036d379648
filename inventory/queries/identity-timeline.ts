// What happened to one identity: versions, credentials, grants, trust, owners and findings, newest first.
import type { Kind } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { SEVERITIES } from '@/core/rule'
import { PROJECTIONS } from '@/inventory/projections'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { docChanges } from './doc-changes'
import { mustSeeIdentity } from './must-see-identity'
import { compact, iso } from './sql'
import type { Timeline, TimelineEvent } from './types'

const EVENTS_MAX = 200
/** Each source of events is read to one more than can be shown, so that `more` is true when it must be. */
const TAKE = EVENTS_MAX + 1
type Doc = Record<string, unknown>

/** Kinds whose rows belong to one identity. Usage is left out: it is a list of its own. */
const CHILDREN = ['credential', 'grant', 'trust', 'owner-hint'] as const
const NAME: Readonly<Record<(typeof CHILDREN)[number], string>> = {
  credential: 'c.name',
  grant: `c.doc ->> 'entitlementName'`,
  trust: 'c.principal',
  'owner-hint': 'c.value',
}

const nameIn = (doc: Doc): string => {
  const name = doc.name ?? doc.entitlementName ?? doc.principal ?? doc.value ?? doc.nativeId
  return typeof name === 'string' ? name : ''
}

type Past = {
  kind: Kind
  rowId: string
  change: string
  validFrom: Date
  validTo: Date
  runId: string
  doc: Doc
}

async function currentDocs(past: readonly Past[]): Promise<Map<string, { doc: Doc; validFrom: Date }>> {
  const kinds = [...new Set(past.map((p) => p.kind))]
  const rows = await Promise.all(
    kinds.map((kind) => {
      const ids = past.filter((p) => p.kind === kind).map((p) => p.rowId)
      const table = Prisma.raw(PROJECTIONS[kind].table)
      return db.$queryRaw<{ id: string; doc: Doc; validFrom: Date }[]>(
        Prisma.sql`SELECT id, doc, valid_from AS "validFrom" FROM ${table} WHERE id = ANY(${[...new Set(ids)]}::uuid[])`,
      )
    }),
  )
  return new Map(rows.flat().map((row) => [row.id, row]))
}

/** A version that ended was followed by the next older one we hold of the same row, or by the current one. */
async function pastEvents(identityId: string): Promise<TimelineEvent[]> {
  const past = await db.$queryRaw<Past[]>(Prisma.sql`
    SELECT kind, row_id AS "rowId", change, valid_from AS "validFrom", valid_to AS "validTo", run_id AS "runId", doc
    FROM history WHERE identity_id = ${identityId}::uuid ORDER BY valid_to DESC, id DESC LIMIT ${TAKE}::int`)
  const next = await currentDocs(past)
  return past.flatMap((p) => {
    const after = next.get(p.rowId)
    next.set(p.rowId, { doc: p.doc, validFrom: p.validFrom })
    const about = { kind: p.kind, id: p.rowId, name: nameIn(p.doc) }
    const changes = after ? docChanges(p.doc, after.doc) : []
    if (p.change === 'retired') {
      const gone: TimelineEvent = { at: iso(p.validTo), what: 'retired', ...about, changes: [] }
      if (!after) return [gone]
      return [
        { at: iso(after.validFrom), what: 'restored' as const, ...about, changes, runId: p.runId },
        gone,
      ]
    }
    return changes.length
      ? [{ at: iso(p.validTo), what: 'changed' as const, ...about, changes, runId: p.runId }]
      : []
  })
}

type Row = {
  kind: Kind
  id: string
  name: string
  createdAt: Date | null
  firstSeenAt: Date
  retiredAt: Date | null
}

async function childRows(identityId: string): Promise<Row[]> {
  const parts = CHILDREN.map((kind) => {
    const created = kind === 'credential' ? 'c.created_at' : 'NULL::timestamptz'
    return Prisma.sql`(SELECT ${kind}::text AS kind, c.id, ${Prisma.raw(NAME[kind])} AS name,
      ${Prisma.raw(created)} AS "createdAt", c.first_seen_at AS "firstSeenAt", c.retired_at AS "retiredAt"
      FROM ${Prisma.raw(PROJECTIONS[kind].table)} c WHERE c.identity_id = ${identityId}::uuid
      ORDER BY greatest(c.first_seen_at, c.retired_at) DESC LIMIT ${TAKE}::int)`
  })
  return db.$queryRaw<Row[]>(Prisma.join(parts, ' UNION ALL '))
}

function rowEvents(row: Row, knownSince: Date): TimelineEvent[] {
  const { kind, id, name } = row
  const event = (at: Date, what: TimelineEvent['what']): TimelineEvent => ({
    at: iso(at),
    what,
    kind,
    id,
    name,
    changes: [],
  })
  // What came with the identity itself is not news of its own.
  const isNews = kind === 'identity' || kind === 'credential' || row.firstSeenAt > knownSince
  return [
    ...(row.createdAt ? [event(row.createdAt, 'created')] : []),
    ...(isNews ? [event(row.firstSeenAt, 'first-seen')] : []),
    ...(row.retiredAt ? [event(row.retiredAt, 'retired')] : []),
  ]
}

async function findingEvents(identityId: string): Promise<TimelineEvent[]> {
  const findings = await db.finding.findMany({
    where: { identityId },
    orderBy: { changedAt: 'desc' },
    take: TAKE,
  })
  return findings.flatMap((f) => {
    const { id, ruleId, message } = f
    const about = compact({
      kind: 'finding' as const,
      id,
      name: f.subjectName,
      changes: [],
      ruleId,
      message,
      severity: SEVERITIES[f.severity],
    })
    return [
      { at: iso(f.openedAt), what: 'finding-opened' as const, ...about },
      ...(f.resolvedAt ? [{ at: iso(f.resolvedAt), what: 'finding-resolved' as const, ...about }] : []),
    ]
  })
}

export async function identityTimeline(actor: Actor, id: string): Promise<Timeline> {
  await mustSeeIdentity(actor, id)
  const identity = await db.identity.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, createdAt: true, firstSeenAt: true, retiredAt: true },
  })
  const [past, children, findings] = await Promise.all([pastEvents(id), childRows(id), findingEvents(id)])
  const rows: Row[] = [{ kind: 'identity', ...identity }, ...children]
  const events = [...rows.flatMap((row) => rowEvents(row, identity.firstSeenAt)), ...past, ...findings]
  events.sort((a, b) => b.at.localeCompare(a.at) || a.what.localeCompare(b.what) || a.id.localeCompare(b.id))
  return { events: events.slice(0, EVENTS_MAX), more: events.length > EVENTS_MAX }
}
