// Freezes some identities: reads them at the moment of the campaign, makes their cards, and says who is asked about each.
import { TIERS, type Card } from '@/core/campaign'
import { idOf } from '@/inventory/content-hash'
import { reader } from '@/inventory/moment/at-moment'
import type { Tx } from '@/prisma/client'
import type { ChainStep, StoredPolicy } from './campaign-input'
import { cardOf, type CardLook } from './card'
import { cardFacts, type CardFacts } from './card-facts'
import { carried } from './carry'
import { interestedIn, reviewerOf, secondOf, standingOf, type Interest } from './chain'
import { directoryOf, type Directory } from './directory'
import { cardHash } from './population-hash'
import { priorOf, type Prior } from './prior-decisions'
import { isPicked } from './sampling'

/** Share of what could be carried that a person is asked about all the same. */
const CARRIED_SAMPLE = 0.05

export type Frozen = {
  id: string
  identityId: string
  card: Card
  cardHash: string
  control: boolean
  carriesId: string | null
  interested: Interest[]
  reviewerId: string | null
  reviewerWhy: string
  second: { why: 'administrator' | 'sample'; reviewerId: string | null } | null
}
export type Freezing = {
  campaignId: string
  instant: Date
  chain: readonly ChainStep[]
  policy: StoredPolicy
  control?: boolean
}

async function looksOfScopes(ids: readonly string[]): Promise<Map<string, CardLook[]>> {
  const rows = await reader.look.findMany({
    where: { scopeId: { in: [...new Set(ids)] } },
    orderBy: [{ scopeId: 'asc' }, { stream: 'asc' }, { kind: 'asc' }],
  })
  const looks = new Map<string, CardLook[]>()
  for (const row of rows)
    looks.set(row.scopeId, [
      ...(looks.get(row.scopeId) ?? []),
      { ...row, gaps: row.gaps as CardLook['gaps'] },
    ])
  return looks
}

function directoryFor(facts: readonly CardFacts[], { chain, policy }: Freezing): Promise<Directory> {
  const owners = facts.flatMap(({ owner }) => (owner?.state === 'known' ? [owner.value.name] : []))
  const hints = facts.flatMap((one) => one.hints.map(({ value }) => value))
  const named = chain.flatMap((step) => (step.by === 'person' ? [step.person] : []))
  return directoryOf([...owners, ...hints], [...named, ...policy.secondReviewers])
}

/** At the moment that is asked about. */
export async function freeze(ids: readonly string[], at: Freezing): Promise<Frozen[]> {
  const facts = await cardFacts(ids, at.instant)
  const [looks, prior, directory] = await Promise.all([
    looksOfScopes(facts.map(({ scopeId }) => scopeId)),
    priorOf(ids, at.campaignId),
    directoryFor(facts, at),
  ])
  return facts.map((one) =>
    frozenOf(one, at, {
      looks: looks.get(one.scopeId) ?? [],
      prior: prior.get(one.id) ?? { leftOpen: false },
      directory,
    }),
  )
}

type Beside = { looks: CardLook[]; prior: Prior; directory: Directory }

function frozenOf(facts: CardFacts, at: Freezing, { looks, prior, directory }: Beside): Frozen {
  const asked = { owner: facts.owner, hints: facts.hints, directory }
  const card = cardOf(facts, {
    instant: at.instant.toISOString(),
    looks,
    before: prior.before,
    leftOpen: prior.leftOpen,
    standing: standingOf(asked),
  })
  const { tier, reasons, administrator } = card.risk
  const interested = interestedIn(asked)
  const { reviewerId, why } = reviewerOf(at.chain, asked)
  const { carried: isCarried } = carried({
    policy: at.policy,
    tier,
    before: prior.before,
    unchanged: prior.before !== undefined && !reasons.some(({ id }) => id === 'changed'),
    sampled: isPicked(at.policy.seed, 'carried', facts.id, CARRIED_SAMPLE),
    now: at.instant,
  })
  const carries = isCarried && !at.control
  const drawn = administrator || isPicked(at.policy.seed, 'second-look', facts.id, at.policy.secondLookShare)
  return {
    id: idOf('campaign-item', at.campaignId, facts.id),
    identityId: facts.id,
    card,
    cardHash: cardHash(card),
    control: at.control ?? false,
    carriesId: carries ? (prior.before?.decisionId ?? null) : null,
    interested,
    reviewerId,
    reviewerWhy: why,
    second:
      drawn && !carries && !at.control
        ? {
            why: administrator ? 'administrator' : 'sample',
            reviewerId: secondOf(reviewerId, asked, { interested, policy: at.policy, id: facts.id }),
          }
        : null,
  }
}

/** Writes what was frozen; what is there already stays. @param cause what has happened to them, where that is why they are asked about */
export async function writeFrozen(
  tx: Tx,
  campaignId: string,
  frozen: readonly Frozen[],
  cause: string | null = null,
): Promise<void> {
  const rows = frozen.map((one) => ({
    id: one.id,
    identity_id: one.identityId,
    name: one.card.identity.name,
    type: one.card.identity.type,
    scope_id: one.card.identity.scope.id,
    scope_name: one.card.identity.scope.name,
    card: one.card,
    card_hash: one.cardHash,
    tier: TIERS.indexOf(one.card.risk.tier),
    administrator: one.card.risk.administrator,
    cluster_key: one.card.sameness.state === 'known' ? one.card.sameness.value.key : null,
    control: one.control,
    carries_id: one.carriesId,
    interested: one.interested,
    reviewer_id: one.reviewerId,
    reviewer_why: one.reviewerWhy,
  }))
  await tx.$executeRaw`
    INSERT INTO campaign_item (id, campaign_id, identity_id, name, type, scope_id, scope_name, card, card_hash, tier, administrator,
      cluster_key, control, carries_id, interested, cause, reviewer_id, reviewer_why)
    SELECT id, ${campaignId}::uuid, identity_id, name, type, scope_id, scope_name, card, card_hash, tier, administrator,
      cluster_key, control, carries_id, interested, ${cause}::text, reviewer_id, reviewer_why
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x (id uuid, identity_id uuid, name text, type text, scope_id uuid,
      scope_name text, card jsonb, card_hash text, tier int, administrator boolean, cluster_key text, control boolean,
      carries_id uuid, interested jsonb, reviewer_id uuid, reviewer_why text)
    ON CONFLICT DO NOTHING`
  const seconds = frozen.flatMap(({ id, second }) =>
    second ? [{ itemId: id, campaignId, why: second.why, reviewerId: second.reviewerId }] : [],
  )
  if (seconds.length) await tx.secondLook.createMany({ data: seconds, skipDuplicates: true })
}
