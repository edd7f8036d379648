// What happened to one identity: read from every version of it and of what belongs to it that is still kept, newest first.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { Prisma } from '@/prisma/generated/client'
import { mustSeeIdentity } from './must-see-identity'
import {
  eventsOf,
  findingEvents,
  keptSince,
  TAKE,
  timelineOf,
  versionsOf,
  type Version,
} from './row-versions'
import { iso } from './sql'
import type { Timeline, TimelineEvent } from './types'
import { versionTable } from './version-table'

/** Kinds whose rows belong to one identity. Usage is left out: it is a list of its own. */
const KINDS = ['identity', 'credential', 'grant', 'trust', 'owner-hint'] as const

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

type Known = { name: string; firstSeenAt: Date }

async function mustKnow(actor: Actor, id: string): Promise<Known> {
  await mustSeeIdentity(actor, id)
  return reader.identity.findUniqueOrThrow({ where: { id }, select: { name: true, firstSeenAt: true } })
}

/** @param known the identity, where the caller has read it for the same actor already */
export async function identityTimeline(actor: Actor, id: string, known?: Known): Promise<Timeline> {
  const [begins, { name, firstSeenAt }] = await Promise.all([historyBegins(), known ?? mustKnow(actor, id)])
  const own = (kind: (typeof KINDS)[number]) =>
    Prisma.sql`${Prisma.raw(kind === 'identity' ? 'v.id' : 'v.identity_id')} = ${id}::uuid`
  const [posture, findings, versions] = await Promise.all([
    postureEvents(id, name, begins),
    findingEvents(actor, Prisma.sql`identity_id = ${id}::uuid`, begins),
    reader.$queryRaw<Version[]>(
      Prisma.join(
        KINDS.map((kind) => versionsOf(kind, own(kind), begins)),
        ' UNION ALL ',
      ),
    ),
  ])
  const ordered = KINDS.map((kind) => versions.filter((version) => version.kind === kind))
  return timelineOf({
    events: [...eventsOf(ordered.flat(), firstSeenAt), ...posture, ...findings],
    begins,
    firstSeenAt,
    more: ordered.some((rows) => rows.length === TAKE),
  })
}
