// Who answers for one identity as it was confirmed, what is disputed, and who answered before.
import type { Actor } from '@/core/permissions'
import { mustSeeIdentity } from '@/inventory/queries/must-see-identity'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { declaredOf, type DeclaredView } from './file/read-file'
import type { ActKind } from './write-act'
import { COLUMN, PARTS, type Known, type KnownPart, type Part } from './parts'
import { isActiveAt } from './standing-in'

const PAST_MAX = 50

export type OwnerPart = KnownPart & {
  part: Part
  id: string
  name: string
  email?: string
  /** Of a person. `unknown`: no source of the directory speaks of them. */
  standing?: 'here' | 'left' | 'unknown'
  leftAt?: string
  /** Who acts in their place now. */
  standIn?: { name: string; until: string }
}
export type PastAct = {
  actId: string
  at: string
  by: string
  kind: ActKind | 'undo'
  why?: string
  /** Who was accountable after it: a person, else a team; absent: nobody was confirmed. */
  owner?: string
  identities: number
  undone: boolean
}
export type OwnershipView = {
  /** The last act: whoever changes something says what they have seen. Null where there is none. */
  seen: string | null
  parts: OwnerPart[]
  dispute?: { by: string; at: string; why: string }
  /** What the OWNERS file says, where it speaks of this identity. */
  declared?: DeclaredView
  /** Newest first. */
  past: PastAct[]
}

type People = Awaited<ReturnType<typeof peopleOf>>
async function peopleOf(ids: readonly string[], now: Date) {
  const rows = await db.person.findMany({
    where: { id: { in: [...ids] } },
    include: { sources: { select: { source: true }, take: 1 } },
  })
  const given = await db.delegation.findMany({ where: { fromId: { in: [...ids] }, ...isActiveAt(now) } })
  const others = await db.person.findMany({ where: { id: { in: given.map(({ toId }) => toId) } } })
  return new Map(
    rows.map((row) => {
      const one = given.find(({ fromId }) => fromId === row.id)
      const to = others.find(({ id }) => id === one?.toId)
      return [row.id, { ...row, ...(one && to && { standIn: { name: to.name, until: iso(one.endsAt) } }) }]
    }),
  )
}

function personPart(part: Part, how: KnownPart, id: string, people: People): OwnerPart[] {
  const who = people.get(id)
  if (!who) return []
  const standing = who.sources.length ? (who.standing as 'here' | 'left') : ('unknown' as const)
  const { name, standIn } = who
  const more = { email: who.email ?? undefined, leftAt: isoOr(who.leftAt), standIn }
  return [compact({ part, ...how, id, name, standing, ...more }) as OwnerPart]
}

async function partsOf(
  row: NonNullable<Awaited<ReturnType<typeof heldOf>>>,
  now: Date,
): Promise<OwnerPart[]> {
  const known = row.known as Known
  const ids = PARTS.flatMap((part) => (part === 'team' ? [] : (row[COLUMN[part]] ?? [])))
  const people = await peopleOf(ids, now)
  const team = row.teamId === null ? null : await db.team.findUnique({ where: { id: row.teamId } })
  return PARTS.flatMap((part): OwnerPart[] => {
    const [id, how] = [row[COLUMN[part]], known[part]]
    if (id === null || !how) return []
    if (part !== 'team') return personPart(part, how, id, people)
    return team ? [{ part, ...how, id, name: team.name }] : []
  })
}

const heldOf = (identityId: string) => db.ownership.findUnique({ where: { identityId } })

type RawPast = Omit<PastAct, 'at' | 'owner' | 'why'> & {
  at: Date
  for: string | null
  owner: string | null
  why: string | null
}
async function pastOf(identityId: string): Promise<PastAct[]> {
  const rows = await db.$queryRaw<RawPast[]>`
    SELECT a.id AS "actId", a.at, a.actor_name AS by, a.for_name AS for, a.kind, a.why, a.identities,
      coalesce(p.email, p.name, t.name) AS owner,
      EXISTS (SELECT 1 FROM ownership_act u WHERE u.undoes = a.id) AS undone
    FROM ownership_change c JOIN ownership_act a ON a.id = c.act_id
      LEFT JOIN person p ON p.id = (c.after ->> 'person_id')::uuid LEFT JOIN team t ON t.id = (c.after ->> 'team_id')::uuid
    WHERE c.identity_id = ${identityId}::uuid ORDER BY a.at DESC, c.known_at DESC, a.id LIMIT ${PAST_MAX}::int`
  return rows.map(({ for: place, by, owner, why, at, ...row }) =>
    compact({
      ...row,
      at: iso(at),
      by: place === null ? by : `${by} for ${place}`,
      owner: owner ?? undefined,
      why: why ?? undefined,
    }),
  )
}

/** @throws RollcallError `not-found` for one that the actor does not see */
export async function ownershipOf(
  actor: Actor | null,
  identityId: string,
  now = new Date(),
): Promise<OwnershipView> {
  authorise(actor, 'identity:read')
  await mustSeeIdentity(actor, identityId)
  const [row, past, declared] = await Promise.all([
    heldOf(identityId),
    pastOf(identityId),
    declaredOf(identityId),
  ])
  const { disputedAt, disputedBy, disputedWhy } = row ?? {}
  return {
    seen: row?.actId ?? null,
    parts: row ? await partsOf(row, now) : [],
    ...(disputedAt && { dispute: { at: iso(disputedAt), by: disputedBy ?? '', why: disputedWhy ?? '' } }),
    ...(declared && { declared }),
    past,
  }
}
