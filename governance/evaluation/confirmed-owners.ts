// Who was confirmed to answer for identities, with what the directory says of them.
import { db } from '@/prisma/client'
import type { Confirmed } from './owner'

type Row = {
  identityId: string
  email: string | null
  person: string | null
  team: string | null
  standing: 'here' | 'left' | null
  known: Partial<Record<'person' | 'team', { by: string; at: string }>>
  disputedBy: string | null
}

/** By the id of the identity; those of which nothing is confirmed are left out. */
export async function confirmedOwners(identityIds: readonly string[]): Promise<Map<string, Confirmed>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.identity_id AS "identityId", p.email, p.name AS person, t.name AS team, o.known, o.disputed_by AS "disputedBy",
      CASE WHEN EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id) THEN p.standing END AS standing
    FROM ownership o LEFT JOIN person p ON p.id = o.person_id LEFT JOIN team t ON t.id = o.team_id
    WHERE o.identity_id = ANY(${[...identityIds]}::uuid[])`
  return new Map(
    rows.flatMap((row): [string, Confirmed][] => {
      const names = row.person === null ? 'team' : 'person'
      const name = row.person === null ? row.team : (row.email ?? row.person)
      const how = row.known[names]
      if (name === null || !how) return []
      const { by, at } = how
      const { standing, disputedBy } = row
      return [[row.identityId, { names, name, standing, by, at, disputedBy }]]
    }),
  )
}
