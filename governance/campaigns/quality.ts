// How attentively a campaign was decided, in numbers. Of people only: what policy carried and decoys are in none of them.
import type { Tier } from '@/core/campaign'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import { FAST_MS } from './decision-rules'

/** Items beyond which the same words are told as such. */
const SAME_WORDS_MAX = 5
const GONE_WITHIN_DAYS = 30

/** Shares are from 0 to 1, and null where there is nothing to take them of. */
export type Quality = {
  /** Decisions of people that count now, and what policy carried beside them. */
  human: number
  policy: number
  removeShare: number | null
  /** In milliseconds. */
  medianDwellMs: Record<Tier, number | null>
  /** Of the decisions of which the time was measured. */
  measured: number
  fastShare: number | null
  openedShare: number | null
  handedOnShare: number | null
  /** Of the reasons in people's own words, how many are the same as those of more than five others. */
  sameWordsShare: number | null
  sameWords: { words: string; items: number }[]
  paced: number
  secondLooks: { asked: number; answered: number; differing: number; differingShare: number | null }
  /**
   * Of the removals that are gone, or were seen to be there by a complete look more than 30 days after the sign-off: how many
   * were gone within 30 days. `unknown`: as old, and nobody has looked.
   */
  goneInTime: { of: number; gone: number; unknown: number }
  controls: { items: number; kept: number }
}

const share = (some: number, of: number): number | null => (of ? some / of : null)
type Counted = {
  human: number
  policy: number
  removed: number
  high: number | null
  medium: number | null
  low: number | null
  measured: number
  fast: number
  opened: number
  worded: number
  paced: number
}

const decisionsOf = (id: string) => db.$queryRaw<Counted[]>`
  SELECT count(*) FILTER (WHERE human)::int AS human, count(*) FILTER (WHERE NOT human)::int AS policy,
    count(*) FILTER (WHERE human AND decision IN ('remove', 'reduce'))::int AS removed,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 0) AS high,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 1) AS medium,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms) FILTER (WHERE human AND tier = 2) AS low,
    count(dwell_ms) FILTER (WHERE human)::int AS measured,
    count(*) FILTER (WHERE human AND dwell_ms < ${FAST_MS}::int)::int AS fast,
    count(*) FILTER (WHERE human AND cardinality(opened) > 0)::int AS opened,
    count(*) FILTER (WHERE human AND reason IS NOT NULL)::int AS worded, count(*) FILTER (WHERE human AND paced)::int AS paced
  FROM (
    SELECT d.source = 'human' AS human, d.decision, d.dwell_ms, d.opened, d.reason, d.paced, i.tier
    FROM campaign_item i JOIN decision d ON d.id = i.decision_id
    WHERE i.campaign_id = ${id}::uuid AND NOT i.control AND d.decision IN ('keep', 'reduce', 'remove')
  ) one`

const sameWordsOf = (id: string) => db.$queryRaw<{ words: string; items: number }[]>`
  SELECT min(d.reason) AS words, count(*)::int AS items FROM campaign_item i JOIN decision d ON d.id = i.decision_id
  WHERE i.campaign_id = ${id}::uuid AND NOT i.control AND d.source = 'human' AND d.reason IS NOT NULL
  GROUP BY lower(regexp_replace(d.reason, '\s+', ' ', 'g')) HAVING count(*) > ${SAME_WORDS_MAX}::int ORDER BY 2 DESC, 1 LIMIT 20`

type Beside = {
  items: number
  handed: number
  asked: number
  answered: number
  differing: number
  controls: number
  kept: number
  of: number
  gone: number
  untold: number
}
const besideOf = (id: string, now: Date) => db.$queryRaw<Beside[]>`
  SELECT
    (SELECT count(*)::int FROM campaign_item i WHERE i.campaign_id = ${id}::uuid AND NOT i.control AND i.carries_id IS NULL) AS items,
    (SELECT count(DISTINCT h.item_id)::int FROM item_handover h WHERE h.campaign_id = ${id}::uuid AND h.hop) AS handed,
    l.asked, l.answered, l.differing, c.controls, c.kept, r.of, r.gone, r.untold
  FROM (
    SELECT count(*) FILTER (WHERE i.state <> 'carried')::int AS asked, count(l.answer)::int AS answered,
      count(*) FILTER (WHERE l.answer IS NOT NULL AND d.decision IN ('keep', 'reduce', 'remove') AND l.answer <> d.decision)::int AS differing
    FROM second_look l JOIN campaign_item i ON i.id = l.item_id LEFT JOIN decision d ON d.id = i.decision_id
    WHERE l.campaign_id = ${id}::uuid
  ) l, (
    SELECT count(*)::int AS controls, count(*) FILTER (WHERE d.decision = 'keep')::int AS kept
    FROM campaign_item i LEFT JOIN decision d ON d.id = i.decision_id WHERE i.campaign_id = ${id}::uuid AND i.control
  ) c, (
    SELECT count(*) FILTER (WHERE retired_at IS NOT NULL OR seen)::int AS of,
      count(*) FILTER (WHERE retired_at <= due)::int AS gone,
      count(*) FILTER (WHERE retired_at IS NULL AND NOT seen AND due < ${now}::timestamptz)::int AS untold
    FROM (
      SELECT n.retired_at, d.due, EXISTS (SELECT 1 FROM look l WHERE l.scope_id = n.scope_id AND l.stream = n.stream
        AND l.kind = 'identity' AND l.complete_at > d.due) AS seen
      FROM remediation r LEFT JOIN identity n ON n.id = r.identity_id
        CROSS JOIN LATERAL (SELECT r.signed_at + make_interval(days => ${GONE_WITHIN_DAYS}::int) AS due) d
      WHERE r.campaign_id = ${id}::uuid AND r.kind = 'remove' AND r.signed_at IS NOT NULL AND r.dropped_at IS NULL
    ) one
  ) r`

/** @throws RollcallError `not-found` */
export async function campaignQuality(actor: Actor | null, id: string, now = new Date()): Promise<Quality> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const [[counted], sameWords, [beside]] = await Promise.all([
    decisionsOf(id),
    sameWordsOf(id),
    besideOf(id, now),
  ])
  if (!counted || !beside) throw new Error('there is no answer')
  const same = sameWords.reduce((sum, { items }) => sum + items, 0)
  const { high, medium, low } = counted
  return {
    human: counted.human,
    policy: counted.policy,
    removeShare: share(counted.removed, counted.human),
    medianDwellMs: { high, medium, low },
    measured: counted.measured,
    fastShare: share(counted.fast, counted.measured),
    openedShare: share(counted.opened, counted.human),
    handedOnShare: share(beside.handed, beside.items),
    sameWordsShare: share(same, counted.worded),
    sameWords,
    paced: counted.paced,
    secondLooks: {
      asked: beside.asked,
      answered: beside.answered,
      differing: beside.differing,
      differingShare: share(beside.differing, beside.answered),
    },
    goneInTime: { of: beside.of, gone: beside.gone, unknown: beside.untold },
    controls: { items: beside.controls, kept: beside.kept },
  }
}
