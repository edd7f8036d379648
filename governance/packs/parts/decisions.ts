// What campaigns have decided about the identities of a pack: every decision up to what was known, and which of them counts.
import { TIERS } from '@/core/campaign'
import { iso, isoOr } from '@/inventory/queries/sql'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { columnsOf, tablePart } from './csv-part'
import { REMOVED } from './people'
import { eachBelonging } from './population'
import { ensureNotAsked } from './second-looks'
import type { PackAt } from '../part'

export type DecisionRow = {
  id: string
  identityId: string
  campaignId: string
  campaign: string
  kind: string
  instant: Date | null
  populationHash: string | null
  itemId: string
  name: string
  type: string
  scope: string
  tier: number
  administrator: boolean
  cardHash: string
  decision: string
  counts: boolean
  reasonCode: string | null
  reason: string | null
  keepUntil: Date | null
  lacking: string | null
  drops: string[]
  source: string
  by: string
  for: string | null
  byLink: boolean
  dwellMs: number | null
  opened: string[]
  paced: boolean
  requestSize: number
  at: Date
  signedBy: string | null
  signedAt: Date | null
  signHash: string | null
  secondAnswer: string | null
  secondAt: Date | null
  settledAs: string | null
  settledBy: string | null
}

/** A decision counts as long as nothing that was known by then took its place. Decoys are in no population. */
export const countingBy = (known: string): Prisma.Sql => Prisma.sql`(d.decision <> 'undone'
  AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.supersedes_id = d.id AND n.at <= ${known}::timestamptz))`

/** What was decided by then, and in the period where there is one: over `decision d` and its item `i`. */
export const decidedIn = ({ asked: { moment, from } }: PackAt): Prisma.Sql => Prisma.sql`
  NOT i.control AND d.at <= ${moment.known}::timestamptz ${from ? Prisma.sql`AND d.at >= ${from}::timestamptz` : Prisma.empty}`

const select = (at: PackAt, ids: string[], place: Prisma.Sql, limit: number): Prisma.Sql => {
  const { known } = at.asked.moment
  return Prisma.sql`
    SELECT d.id, i.identity_id AS "identityId", c.id AS "campaignId", c.name AS campaign, c.kind, c.instant,
      c.population_hash AS "populationHash", i.id AS "itemId", i.name, i.type, i.scope_name AS scope, i.tier, i.administrator,
      i.card_hash AS "cardHash", d.decision, ${countingBy(known)} AS counts, d.reason_code AS "reasonCode", d.reason,
      d.keep_until AS "keepUntil", d.lacking, d.drops, d.source, d.by_name AS by, d.for_name AS for, d.by_link AS "byLink",
      d.dwell_ms AS "dwellMs", d.opened, d.paced, d.request_size AS "requestSize", d.at,
      s.name AS "signedBy", s.at AS "signedAt", s.hash AS "signHash",
      l.answer AS "secondAnswer", l.at AS "secondAt",
      CASE WHEN l.settled_at <= ${known}::timestamptz THEN l.settled_as END AS "settledAs",
      CASE WHEN l.settled_at <= ${known}::timestamptz THEN l.settled_by END AS "settledBy"
    FROM decision d JOIN campaign_item i ON i.id = d.item_id JOIN campaign c ON c.id = d.campaign_id
    LEFT JOIN sign_off s ON s.id = i.sign_off_id AND s.at <= ${known}::timestamptz AND ${countingBy(known)}
    LEFT JOIN LATERAL (SELECT * FROM second_look l WHERE l.item_id = i.id AND l.at <= ${known}::timestamptz
      ORDER BY l.at, l.why LIMIT 1) l ON TRUE
    WHERE i.identity_id = ANY(${ids}::uuid[]) AND ${decidedIn(at)} AND ${place}
    ORDER BY i.identity_id, d.id LIMIT ${limit}::int`
}

