// A score as it was some days ago, and what moved it since.
import type { Instant } from '@/core/fact'
import { scoreOf, type ScoreRange } from '@/core/score'
import type { Actor } from '@/core/permissions'
import { atMoment, readingNow } from '@/inventory/moment/at-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { changesSince } from '@/inventory/queries/changes-since'
import { scoreCounts, scoredScopes, type Scored, type ScoreOf } from '@/inventory/queries/score-counts'
import {
  blindSentences,
  policySentences,
  ruleSentences,
  seeingSentences,
  sourceSentences,
} from '../news/change-sentences'
import { counted, type Sentence } from '../news/sentence'

const DAY_MS = 24 * 3600_000
/** Days before the moment read at, the longest ago first. */
const TREND_DAYS = [90, 60, 45, 30, 21, 14, 7, 5, 3, 2, 1]
/** The same where it stands beside other things: each of these days is asked about by itself. */
export const BRIEF_DAYS = [90, 30, 14, 7, 1]
const COMPARED_DAYS = [7, 30, 90] as const
const RULES_TOLD = 5

export type ScorePoint = { at: Instant; range: ScoreRange }
export type ScoreChange = {
  days: number
  since: Instant
  /** Undefined where it was not known then. */
  before?: ScoreRange
  causes: Sentence[]
}

const daysAgo = (days: number): Instant => new Date(readingNow().getTime() - days * DAY_MS).toISOString()

/** As it would be answered as of that instant, by what is kept. */
async function scoreThen(actor: Actor, at: Instant, of: ScoreOf): Promise<ScoreRange | undefined> {
  const { counts } = await atMoment({ valid: at, known: at }, async () =>
    scoreCounts(await scoredScopes(actor, of)),
  )
  return scoreOf(counts)
}

/** The oldest first; days of which nothing is known, or on which nothing was judged, are left out. */
export async function scoreTrend(
  actor: Actor,
  of: ScoreOf,
  now: ScoreRange | undefined,
  days: readonly number[] = TREND_DAYS,
): Promise<ScorePoint[]> {
  const begins = await historyBegins()
  const points: ScorePoint[] = []
  for (const ago of days) {
    const at = daysAgo(ago)
    const range = begins && at < begins ? undefined : await scoreThen(actor, at, of)
    if (range) points.push({ at, range })
  }
  return now ? [...points, { at: readingNow().toISOString(), range: now }] : points
}

/** How many identities are judged now and were not then, and the other way round, by their numbers alone. */
function sizeSentence(before: number, now: number): Sentence[] {
  const moved = now - before
  if (!moved) return []
  const of = moved > 0 ? 'more' : 'fewer'
  const said = counted(Math.abs(moved), `${of} identity is`, `${of} identities are`)
  return [{ text: `${said} counted.`, href: '/identities?class=machine,unclear&sort=-created' }]
}

async function changeOver(
  actor: Actor,
  days: number,
  { seen, of, identities }: { seen: Scored; of: ScoreOf; identities: number },
): Promise<ScoreChange> {
  const since = daysAgo(days)
  const begins = await historyBegins()
  if (begins && since < begins) return { days, since, causes: [] }
  const { counts } = await atMoment({ valid: since, known: since }, async () =>
    scoreCounts(await scoredScopes(actor, of)),
  )
  const before = scoreOf(counts)
  if (!before) return { days, since, causes: [] }
  const changes = await changesSince(actor, seen.scopes, since)
  const held = counts.reduce((sum, { count }) => sum + count, 0)
  const causes = [
    ...policySentences(changes),
    ...sourceSentences(changes),
    ...blindSentences(changes),
    ...seeingSentences(changes),
    ...sizeSentence(held, identities),
    ...ruleSentences(changes, RULES_TOLD),
  ]
  return { days, since, before, causes }
}

/** One after the other: each moment of the past takes a connection of its own. */
export async function scoreChanges(
  actor: Actor,
  at: { seen: Scored; of: ScoreOf; identities: number },
): Promise<ScoreChange[]> {
  const changes: ScoreChange[] = []
  for (const days of COMPARED_DAYS) changes.push(await changeOver(actor, days, at))
  return changes
}
