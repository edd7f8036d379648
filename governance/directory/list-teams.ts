// The teams of the directory, and for how many identities they answer.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { ownedCounts } from './list-people'

/** So many teams are told at once. */
export const TEAMS_MAX = 1000

export type TeamView = {
  id: string
  name: string
  source: string
  lead?: { id: string; name: string }
  members: number
  /** Of those: how many are still there. */
  here: number
  identities: number
}
type Raw = Omit<TeamView, 'lead' | 'identities'> & { leadId: string | null; lead: string | null }

/** By name; `more` where there are more than are told. */
export async function listTeams(actor: Actor | null): Promise<{ rows: TeamView[]; more: boolean }> {
  authorise(actor, 'person:read')
  const rows = await db.$queryRaw<Raw[]>`
    SELECT t.id, t.name, t.source, l.id AS "leadId", l.name AS lead, count(DISTINCT p.id)::int AS members,
      count(DISTINCT p.id) FILTER (WHERE p.standing = 'here')::int AS here
    FROM team t LEFT JOIN person l ON l.id = t.lead_id LEFT JOIN team_member m ON m.team_id = t.id
      LEFT JOIN person p ON p.id = m.person_id
    GROUP BY t.id, l.id ORDER BY t.name LIMIT ${TEAMS_MAX + 1}::int`
  const shown = rows.slice(0, TEAMS_MAX)
  const counts = await ownedCounts(shown.map(({ name }) => name))
  return {
    rows: shown.map(({ leadId, lead, ...row }) => ({
      ...row,
      ...(leadId !== null && { lead: { id: leadId, name: lead ?? '' } }),
      identities: counts.get(row.name.toLowerCase()) ?? 0,
    })),
    more: rows.length > TEAMS_MAX,
  }
}