/** About those too that are gone by then: that is what decisions are for. */
async function* decisionRows(at: PackAt): AsyncGenerator<DecisionRow[]> {
  authorise(at.actor, 'campaign:read')
  await ensureNotAsked(at)
  yield* eachBelonging<DecisionRow>(
    at,
    'i.identity_id, d.id',
    ({ ids, place, limit }) => at.snapshot.$queryRaw<DecisionRow[]>(select(at, ids, place, limit)),
    { gone: true },
  )
}

const of = columnsOf<DecisionRow>()
const yes = (is: boolean) => (is ? 'yes' : 'no')
export const decisions = tablePart({
  id: 'decisions',
  file: 'decisions.csv',
  about:
    'Every decision of a campaign about these identities: by whom, when, person or policy, how long the card was in sight, why, and the sign-off.',
  needs: 'campaign:read',
  columns: [
    of('id', 'Id', (r) => r.id),
    of('campaignId', 'Campaign id', (r) => r.campaignId),
    of('campaign', 'Campaign', (r) => r.campaign),
    of('kind', 'Kind', (r) => r.kind),
    of('instant', 'Cards as of', (r) => isoOr(r.instant) ?? 'not frozen'),
    of('populationHash', 'SHA-256 of the population', (r) => r.populationHash ?? ''),
    of('itemId', 'Item id', (r) => r.itemId),
    of('identityId', 'Identity id', (r) => r.identityId),
    of('name', 'Identity', (r) => r.name),
    of('type', 'Type', (r) => r.type),
    of('scope', 'Scope', (r) => r.scope),
    of('tier', 'Risk', (r) => TIERS[r.tier] ?? String(r.tier)),
    of('administrator', 'Equivalent to an administrator', (r) => yes(r.administrator)),
    of('cardHash', 'SHA-256 of the card', (r) => r.cardHash),
    of('decision', 'Decision', (r) => r.decision),
    of('counts', 'Counts', (r) => yes(r.counts)),
    of('reasonCode', 'Reason', (r) => r.reasonCode ?? ''),
    of('reason', 'In their words', (r) => r.reason ?? ''),
    of('keepUntil', 'Kept until', (r) => isoOr(r.keepUntil) ?? ''),
    of('lacking', 'Lacking', (r) => r.lacking ?? ''),
    of('drops', 'Grants to be taken away', (r) => r.drops.join(' ')),
    of('source', 'Person or policy', (r) => r.source),
    of('by', 'By', (r) => r.by),
    of('for', 'In the place of', (r) => r.for ?? ''),
    of('byLink', 'By a link', (r) => yes(r.byLink)),
    of('at', 'When', (r) => iso(r.at)),
    of('dwellMs', 'In sight (ms)', (r) =>
      r.source === 'policy' ? '' : (r.dwellMs?.toString() ?? 'not measured'),
    ),
    of('opened', 'Sections opened', (r) => r.opened.join(' ')),
    of('paced', 'Was told to be going fast', (r) => yes(r.paced)),
    of('requestSize', 'Decided together', (r) => String(r.requestSize)),
    of('signedBy', 'Signed off by', (r) => r.signedBy ?? (r.counts ? 'not signed off' : '')),
    of('signedAt', 'Signed off', (r) => isoOr(r.signedAt) ?? ''),
    of('signHash', 'SHA-256 of what was signed', (r) => r.signHash ?? ''),
    of('secondAnswer', 'Second person', (r) => r.secondAnswer ?? ''),
    of('secondAt', 'Second looked', (r) => isoOr(r.secondAt) ?? ''),
    of('settledAs', 'Difference settled as', (r) => r.settledAs ?? ''),
    of('settledBy', 'Settled by', (r) => r.settledBy ?? ''),
  ],
  rows: decisionRows,
  redacted: (row, named) => ({
    ...row,
    // Policy is nobody's name.
    by: row.source === 'policy' ? row.by : named(row.by),
    for: row.for === null ? null : named(row.for),
    reason: row.reason === null ? null : REMOVED,
    signedBy: row.signedBy === null ? null : named(row.signedBy),
    settledBy: row.settledBy === null ? null : named(row.settledBy),
  }),
})
