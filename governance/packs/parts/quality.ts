// How attentively the campaigns about these identities were decided, from what was decided by what was known.
import { iso, isoOr } from '@/inventory/queries/sql'
import { atMoment } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { FAST_MS } from '../../campaigns/decision-rules'
import { campaignsOfPack } from '../facts/campaigns-of-pack'
import type { Part, PackAt } from '../part'
import { countingBy } from './decisions'

type Counted = {
  people: number
  policy: number
  removed: number
  high: number | null
  medium: number | null
  low: number | null
  measured: number
  fast: number
  opened: number
  toldFast: number
  together: number
}
/** Of the whole campaign, as its page tells: figures of a part of it would tell of other people’s care. */
const decisionsOf = ({ snapshot, asked }: PackAt, id: string) =>
  snapshot.$queryRaw<Counted[]>(Prisma.sql`
    SELECT count(*) FILTER (WHERE human)::int AS people, count(*) FILTER (WHERE NOT human)::int AS policy,
      count(*) FILTER (WHERE human AND decision IN ('remove', 'reduce'))::int AS removed,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 0) AS high,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 1) AS medium,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 2) AS low,
      count(dwell_ms) FILTER (WHERE human)::int AS measured,
      count(*) FILTER (WHERE human AND dwell_ms < ${FAST_MS}::int)::int AS fast,
      count(*) FILTER (WHERE human AND cardinality(opened) > 0)::int AS opened,
      count(*) FILTER (WHERE human AND paced)::int AS "toldFast",
      count(*) FILTER (WHERE human AND request_size > 1)::int AS together
    FROM (
      SELECT d.source = 'human' AS human, d.decision, d.dwell_ms, d.opened, d.paced, d.request_size, i.tier
      FROM decision d JOIN campaign_item i ON i.id = d.item_id
      WHERE d.campaign_id = ${id}::uuid AND NOT i.control AND d.decision IN ('keep', 'reduce', 'remove')
        AND d.at <= ${asked.moment.known}::timestamptz AND ${countingBy(asked.moment.known)}
    ) one`)

type Beside = {
  handedOn: number
  asked: number
  answered: number
  signedOff: number
  decoys: number
  decoysDecided: number
  decoysKept: number
}
const besideOf = ({ snapshot, asked }: PackAt, id: string) => {
  const by = Prisma.sql`<= ${asked.moment.known}::timestamptz`
  return snapshot.$queryRaw<Beside[]>(Prisma.sql`
    SELECT
      (SELECT count(DISTINCT h.item_id)::int FROM item_handover h WHERE h.campaign_id = ${id}::uuid AND h.hop AND h.at ${by}) AS "handedOn",
      (SELECT count(*)::int FROM second_look l WHERE l.campaign_id = ${id}::uuid) AS asked,
      (SELECT count(*)::int FROM second_look l WHERE l.campaign_id = ${id}::uuid AND l.answer IS NOT NULL AND l.at ${by}) AS answered,
      (SELECT count(*)::int FROM sign_off s WHERE s.campaign_id = ${id}::uuid AND s.at ${by}) AS "signedOff",
      o.decoys, o.decided AS "decoysDecided", o.kept AS "decoysKept"
    FROM (
      SELECT count(DISTINCT i.id)::int AS decoys, count(d.id)::int AS decided,
        count(d.id) FILTER (WHERE d.decision = 'keep')::int AS kept
      FROM campaign_item i LEFT JOIN decision d ON d.item_id = i.id AND d.decision IN ('keep', 'reduce', 'remove')
        AND d.at ${by} AND ${countingBy(asked.moment.known)}
      WHERE i.campaign_id = ${id}::uuid AND i.control
    ) o`)
}

async function told(at: PackAt): Promise<object[]> {
  const known = new Date(at.asked.moment.known)
  const then = (date: Date | null) => (date && date <= known ? iso(date) : 'not by then')
  const figures: object[] = []
  for (const campaign of await campaignsOfPack(at)) {
    at.signal.throwIfAborted()
    const [[decided], [beside]] = [await decisionsOf(at, campaign.id), await besideOf(at, campaign.id)]
    if (!decided || !beside) throw new Error('there is no answer')
    const { high, medium, low, ...counts } = decided
    figures.push({
      ...{ id: campaign.id, name: campaign.name, kind: campaign.kind, identities: campaign.rows },
      ...{ populationHash: campaign.populationHash, cardsAsOf: isoOr(campaign.instant) ?? null },
      ...{
        published: then(campaign.publishedAt),
        closed: then(campaign.closedAt),
        sealed: then(campaign.sealedAt),
      },
      decisions: counts,
      medianMsInSight: { highRisk: high, mediumRisk: medium, lowRisk: low },
      handedOn: beside.handedOn,
      secondLooks: { asked: beside.asked, answered: beside.answered },
      signOffs: beside.signedOff,
      // Identities that were gone already, shown to learn how attentively is looked: in no other figure and no other file.
      decoys: { shown: beside.decoys, decided: beside.decoysDecided, kept: beside.decoysKept },
    })
  }
  return figures
}

export const quality: Part = {
  id: 'quality',
  file: 'quality.json',
  about:
    'How attentively the campaigns about these identities were decided: how long cards were in sight, how many were decided fast, together or by policy, second looks, sign-offs, decoys.',
  isUsual: true,
  needs: 'campaign:read',
  count: () => Promise.resolve(undefined),
  async *write(at, wrote) {
    authorise(at.actor, 'campaign:read')
    const campaigns = await atMoment(at.asked.moment, () => told(at))
    yield new TextEncoder().encode(`${JSON.stringify({ campaigns }, undefined, 2)}\n`)
    wrote(campaigns.length)
  },
}
