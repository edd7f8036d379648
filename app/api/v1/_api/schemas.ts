// Shapes of the API's answers, for its description. Each is checked against the type the query answers with.
import { z } from 'zod'
import { Instant, Why } from '@/core/fact'
import type { FindingRow, IdentityRow, Stale } from '@/core/list'
import { SEVERITIES } from '@/core/rule'
import type { IdentityConnections } from '@/inventory/queries/identity-connections'
import type { FullCompleteness } from '@/inventory/queries/types'
import { KINDS } from '@/core/observation'
import { Meaning, Relation } from '@/core/join'
import { decisions } from './decision-schemas'

/** A schema that reads exactly the type given: one that says less or more does not compile. */
export const of =
  <T>() =>
  <S extends z.ZodType<T>>(schema: S & (T extends z.output<S> ? unknown : never)): S =>
    schema

export const Id = z.guid()
const Severity = z.enum(SEVERITIES)
export const State = z.enum(['known', 'absent', 'unknown'])

export const Completeness = of<FullCompleteness>()(
  z.object({
    state: z.enum(['complete', 'partial', 'none']),
    scopes: z.int(),
    asOf: Instant.optional(),
    stale: z.array(z.object({ scope: z.string(), asOf: Instant.optional() })),
    missing: z.array(
      z.object({
        scope: z.string(),
        kind: z.string(),
        why: Why,
        permission: z.string(),
        detail: z.string(),
        since: Instant.optional(),
      }),
    ),
    missingTotal: z.int(),
    beyond: z.int(),
  }),
).meta({
  description:
    'What the answer rests on: which looks were complete, how old they are, and what was not seen.',
})

export const Identity = of<IdentityRow>()(
  z.object({
    id: Id,
    nativeId: z.string(),
    alias: z.string().optional(),
    name: z.string(),
    type: z.string(),
    class: z.string(),
    scope: z.object({
      id: Id,
      nativeId: z.string(),
      name: z.string(),
      connectorId: z.string(),
      sample: z.boolean(),
    }),
    owner: z.object({ state: State, name: z.string().optional() }),
    privilege: z.string(),
    lastUsed: z.object({ state: State, at: Instant.optional() }),
    createdAt: Instant.optional(),
    credentials: z.int(),
    credentialsState: z.enum(['known', 'unknown']),
    oldestCredentialAt: Instant.optional(),
    judged: z.boolean().meta({
      description: 'Whether the rules have been asked about it: without, no finding means nothing.',
    }),
    failing: z.int(),
    unknowns: z.int(),
    worst: Severity.optional(),
    firstSeenAt: Instant,
    retiredAt: Instant.optional(),
  }),
)

export const Overdue = of<Stale>()(
  z.object({
    since: Instant.meta({ description: 'Twice the expected interval after the last complete look.' }),
    seenAt: Instant.meta({ description: 'The last complete look.' }),
  }),
)

export const Finding = of<FindingRow>()(
  z.object({
    id: Id,
    ruleId: z.string(),
    verdict: z.enum(['fail', 'unknown']),
    severity: Severity,
    message: z.string(),
    latent: z.string().optional().meta({ description: 'Why it does no harm as things are: it ranks lower.' }),
    subject: z.object({
      kind: z.enum(['identity', 'credential', 'secret', 'scope']),
      id: Id,
      name: z.string(),
    }),
    identityId: Id.optional(),
    scope: z.object({ id: Id, name: z.string(), sample: z.boolean() }),
    state: z.enum(['open', 'resolved']),
    openedAt: Instant,
    changedAt: Instant,
    resolvedAt: Instant.optional(),
    stale: Overdue.optional().meta({
      description: 'Set where the looks its evidence rests on are out of date: it may no longer hold.',
    }),
    ...decisions,
  }),
)

export const pageOf = <S extends z.ZodType>(row: S) =>
  z.object({
    rows: z.array(row),
    total: z.int().meta({ description: 'Rows that match, up to a bound.' }),
    totalIsMore: z.boolean().meta({ description: 'Whether the bound was reached and there are more.' }),
    next: z
      .string()
      .optional()
      .meta({ description: 'Send as `after` for the next page. Missing on the last one.' }),
    completeness: Completeness,
  })

export const bounded = <S extends z.ZodType>(row: S) => z.object({ rows: z.array(row), more: z.boolean() })

