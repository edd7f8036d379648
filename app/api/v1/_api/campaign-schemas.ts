// Shapes of what the API answers about campaigns and reviews.
import { z } from 'zod'
import { CAMPAIGN_KINDS, CAMPAIGN_STATES, ITEM_STATES, TIERS, type Card } from '@/core/campaign'
import { Instant } from '@/core/fact'
import { SEVERITIES } from '@/core/rule'
import type { ItemRow } from '@/governance/campaigns/campaign-items'
import { ChainStep, CampaignPolicy } from '@/governance/campaigns/campaign-input'
import type { CampaignRow } from '@/governance/campaigns/list-campaigns'
import type { PopulationCheck } from '@/governance/campaigns/check-population'
import type { Difference } from '@/governance/campaigns/differences'
import type { MyCampaign } from '@/governance/campaigns/my-reviews'
import type { Quality } from '@/governance/campaigns/quality'
import { REMEDIATION_STATES } from '@/governance/campaigns/remediation-state'
import type { RemediationRow } from '@/governance/campaigns/remediations'
import type { ReviewerRow } from '@/governance/campaigns/reviewers'
import { Id, of } from './schemas'

const Who = z.object({ id: Id, name: z.string() })
const Count = z.int()

export const Campaign = of<CampaignRow>()(
  z.object({
    id: Id,
    name: z.string(),
    kind: z.enum(CAMPAIGN_KINDS),
    cause: z
      .string()
      .optional()
      .meta({ description: 'Of what is asked about by itself: what has happened.' }),
    state: z.enum(CAMPAIGN_STATES),
    version: z.int().meta({ description: 'To be sent with a change: who changes an older one is told so.' }),
    dueAt: Instant,
    manager: Who,
    createdAt: Instant,
    createdBy: z.string(),
    rows: Count.optional(),
    instant: Instant.optional().meta({ description: 'Every card speaks of this instant.' }),
    populationHash: z.string().optional(),
    publishedAt: Instant.optional(),
    closedAt: Instant.optional(),
    sealedAt: Instant.optional(),
    funnel: z.object({
      undecided: Count,
      unclear: Count,
      decided: Count,
      signed: Count,
      carried: Count,
      excepted: Count,
      moved: Count,
      controls: Count.meta({ description: 'Decoys: in no other number.' }),
      remediations: z.record(z.enum(REMEDIATION_STATES), Count),
    }),
  }),
)

const Reviewer = of<ReviewerRow>()(
  z.object({
    person: Who.extend({ here: z.boolean() }).nullable().meta({ description: 'Null: nobody is asked.' }),
    items: Count,
    high: Count,
    medium: Count,
    low: Count,
    open: Count,
    decided: Count,
    signed: Count,
    medianDwellMs: z.number().nullable().meta({ description: 'Null: none was measured.' }),
    removed: Count,
    handedOn: Count,
  }),
)
const Split = z.looseObject({ person: Who, items: Count, words: z.string() })
export const ReviewerPageSchema = z.object({
  rows: z.array(Reviewer),
  total: Count,
  next: Count.optional(),
  splits: z.array(Split),
})

export const CampaignDetail = Campaign.extend({
  instructions: z.string(),
  filter: z.record(z.string(), z.string()),
  chain: z.array(ChainStep),
  policy: CampaignPolicy.extend({ seed: z.string() }),
  extensions: z.array(
    z.object({ from: Instant, to: Instant, reason: z.string(), by: z.string(), at: Instant }),
  ),
  prepared: Count,
  failure: z.string().optional(),
  runs: z.array(z.object({ id: Id, at: Instant })),
  gaps: z.object({
    total: Count,
    rows: z.array(
      z.object({
        scope: z.string(),
        kind: z.string(),
        why: z.string(),
        permission: z.string(),
        detail: z.string(),
      }),
    ),
  }),
  tiers: z.record(z.enum(TIERS), Count),
  reviewers: z.array(Reviewer).meta({ description: 'The busiest, a thousand at most.' }),
  asked: Count.meta({ description: 'How many there are; all of them have a list of their own.' }),
  splits: z.array(Split),
  blockers: z.array(z.object({ id: z.string(), count: Count, words: z.string() })),
  open: z.record(z.string(), Count).optional(),
  signOffs: z.array(
    z.looseObject({
      id: Id,
      kind: z.string(),
      name: z.string(),
      items: Count,
      hash: z.string(),
      at: Instant,
    }),
  ),
  addenda: z.array(z.object({ id: Id, item: Id.optional(), text: z.string(), by: z.string(), at: Instant })),
})

export const Item = of<ItemRow>()(
  z.object({
    id: Id,
    identityId: Id,
    name: z.string(),
    type: z.string(),
    scope: z.object({ id: Id, name: z.string() }),
    tier: z.enum(TIERS),
    reasons: z.array(z.string()),
    administrator: z.boolean(),
    cluster: z.string().optional(),
    cardHash: z.string(),
    reviewer: z.object({ id: Id, name: z.string(), why: z.string() }).optional(),
    hops: Count,
    state: z.enum(ITEM_STATES),
    version: Count,
    cause: z.string().optional(),
    decision: z
      .object({
        decision: z.string(),
        by: z.string(),
        for: z.string().optional(),
        source: z.string(),
        at: Instant,
        reason: z.string().optional(),
        keepUntil: Instant.optional(),
      })
      .optional()
      .meta({ description: 'Not told to whoever has yet to give the second look.' }),
    exception: z.object({ person: z.string().optional(), reason: z.string() }).optional(),
  }),
)
export const ItemPage = z.object({ rows: z.array(Item), next: z.string().optional() })

