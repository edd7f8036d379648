// The shapes of answers about access.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { Completeness, Id } from './schemas'

const Words = z.array(z.string())
const Scope = z.object({ id: Id, name: z.string() })
const Kind = z.enum(['identity', 'workload', 'secret', 'issuer', 'credential'])
const Node = z.object({
  kind: Kind,
  id: Id,
  end: z.looseObject({ kind: z.string(), type: z.string(), name: z.string() }).optional(),
  hidden: z.literal(true).optional().meta({ description: 'You may not see it.' }),
})
const Rights = z.object({
  kind: z.enum(['administrator', 'more']).meta({
    description:
      'administrator: everything in the scope; more: more rights there than now, how many is not known.',
  }),
  scope: Scope,
})
export const Step = z.object({
  id: Id,
  from: Node,
  to: z.union([Node, Rights]),
  by: z.string().meta({ description: 'The escalation, or how one names the other.' }),
  title: z.string().optional(),
  certainty: z.enum(['observed', 'possible', 'depends']),
  because: Words,
  missing: Words.meta({ description: 'What was not seen and could decide it.' }),
  since: Instant,
})
const Reached = z.object({ ...Node.shape, hops: z.number().int(), step: Step })
const answered = {
  completeness: Completeness,
  analysedAt: Instant.nullable().meta({
    description: 'When the oldest analysis it rests on was made; null where one was never made.',
  }),
  more: z
    .enum(['nodes', 'hops', 'starts'])
    .optional()
    .meta({ description: 'A bound was met: there is more than is told.' }),
  at: Instant,
}
export const CanAnswer = z.object({
  answer: z.enum(['yes', 'no', 'depends']),
  because: Words,
  missing: Words.optional(),
  identity: z.object({ id: Id, name: z.string(), scope: Scope }),
  question: z.looseObject({ action: z.string(), resource: z.string() }),
  platform: z.string().optional(),
  completeness: Completeness,
  at: Instant,
})
export const BecomeAnswer = z.object({
  identity: Node,
  become: z.array(Reached),
  administrators: z
    .object({ count: z.number().int(), first: z.array(Step) })
    .meta({ description: 'Whoever is administrator of its scope can act as it as well.' }),
  ...answered,
})
export const ReachAnswer = z.object({
  from: z.object({ words: z.string(), nodes: z.array(Node) }),
  reached: z.array(Reached),
  everything: z.array(z.object({ scope: Scope, identities: z.number().int(), step: Step })),
  counts: z.record(z.string(), z.number().int()),
  ...answered,
})
export const PathAnswer = z.object({
  from: z.string(),
  to: z.string(),
  paths: z.array(z.array(Step)),
  ...answered,
})
const Count = z.number().int().nonnegative()
const Use = z.object({
  answer: z.enum(['would-break', 'no-use-seen', 'unknown']).meta({
    description:
      'would-break: it was seen in use; no-use-seen: a source that would know tells of none; unknown: it may be in use.',
  }),
  words: z.string(),
  seen: z.array(z.object({ of: Id, at: Instant, what: z.string() })),
  workloads: Words.meta({ description: 'What runs as the one that takes the step.' }),
})
export const ChokePointsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  hops: Count,
  cut: z.enum(['found', 'impossible', 'none']).meta({
    description: 'impossible: nothing that could be taken away cuts every way; none: there is no way.',
  }),
  points: z.array(
    z.object({
      kind: z.enum(['grant', 'trust', 'link', 'membership', 'workload', 'step']),
      remove: z.string().meta({ description: 'Empty where what the step rests on is not told.' }),
      confirmed: z.object({ answer: z.enum(['yes', 'no', 'not-tried']), words: z.string() }),
      steps: z.array(Step),
      count: Count,
      use: Use,
    }),
  ),
  ways: z.object({
    count: Count,
    more: z.boolean().meta({ description: 'There are more than were counted.' }),
    sources: Count,
  }),
  after: z
    .object({ sources: Count, hops: Count, first: z.array(Node), more: z.boolean() })
    .meta({ description: 'Tried out: who still comes there, by ways of at most so many steps.' }),
  since: Instant.meta({ description: 'Since when something counts as used.' }),
  ...answered,
})
export const UnusedAnswer = z.object({
  identity: z.object({ id: Id, name: z.string(), scope: Scope }),
  platform: z.string().optional(),
  grants: z.array(
    z.object({
      name: z.string(),
      via: z.string(),
      effect: z.string(),
      use: z.enum(['told', 'unknown']).meta({
        description: 'unknown: no source speaks of it, and none of its rights is called unused.',
      }),
      window: z.object({ from: Instant, to: Instant }).optional(),
      why: z.string().optional(),
      counts: z.object({ seen: Count, mayBe: Count, notSeen: Count, unknown: Count }),
      seen: Words,
      mayBe: Words.meta({ description: 'What was seen does not say exactly.' }),
      notSeen: Words,
      total: Count.optional(),
    }),
  ),
  log: z.object({
    lines: z.array(z.object({ what: z.string(), at: Instant })),
    count: Count,
    from: Instant.nullable(),
    to: Instant.nullable(),
  }),
  evidence: z.string().meta({ description: 'Where use is told, or what is missing for that.' }),
  proposal: z
    .object({
      made: z.boolean(),
      why: z.string().meta({ description: 'Why it is withheld.' }),
      files: z.array(
        z.object({ name: z.string(), language: z.enum(['yaml', 'json', 'hcl']), text: z.string() }),
      ),
      notes: Words,
      asked: Count.meta({ description: 'Deeds that were asked again, each of which it allows.' }),
    })
    .optional(),
  since: Instant,
  completeness: Completeness,
  analysedAt: answered.analysedAt,
  more: z.literal('rights').optional().meta({ description: 'There is more than is told.' }),
  at: Instant,
})