export const Fact = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('known'),
      value: z.unknown(),
      source: z.string(),
      at: Instant,
      unconfirmed: z.unknown().optional(),
      stale: z.object({ since: Instant }).optional(),
    }),
    z.object({
      state: z.literal('absent'),
      note: z.string().optional(),
      source: z.string(),
      at: Instant,
      unconfirmed: z.unknown().optional(),
      stale: z.object({ since: Instant }).optional(),
    }),
    z.object({ state: z.literal('unknown'), why: Why, source: z.string(), detail: z.string().optional() }),
  ])
  .meta({
    description: 'Known, absent (asked, and there is none) or unknown (no answer), with its source and time.',
  })

export const Look = z.object({
  scope: z.object({ id: Id, name: z.string(), sample: z.boolean() }),
  stream: z.string(),
  kind: z.string(),
  state: z.enum(['complete', 'partial']),
  at: Instant,
  completeAt: Instant.optional(),
  why: Why.optional(),
  permission: z.string().optional(),
  detail: z.string().optional(),
  gaps: z.array(z.object({ permission: z.string(), why: Why, detail: z.string(), count: z.int() })),
  about: z.array(z.string()).optional(),
})

const Kind = z.enum(KINDS)
const Namesake = z.object({
  id: Id,
  nativeId: z.string(),
  name: z.string(),
  firstSeenAt: Instant,
  retiredAt: Instant.optional(),
})
const ConnectionEnd = z.object({
  identityId: Id.optional(),
  credentialId: Id.optional().meta({ description: 'Of a credential or stored secret.' }),
  kind: Kind,
  type: z.string(),
  name: z.string(),
  scope: z.object({ id: Id, name: z.string(), connectorId: z.string() }),
  retiredAt: Instant.optional(),
})
export const Connection = z.object({
  id: Id,
  relation: Relation,
  means: Meaning,
  saidBy: z.enum(['this', 'other']),
  trustId: Id.optional(),
  state: z.enum(['matched', 'dangling', 'unknown']),
  why: z.string().optional(),
  reason: z.string(),
  asked: z.object({ type: z.string(), value: z.string(), match: z.enum(['exact', 'pattern']) }),
  other: ConnectionEnd.optional(),
  hidden: z.literal(true).optional(),
  through: ConnectionEnd.optional(),
  broad: z.literal(true).optional(),
  evidence: z.array(
    z.object({ kind: Kind, scope: z.string(), connectorId: z.string(), stream: z.string(), at: Instant }),
  ),
  lookalike: z.object({ predecessorId: Id.optional(), goneAt: Instant }).optional(),
})
const Connections = of<IdentityConnections>()(
  z.object({
    becomeIt: bounded(Connection),
    itBecomes: bounded(Connection),
    restsOn: bounded(Connection),
    reaches: bounded(Connection),
    predecessor: Namesake.optional(),
    successors: bounded(Namesake),
    inherited: bounded(z.object({ id: Id, kind: Kind, name: z.string(), since: Instant })),
  }),
).meta({
  description:
    'Who can become it, what it can become and what it rests on. Each is matched, dangling (there is nobody, and all was read) or unknown.',
})

export const Part = z.looseObject({ id: Id, at: Instant })
export const Timeline = z.object({
  events: z.array(z.looseObject({ at: Instant, what: z.string(), kind: z.string() })),
  more: z.boolean(),
  keptFrom: Instant.optional().meta({ description: 'Older changes may no longer be kept.' }),
})
export const IdentityDetail = z.object({
  identity: Identity,
  aliases: z.array(z.string()),
  classReason: z.string(),
  consoleUrl: z.string().optional(),
  facts: z.object({
    createdAt: Fact,
    enabled: Fact,
    lastUsedAt: Fact,
    description: Fact,
    maxSessionSeconds: Fact,
    tags: Fact,
    automountsToken: Fact.optional(),
    vendor: Fact.optional(),
    facets: Fact.optional(),
    owner: Fact,
    privilege: Fact,
  }),
  evaluatedAt: Instant.optional(),
  confirmedAt: Instant,
  credentials: bounded(
    z.looseObject({
      id: Id,
      name: z.string(),
      type: z.string(),
      form: z.string(),
      facts: z.record(z.string(), Fact),
    }),
  ),
  grants: bounded(Part),
  trust: bounded(Part),
  ownerHints: bounded(Part),
  usedBy: bounded(Part),
  usage: bounded(Part),
  issuers: bounded(Part),
  connections: Connections,
  findings: bounded(Finding),
  looks: z.array(Look),
  timeline: Timeline,
  completeness: Completeness,
})

export const FindingDetail = z.object({
  finding: Finding,
  revision: z.string(),
  resolvedWhy: z.string().optional(),
  evidence: z.array(z.looseObject({ fact: z.string(), state: State, source: z.string() })),
  identity: Identity.optional(),
  looks: z.array(Look),
  completeness: Completeness,
})

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ description: 'An error, after RFC 9457.' })