const Section = z.discriminatedUnion('state', [
  z.object({ state: z.literal('known'), lines: z.array(z.string()), at: Instant.optional() }),
  z.object({ state: z.literal('unknown'), why: z.string(), lines: z.array(z.string()).optional() }),
])
const Digest = z.object({ count: Count, digest: z.string() })
export const CardSchema = of<Card>()(
  z.object({
    form: z.literal(1),
    instant: Instant,
    identity: z.object({
      id: Id,
      nativeId: z.string(),
      name: z.string(),
      type: z.string(),
      class: z.string(),
      scope: z.object({ id: Id, nativeId: z.string(), name: z.string() }),
      firstSeenAt: Instant,
    }),
    owner: z.object({ state: z.enum(['known', 'absent', 'unknown']), words: z.string() }),
    does: Section,
    used: Section,
    could: Section,
    changed: Section,
    keeping: Section,
    removing: Section,
    signals: z.array(
      z.object({
        rule: z.string(),
        severity: z.enum(SEVERITIES),
        verdict: z.enum(['fail', 'unknown']),
        message: z.string(),
        findingId: Id,
      }),
    ),
    moreSignals: Count,
    unseen: z.array(z.string()),
    risk: z.object({
      tier: z.enum(TIERS),
      reasons: z.array(z.object({ id: z.string(), tier: z.enum(TIERS), words: z.string() })),
      administrator: z.boolean(),
    }),
    sameness: z.discriminatedUnion('state', [
      z.object({
        state: z.literal('known'),
        value: z.object({
          key: z.string(),
          type: z.string(),
          grants: Digest,
          trust: Digest,
          consumers: Digest,
          use: z.string(),
        }),
      }),
      z.object({ state: z.literal('unknown'), why: z.string() }),
    ]),
    compared: z.object({
      owner: z.string(),
      privilege: z.string(),
      enabled: z.string(),
      grants: z.string(),
      trust: z.string(),
      consumers: z.string(),
      signals: z.array(z.string()),
    }),
    grants: z.array(z.object({ id: Id, name: z.string() })),
  }),
)

export const ReviewDetail = z.looseObject({
  id: Id,
  version: Count,
  state: z.string(),
  cardHash: z.string(),
  card: CardSchema,
  role: z.enum(['reviewer', 'second', 'reader']),
  decisions: z.array(
    z.looseObject({ id: Id, decision: z.string(), by: z.string(), source: z.string(), at: Instant }),
  ),
  handovers: z.array(z.looseObject({ to: z.string(), reason: z.string(), by: z.string(), at: Instant })),
  since: z.looseObject({ standing: z.enum(['there', 'gone', 'not-read']) }),
})

export const Mine = of<MyCampaign>()(
  z.object({
    id: Id,
    name: z.string(),
    instructions: z.string(),
    dueAt: Instant,
    state: z.string(),
    kind: z.enum(CAMPAIGN_KINDS),
    cause: z.string().optional(),
    items: Count,
    decided: Count,
    signed: Count,
    high: Count,
    second: Count,
    riskiest: z.array(z.string()),
  }),
)

const Share = z.number().nullable()
export const QualitySchema = of<Quality>()(
  z.object({
    human: Count,
    policy: Count,
    removeShare: Share,
    medianDwellMs: z.object({ high: Share, medium: Share, low: Share }),
    measured: Count,
    fastShare: Share,
    openedShare: Share,
    handedOnShare: Share,
    sameWordsShare: Share,
    sameWords: z.array(z.object({ words: z.string(), items: Count })),
    paced: Count,
    secondLooks: z.object({ asked: Count, answered: Count, differing: Count, differingShare: Share }),
    goneInTime: z.object({ of: Count, gone: Count, unknown: Count }),
    controls: z.object({ items: Count, kept: Count }),
  }),
)

export const Check = of<PopulationCheck>()(
  z.object({
    recorded: z.string().nullable(),
    computed: z.string(),
    rows: Count,
    holds: z.boolean(),
    wrong: z.array(Id),
  }),
)

export const RemediationSchema = of<RemediationRow>()(
  z.object({
    id: Id,
    item: Id,
    identityId: Id,
    name: z.string(),
    kind: z.enum(['remove', 'reduce']),
    steps: z.array(z.string()),
    drops: z.array(z.string()),
    state: z.enum(REMEDIATION_STATES),
    since: Instant.optional(),
    why: z.string().optional(),
    decidedBy: z.string(),
    reviewer: z.string().optional(),
    decidedAt: Instant,
    signedAt: Instant.optional(),
    appliedAt: Instant.optional(),
    appliedBy: z.string().optional(),
    appliedNote: z.string().optional(),
  }),
)

const Said = z.object({ decision: z.string(), by: z.string(), reason: z.string().optional(), at: Instant })
export const DifferenceSchema = of<Difference>()(
  z.object({
    item: Id,
    name: z.string(),
    tier: z.enum(TIERS),
    why: z.enum(['administrator', 'sample']),
    first: Said,
    second: Said,
    settled: z.object({ as: z.string(), by: z.string(), why: z.string(), at: Instant }).optional(),
    involved: z.boolean().meta({ description: 'Whether you cannot be the one to settle it.' }),
  }),
)

export const Decided = z.object({
  campaignId: Id,
  rows: z.array(
    z.object({
      item: Id,
      decision: z.string(),
      state: z.string(),
      version: Count,
      reviewerId: Id.nullable(),
    }),
  ),
  pace: z.object({ fast: z.boolean(), high: Count, words: z.string() }),
})
