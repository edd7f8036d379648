// The route of the score: both ends, what they are made of, and what moved them.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { PRIVILEGE_CLASSES } from '@/core/subject'
import { SEVERITIES, TOPICS, type Topic } from '@/core/rule'
import { getScore, type ScoreView } from '@/governance/score/get-score'
import { scoreColumns, scoreLines } from '@/governance/score/score-columns'
import { ScoreFilter } from '@/governance/score/score-filter'
import { CSV, Export } from './export-query'
import { Completeness, of } from './schemas'

const Privilege = z.enum([...PRIVILEGE_CLASSES, 'unknown'])
const Weight = z.object({ least: z.int(), most: z.int() }).meta({
  description: 'Differ where the privilege is not certain: each end of the score takes what is worse for it.',
})
const Range = z.object({ low: z.int().min(0).max(100), high: z.int().min(0).max(100) })
const Ends = z.object({ low: z.number(), high: z.number() })
const Score = of<ScoreView>()(
  z.object({
    score: Range.optional().meta({
      description:
        '`low` as if everything that cannot be told failed. Missing where no rule was asked about any identity.',
    }),
    identities: z.int(),
    unjudged: z.int().meta({ description: 'Of those: no rule was asked about them yet.' }),
    exceptions: z
      .object({ identities: z.int(), low: z.int(), high: z.int() })
      .meta({ description: 'Identities that exceptions count for, and the points of each end they keep.' }),
    parts: z.array(
      z.object({
        privilege: Privilege,
        weight: Weight,
        identities: z.int(),
        bySeverity: z.record(z.enum([...SEVERITIES, 'none']), z.int()),
        unjudged: z.int(),
        lost: Ends.meta({ description: 'Points by which each end is short of 100 because of them.' }),
      }),
    ),
    weights: z.record(Privilege, Weight).readonly(),
    shares: z
      .object({
        critical: z.literal(0),
        high: z.literal(20),
        medium: z.literal(60),
        low: z.literal(90),
        info: z.literal(100),
      })
      .readonly()
      .meta({ description: 'Per cent of its weight that an identity keeps, by its worst finding.' }),
    raises: z
      .array(
        z.object({
          ruleId: z.string(),
          title: z.string(),
          points: z.number(),
          identities: z.int(),
          href: z.string(),
        }),
      )
      .meta({ description: 'Rules that would raise the upper end most if none of their findings failed.' }),
    topics: z.array(
      z.object({
        topic: z.enum(Object.keys(TOPICS) as [Topic, ...Topic[]]),
        title: z.string(),
        points: z.number(),
        href: z.string(),
      }),
    ),
    trend: z.array(z.object({ at: Instant, range: Range })),
    changes: z.array(
      z.object({
        days: z.number(),
        since: Instant,
        before: Range.optional().meta({ description: 'Missing where it is not known.' }),
        causes: z.array(z.object({ text: z.string(), href: z.string().optional() })),
      }),
    ),
    completeness: Completeness,
  }),
)

export const scoreRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/score',
    past: true,
    permission: 'finding:read',
    summary: 'Says how many of the identities are in order, weighing the powerful ones more',
    description:
      'A range from 0 to 100, because what cannot be told is no pass. As CSV: a line for each privilege. Owners get it for what is theirs.',
    query: ScoreFilter.extend(Export),
    status: 200,
    answer: Score,
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'score',
        columns: scoreColumns,
        each: async function* () {
          yield scoreLines(await getScore(actor, filter))
        },
        page: () => getScore(actor, filter),
      }),
  }),
]
