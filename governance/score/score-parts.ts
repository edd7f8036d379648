// What a score is made of: what each privilege and each severity costs it, and which rules would raise it most.
import { SEVERITIES, TOPICS, type Severity, type Topic } from '@/core/rule'
import {
  endOf,
  NO_SEVERITY,
  shareOf,
  WEIGHTS,
  type ScoreCount,
  type ScoreEnd,
  type Weight,
} from '@/core/score'
import type { WorstByRule } from '@/inventory/queries/score-rules'
import { rules } from '@/rules'

type PrivilegeName = ScoreCount['privilege']
export type PrivilegePart = {
  privilege: PrivilegeName
  weight: Weight
  identities: number
  /** By their worst failing finding. */
  bySeverity: Record<Severity | 'none', number>
  /** That no rule was asked about yet. */
  unjudged: number
  /** How many points each end is short of 100 by them. */
  lost: { low: number; high: number }
}
export type RuleGain = {
  ruleId: string
  title: string
  /** Points by which the upper end would rise if none of its findings failed. */
  points: number
  /** Identities that would be better off. */
  identities: number
  href: string
}
export type TopicLoss = { topic: Topic; title: string; points: number; href: string }

const TENTH = 10
export const tenths = (points: number): number => Math.round(points * TENTH) / TENTH
const metaOf = new Map(rules.map(({ meta }) => [meta.id, meta]))

const severityName = (severity: number): Severity | 'none' => SEVERITIES[severity] ?? 'none'

/** Points that so many of that privilege and share are short of. */
const lostBy = ({ weight, weightOf }: ScoreEnd, privilege: PrivilegeName, share: number, count: number) =>
  weight ? (weightOf(privilege, share) * (100 - share) * count) / weight : 0

export function partsOf(counts: readonly ScoreCount[]): PrivilegePart[] {
  const [low, high] = [endOf(counts, 'low'), endOf(counts, 'high')]
  return (Object.keys(WEIGHTS) as PrivilegeName[]).flatMap((privilege) => {
    const own = counts.filter((one) => one.privilege === privilege)
    if (!own.length) return []
    const part: PrivilegePart = {
      ...{ privilege, weight: WEIGHTS[privilege], identities: 0, unjudged: 0, lost: { low: 0, high: 0 } },
      bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0, none: 0 },
    }
    for (const { worst, worstOpen, count, unjudged } of own) {
      part.identities += count
      if (unjudged) part.unjudged += count
      else part.bySeverity[severityName(worst)] += count
      part.lost.low += lostBy(low, privilege, unjudged ? 0 : shareOf(worstOpen), count)
      part.lost.high += lostBy(high, privilege, unjudged ? 100 : shareOf(worst), count)
    }
    part.lost = { low: tenths(part.lost.low), high: tenths(part.lost.high) }
    return [part]
  })
}

/** The same identities as if they did not fail the rule. */
function without(counts: readonly ScoreCount[], rows: readonly WorstByRule[]): ScoreCount[] {
  const left = counts.map((one) => ({ ...one }))
  for (const { privilege, worst, next, count } of rows) {
    let todo = count
    for (const one of left) {
      if (one.unjudged || one.privilege !== privilege || one.worst !== worst || !todo) continue
      const moved = Math.min(todo, one.count)
      one.count -= moved
      todo -= moved
      left.push({ ...one, worst: next, count: moved })
    }
  }
  return left.filter(({ count }) => count > 0)
}

/** The most first. A rule whose identities fail another one as badly gains nothing by itself. */
export function gainsOf(
  counts: readonly ScoreCount[],
  byRule: readonly WorstByRule[],
  most: number,
): RuleGain[] {
  const before = endOf(counts, 'high').points
  const alone = byRule.filter(({ ties, next, worst }) => ties === 1 && next > worst)
  return [...new Set(alone.map(({ ruleId }) => ruleId))]
    .map((ruleId) => {
      const rows = alone.filter((row) => row.ruleId === ruleId)
      return {
        ruleId,
        title: metaOf.get(ruleId)?.title ?? ruleId,
        points: tenths(endOf(without(counts, rows), 'high').points - before),
        identities: rows.reduce((sum, { count }) => sum + count, 0),
        href: `/findings?rule=${ruleId}&verdict=fail`,
      }
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || (a.ruleId < b.ruleId ? -1 : 1))
    .slice(0, most)
}

/** What the upper end is short of, by what the worst rule of each identity is about; equally bad rules share it. */
export function lossesOf(counts: readonly ScoreCount[], byRule: readonly WorstByRule[]): TopicLoss[] {
  const high = endOf(counts, 'high')
  const sums = new Map<Topic, number>()
  for (const { ruleId, privilege, worst, ties, count } of byRule) {
    const topic = metaOf.get(ruleId)?.topic
    if (!topic || worst >= NO_SEVERITY) continue
    sums.set(topic, (sums.get(topic) ?? 0) + lostBy(high, privilege, shareOf(worst), count) / ties)
  }
  return [...sums]
    .map(([topic, points]) => ({
      topic,
      title: TOPICS[topic],
      points: tenths(points),
      href: `/findings?topic=${topic}&verdict=fail`,
    }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || (a.topic < b.topic ? -1 : 1))
}
