// Who is in the directory: whether they are still there, which sources say so, and for how many identities they answer.
import { z } from 'zod'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { allOf, compact, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'

export const STANDINGS = ['here', 'left', 'unknown'] as const
const SHOWN_MAX = 500
const SIZE = 100

export const PeopleFilter = z.object({
  /** Part of a name or of an address. */
  q: z.string().trim().max(300).optional(),
  /** `unknown`: somebody was named, and no source speaks of them. */
  standing: oneOf(STANDINGS),
  /** Part of a team's name. */
  team: z.string().trim().max(300).optional(),
  source: z.string().trim().max(60).optional(),
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type PeopleFilter = z.infer<typeof PeopleFilter>

export type PersonView = {
  id: string
  name: string
  email?: string
  standing: (typeof STANDINGS)[number]
  leftAt?: string
  manager?: { id: string; name: string }
  teams: string[]
  /** What says so, and when it last did. */
  sources: { source: string; isActive: boolean; at: string }[]
  /** Identities that have this person as their owner, confirmed or hinted. */
  identities: number
}

type Raw = Omit<PersonView, 'email' | 'leftAt' | 'manager'> & {
  email: string | null
  leftAt: Date | null
  managerId: string | null
  manager: string | null
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const STANDING = Prisma.sql`CASE WHEN EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id) THEN p.standing ELSE 'unknown' END`

const where = ({ q, standing, team, source, after }: Partial<PeopleFilter>): Prisma.Sql =>
  allOf([
    q ? Prisma.sql`(p.name ILIKE ${containing(q)} OR p.email ILIKE ${containing(q)})` : undefined,
    standing && !standing.includes('any') ? Prisma.sql`${STANDING} = ANY(${standing}::text[])` : undefined,
    team
      ? Prisma.sql`EXISTS (SELECT 1 FROM team_member m JOIN team t ON t.id = m.team_id
          WHERE m.person_id = p.id AND t.name ILIKE ${containing(team)})`
      : undefined,
    source
      ? Prisma.sql`EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id AND s.source = ${source})`
      : undefined,
    after
      ? Prisma.sql`(p.name, p.id) > (SELECT a.name, a.id FROM person a WHERE a.id = ${after}::uuid)`
      : undefined,
  ])

/** How many identities have an owner of that name, by the name in lower case. */
export async function ownedCounts(names: readonly string[]): Promise<Map<string, number>> {
  if (!names.length) return new Map()
  const lowered = [...new Set(names.map((name) => name.toLowerCase()))]
  const rows = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT lower(owner_name) AS name, sum(count)::int AS count FROM facet_count
    WHERE owner_state = 'known' AND NOT retired AND lower(owner_name) = ANY(${lowered}::text[]) GROUP BY 1`
  return new Map(rows.map(({ name, count }) => [name, count]))
}

/** By name. */
export async function listPeople(
  actor: Actor | null,
  filter: Partial<PeopleFilter> = {},
): Promise<{ rows: PersonView[]; next?: string }> {
  authorise(actor, 'person:read')
  const size = filter.size ?? SIZE
  const rows = await db.$queryRaw<Raw[]>(Prisma.sql`
    SELECT p.id, p.name, p.email, ${STANDING} AS standing, p.left_at AS "leftAt", m.id AS "managerId", m.name AS manager,
      ARRAY(SELECT DISTINCT t.name FROM team_member tm JOIN team t ON t.id = tm.team_id WHERE tm.person_id = p.id ORDER BY 1) AS teams,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('source', s.source, 'isActive', s.is_active, 'at', s.at) ORDER BY s.at DESC), '[]')
        FROM person_source s WHERE s.person_id = p.id) AS sources, 0 AS identities
    FROM person p LEFT JOIN person m ON m.id = p.manager_id WHERE ${where(filter)}
    ORDER BY p.name, p.id LIMIT ${size + 1}::int`)
  const shown = rows.slice(0, size)
  const counts = await ownedCounts(shown.map(({ email, name }) => email ?? name))
  const last = shown.at(-1)
  return {
    rows: shown.map(({ managerId, manager, email, leftAt, sources, ...row }) =>
      compact({
        ...row,
        email: email ?? undefined,
        leftAt: isoOr(leftAt),
        manager: managerId === null ? undefined : { id: managerId, name: manager ?? '' },
        sources: sources.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
        identities: counts.get((email ?? row.name).toLowerCase()) ?? 0,
      }),
    ),
    ...(rows.length > size && last && { next: last.id }),
  }
}

/** All of them, page by page. */
export async function* eachPerson(
  actor: Actor | null,
  filter: Partial<PeopleFilter> = {},
): AsyncGenerator<PersonView[]> {
  let after = filter.after
  do {
    const { rows, next } = await listPeople(actor, { ...filter, size: SHOWN_MAX, ...(after && { after }) })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
