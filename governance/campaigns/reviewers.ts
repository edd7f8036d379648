// Who has how much to decide, how far they are, and how those of whom too much is asked could share.
import { db, type Tx } from '@/prisma/client'
import { splits, type Split } from './load'

const REVIEWERS_MAX = 1000

export type ReviewerRow = {
  /** Null: nobody is asked. */
  person: { id: string; name: string; here: boolean } | null
  items: number
  high: number
  medium: number
  low: number
  open: number
  decided: number
  signed: number
  /** Of the decisions that count, in milliseconds; null where none was measured. */
  medianDwellMs: number | null
  removed: number
  handedOn: number
}

type Client = Pick<Tx, '$queryRaw'>

async function rowsOf(tx: Client, id: string): Promise<ReviewerRow[]> {
  const rows = await tx.$queryRaw<
    (Omit<ReviewerRow, 'person'> & { personId: string | null; name: string | null; here: boolean | null })[]
  >`
    SELECT i.reviewer_id AS "personId", p.name, p.standing = 'here' AS here, count(*)::int AS items,
      count(*) FILTER (WHERE i.tier = 0)::int AS high, count(*) FILTER (WHERE i.tier = 1)::int AS medium,
      count(*) FILTER (WHERE i.tier = 2)::int AS low,
      count(*) FILTER (WHERE i.state IN ('undecided', 'unclear'))::int AS open,
      count(*) FILTER (WHERE i.state = 'decided')::int AS decided, count(*) FILTER (WHERE i.state = 'signed')::int AS signed,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY d.dwell_ms) AS "medianDwellMs",
      count(*) FILTER (WHERE d.decision IN ('remove', 'reduce'))::int AS removed,
      coalesce((SELECT count(*) FROM item_handover h WHERE h.campaign_id = ${id}::uuid AND h.from_id = i.reviewer_id AND h.hop), 0)::int AS "handedOn"
    FROM campaign_item i LEFT JOIN person p ON p.id = i.reviewer_id LEFT JOIN decision d ON d.id = i.decision_id AND d.source = 'human'
    WHERE i.campaign_id = ${id}::uuid AND NOT i.control AND i.carries_id IS NULL
    GROUP BY i.reviewer_id, p.name, p.standing ORDER BY count(*) DESC, p.name LIMIT ${REVIEWERS_MAX}::int`
  return rows.map(({ personId, name, here, ...row }) => ({
    ...row,
    person: personId === null ? null : { id: personId, name: name ?? personId, here: here ?? false },
  }))
}

/** Others of their teams, the leads of these, and their manager. */
async function besideThem(
  tx: Client,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const rows = await tx.$queryRaw<{ of: string; id: string; name: string }[]>`
    SELECT DISTINCT one.of, p.id, p.name FROM (
      SELECT own.person_id AS of, other.person_id AS id FROM team_member own JOIN team_member other ON other.team_id = own.team_id
      UNION ALL SELECT own.person_id, t.lead_id FROM team_member own JOIN team t ON t.id = own.team_id
      UNION ALL SELECT m.id, m.manager_id FROM person m
    ) one JOIN person p ON p.id = one.id AND p.standing = 'here' AND p.id <> one.of
    WHERE one.of = ANY(${[...ids]}::uuid[]) ORDER BY p.name, p.id LIMIT 1000`
  const beside = new Map<string, { id: string; name: string }[]>()
  for (const { of, id, name } of rows) beside.set(of, [...(beside.get(of) ?? []), { id, name }])
  return beside
}

export async function reviewersOf(
  id: string,
  tx: Client = db,
): Promise<{ reviewers: ReviewerRow[]; splits: Split[] }> {
  const reviewers = await rowsOf(tx, id)
  const loads = reviewers.flatMap(({ person, items, high, medium, low }) =>
    person ? [{ person: { id: person.id, name: person.name }, items, high, medium, low }] : [],
  )
  const beside = await besideThem(
    tx,
    loads.map(({ person }) => person.id),
  )
  return { reviewers, splits: splits(loads, beside) }
}
