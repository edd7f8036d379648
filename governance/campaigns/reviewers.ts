// Who has how much to decide, how far they are, and how those of whom too much is asked could share.
import { LOAD_MAX } from '@/core/campaign'
import { allOf } from '@/inventory/queries/sql'
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { splits, type Split } from './load'

/** The busiest, among whom loads are shared. */
const BUSIEST_MAX = 1000

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

type ReviewersAsked = { q?: string; only?: readonly string[]; from: number; size: number }
type Raw = Omit<ReviewerRow, 'person'> & {
  personId: string | null
  name: string | null
  here: boolean | null
  total: number
}

const FITS: Readonly<Record<string, Prisma.Sql>> = {
  open: Prisma.sql`count(*) FILTER (WHERE i.state IN ('undecided', 'unclear', 'decided')) > 0`,
  many: Prisma.sql`count(*) > ${LOAD_MAX}::int`,
}

/** The busiest first, and how many there are in all. */
export async function reviewerRows(
  tx: Client,
  id: string,
  { q, only = [], from, size }: ReviewersAsked,
): Promise<{ rows: ReviewerRow[]; total: number }> {
  const having = only.flatMap((word) => FITS[word] ?? [])
  const named = q ? Prisma.sql`position(lower(${q}) IN lower(coalesce(p.name, 'nobody'))) > 0` : undefined
  const found = await tx.$queryRaw<Raw[]>(Prisma.sql`
    SELECT i.reviewer_id AS "personId", p.name, p.standing = 'here' AS here, count(*)::int AS items,
      count(*) FILTER (WHERE i.tier = 0)::int AS high, count(*) FILTER (WHERE i.tier = 1)::int AS medium,
      count(*) FILTER (WHERE i.tier = 2)::int AS low,
      count(*) FILTER (WHERE i.state IN ('undecided', 'unclear'))::int AS open,
      count(*) FILTER (WHERE i.state = 'decided')::int AS decided, count(*) FILTER (WHERE i.state = 'signed')::int AS signed,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY d.dwell_ms) AS "medianDwellMs",
      count(*) FILTER (WHERE d.decision IN ('remove', 'reduce'))::int AS removed,
      coalesce((SELECT count(*) FROM item_handover h WHERE h.campaign_id = ${id}::uuid AND h.from_id = i.reviewer_id AND h.hop), 0)::int AS "handedOn",
      (count(*) OVER ())::int AS total
    FROM campaign_item i LEFT JOIN person p ON p.id = i.reviewer_id LEFT JOIN decision d ON d.id = i.decision_id AND d.source = 'human'
    WHERE ${allOf([Prisma.sql`i.campaign_id = ${id}::uuid AND NOT i.control AND i.carries_id IS NULL`, named])}
    GROUP BY i.reviewer_id, p.name, p.standing HAVING ${allOf(having)}
    ORDER BY count(*) DESC, p.name, i.reviewer_id OFFSET ${from}::int LIMIT ${size}::int`)
  const rows = found.map(({ personId, name, here, total: _, ...row }) => ({
    ...row,
    person: personId === null ? null : { id: personId, name: name ?? personId, here: here ?? false },
  }))
  return { rows, total: found[0]?.total ?? 0 }
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

/** The busiest thousand, how many there are in all, and how those of whom too much is asked could share. */
export async function reviewersOf(
  id: string,
  tx: Client = db,
): Promise<{ reviewers: ReviewerRow[]; asked: number; splits: Split[] }> {
  const { rows: reviewers, total: asked } = await reviewerRows(tx, id, { from: 0, size: BUSIEST_MAX })
  const loads = reviewers.flatMap(({ person, items, high, medium, low }) =>
    person ? [{ person: { id: person.id, name: person.name }, items, high, medium, low }] : [],
  )
  const beside = await besideThem(
    tx,
    loads.map(({ person }) => person.id),
  )
  return { reviewers, asked, splits: splits(loads, beside) }
}
