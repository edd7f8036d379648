// Who of the directory is meant by names that sources give, and who stands beside them.
import { db, type Tx } from '@/prisma/client'

export type Known = {
  id: string
  name: string
  here: boolean
  managerId: string | null
  leadId: string | null
}
export type Directory = {
  person: (id: string | null | undefined) => Known | undefined
  /** Of an address, in any case. */
  byEmail: (email: string) => Known | undefined
  /** Lead of a team that is called so, or has this address. */
  teamOf: (name: string) => { name: string; leadId: string | null } | undefined
}

type Row = Known & { email: string | null }
type TeamRow = { name: string; email: string | null; leadId: string | null }

const PEOPLE = `
  SELECT p.id, p.name, p.email, p.standing = 'here' AS here, p.manager_id AS "managerId", (
    SELECT t.lead_id FROM team_member tm JOIN team t ON t.id = tm.team_id
    WHERE tm.person_id = p.id AND t.lead_id IS DISTINCT FROM p.id AND t.lead_id IS NOT NULL ORDER BY t.name LIMIT 1
  ) AS "leadId" FROM person p`

/** Everybody who is meant, and the managers and leads of these. */
export async function directoryOf(
  names: readonly string[],
  ids: readonly string[],
  tx: Pick<Tx, '$queryRawUnsafe'> = db,
): Promise<Directory> {
  const lowered = [...new Set(names.map((name) => name.trim().toLowerCase()))]
  const [first, teams] = await Promise.all([
    tx.$queryRawUnsafe<Row[]>(
      `${PEOPLE} WHERE p.email = ANY($1::text[]) OR p.id = ANY($2::uuid[])`,
      lowered,
      [...ids],
    ),
    tx.$queryRawUnsafe<TeamRow[]>(
      `SELECT t.name, t.email, t.lead_id AS "leadId" FROM team t
       WHERE lower(t.name) = ANY($1::text[]) OR lower(t.email) = ANY($1::text[]) ORDER BY t.name`,
      lowered,
    ),
  ])
  const others = [
    ...first.flatMap(({ managerId, leadId }) => [managerId, leadId]),
    ...teams.map(({ leadId }) => leadId),
  ]
  const wanted = [...new Set(others.filter((id) => id !== null))].filter(
    (id) => !first.some((row) => row.id === id),
  )
  const second = wanted.length
    ? await tx.$queryRawUnsafe<Row[]>(`${PEOPLE} WHERE p.id = ANY($1::uuid[])`, wanted)
    : []
  const rows = [...first, ...second]
  const byId = new Map(rows.map((row) => [row.id, row]))
  const byEmail = new Map(rows.flatMap((row) => (row.email ? [[row.email.toLowerCase(), row] as const] : [])))
  const byTeam = new Map(
    teams.flatMap((team) =>
      [team.name, team.email].flatMap((name) => (name ? [[name.toLowerCase(), team] as const] : [])),
    ),
  )
  return {
    person: (id) => (id ? byId.get(id) : undefined),
    byEmail: (email) => byEmail.get(email.trim().toLowerCase()),
    teamOf: (name) => byTeam.get(name.trim().toLowerCase()),
  }
}
