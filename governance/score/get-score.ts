// The score with all that explains it: the same for pages, the API and the command line.
import { scoreOf, SHARES, WEIGHTS, type ScoreRange } from '@/core/score'
import type { Actor } from '@/core/permissions'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { hasRealScope } from '@/inventory/queries/counted-scopes'
import { scoreCounts, scoredScopes, type ScoreOf } from '@/inventory/queries/score-counts'
import { worstByRule } from '@/inventory/queries/score-rules'
import { scoreChanges, scoreTrend } from './score-history'
import { gainsOf, lossesOf, partsOf } from './score-parts'

const GAINS_MAX = 5

export type ScoreNow = {
  /** Unset where no rule was asked about any identity. */
  score?: ScoreRange
  /** Identities that are counted. */
  identities: number
  /** Of those: no rule was asked about them yet. */
  unjudged: number
  /** Identities with a finding that an exception counts for, and the points of both ends that it keeps. */
  exceptions: { identities: number; low: number; high: number }
}

/**
 * The score alone, from a few rows.
 * @throws RollcallError `forbidden`
 */
export async function scoreNow(actor: Actor, of: ScoreOf = {}): Promise<ScoreNow> {
  return (await scored(actor, of)).now
}

async function scored(actor: Actor, of: ScoreOf) {
  const seen = await scoredScopes(actor, of)
  const { counts, bare, excepted } = await scoreCounts(seen)
  const [score, without] = [scoreOf(counts), scoreOf(bare)]
  const sum = (of: typeof counts) => of.reduce((n, { count }) => n + count, 0)
  const now: ScoreNow = {
    ...(score && { score }),
    identities: sum(counts),
    unjudged: sum(counts.filter(({ unjudged }) => unjudged)),
    exceptions: {
      identities: excepted,
      low: score && without ? score.low - without.low : 0,
      high: score && without ? score.high - without.high : 0,
    },
  }
  return { seen, counts, now }
}

/** @throws RollcallError `forbidden` */
export async function getScore(actor: Actor, of: ScoreOf = {}) {
  const { seen, counts, now } = await scored(actor, of)
  const { chosen } = seen
  const [byRule, completeness] = await Promise.all([
    worstByRule(seen),
    completenessOf(actor, { scopeIds: chosen, realOnly: !chosen && (await hasRealScope()) }),
  ])
  return {
    ...now,
    parts: partsOf(counts),
    weights: WEIGHTS,
    shares: SHARES,
    raises: gainsOf(counts, byRule, GAINS_MAX),
    topics: lossesOf(counts, byRule),
    trend: await scoreTrend(actor, of, now.score),
    changes: now.score ? await scoreChanges(actor, { seen, of, identities: now.identities }) : [],
    completeness,
  }
}
export type ScoreView = Awaited<ReturnType<typeof getScore>>
