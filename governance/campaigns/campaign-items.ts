// The items of a campaign, the riskiest first: all of them for whoever reads campaigns, one's own for whoever reviews.
import { z } from 'zod'
import { causeTitle, ITEM_STATES, TIERS, VERDICTS, type ItemState, type Tier } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { decodeCursor, encodeCursor } from '@/inventory/queries/cursor'
import { allOf, compact, containing, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import { inPlaceOf, personOf } from './reviewer'

const SHOWN_MAX = 500
const SIZE = 50

export const ItemFilter = z.object({
  q: z.string().trim().max(300).optional(),
  tier: oneOf(TIERS),
  state: oneOf(ITEM_STATES),
  /** Of the decision that counts, whoever made it. */
  decision: oneOf(VERDICTS),
  /** The id of a person, `none`, or `unreached`: somebody who has neither an address nor a channel of their own. */
  reviewer: z.union([z.guid(), z.enum(['none', 'unreached'])]).optional(),
  scope: z.guid().optional(),
  /** Of the identity, such as `demo.robot`. */
  type: z.string().max(200).optional(),
  /** Items that are the same in all that is compared. */
  cluster: z.string().max(100).optional(),
  after: z.string().max(4000).optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type ItemFilter = z.infer<typeof ItemFilter>

export type ItemRow = {
  id: string
  identityId: string
  name: string
  type: string
  scope: { id: string; name: string }
  tier: Tier
  /** Why it is of this risk. */
  reasons: string[]
  administrator: boolean
  cluster?: string
  cardHash: string
  reviewer?: { id: string; name: string; why: string }
  hops: number
  state: ItemState
  version: number
  /** What has happened, where that is why it is asked about. */
  cause?: string
  /** Not told to whoever has yet to give the second look. */
  decision?: {
    decision: string
    by: string
    for?: string
    source: string
    at: Instant
    reason?: string
    keepUntil?: Instant
  }
  exception?: { person?: string; reason: string }
}
type Raw = {
  id: string
  identityId: string
  name: string
  type: string
  scopeId: string
  scopeName: string
  tier: number
  reasons: string[]
  administrator: boolean
  clusterKey: string | null
  cardHash: string
  reviewerId: string | null
  reviewerName: string | null
  reviewerWhy: string
  hops: number
  state: ItemState
  version: number
  decision: string | null
  byName: string | null
  forName: string | null
  source: string | null
  at: Date | null
  reason: string | null
  keepUntil: Date | null
  exceptionReason: string | null
  exceptionName: string | null
  cause: string | null
  blind: boolean
}

const rowOf = (raw: Raw): ItemRow =>
  compact({
    id: raw.id,
    identityId: raw.identityId,
    name: raw.name,
    type: raw.type,
    scope: { id: raw.scopeId, name: raw.scopeName },
    tier: TIERS[raw.tier] ?? 'high',
    reasons: raw.reasons,
    administrator: raw.administrator,
    cluster: raw.clusterKey ?? undefined,
    cardHash: raw.cardHash,
    reviewer: raw.reviewerId
      ? { id: raw.reviewerId, name: raw.reviewerName ?? raw.reviewerId, why: raw.reviewerWhy }
      : undefined,
    hops: raw.hops,
    state: raw.blind ? 'undecided' : raw.state,
    version: raw.version,
    cause: raw.cause === null ? undefined : causeTitle(raw.cause),
    decision:
      raw.decision === null || raw.blind
        ? undefined
        : compact({
            decision: raw.decision,
            by: raw.byName ?? '',
            for: raw.forName ?? undefined,
            source: raw.source ?? '',
            at: (raw.at ?? new Date(0)).toISOString(),
            reason: raw.reason ?? undefined,
            keepUntil: isoOr(raw.keepUntil),
          }),
    exception: raw.exceptionReason
      ? compact({ person: raw.exceptionName ?? undefined, reason: raw.exceptionReason })
      : undefined,
  })

/** Whether the reader has yet to give a second look at it, and is not to know what was decided. */
const isBlind = (reader: string | null): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT 1 FROM second_look l WHERE l.item_id = i.id AND l.reviewer_id = ${reader}::uuid AND l.answer IS NULL)`

/** @param reader whoever has yet to give a second look at some of them is not told what was decided about these */
const select = (reader: string | null): Prisma.Sql => Prisma.sql`
  SELECT i.id, i.identity_id AS "identityId", i.name, i.type, i.scope_id AS "scopeId", i.scope_name AS "scopeName", i.tier,
    ARRAY(SELECT r ->> 'words' FROM jsonb_array_elements(i.card -> 'risk' -> 'reasons') r) AS reasons, i.administrator,
    i.cluster_key AS "clusterKey", i.card_hash AS "cardHash", i.reviewer_id AS "reviewerId", p.name AS "reviewerName",
    i.reviewer_why AS "reviewerWhy", i.hops, i.state, i.version, d.decision, d.by_name AS "byName", d.for_name AS "forName", d.source,
    d.at, d.reason, d.keep_until AS "keepUntil", i.exception_reason AS "exceptionReason", e.name AS "exceptionName", i.cause,
    ${isBlind(reader)} AS blind
  FROM campaign_item i LEFT JOIN person p ON p.id = i.reviewer_id LEFT JOIN decision d ON d.id = i.decision_id
  LEFT JOIN person e ON e.id = i.exception_person_id`

const SORT = 'items'
const ORDER = Prisma.sql`i.tier, i.scope_name, i.name, i.id`
const given = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : words

/** What a reader is not to know is not told by which rows a filter finds either. */
function decidedAs({ state, decision }: ItemFilter, reader: string | null): (Prisma.Sql | undefined)[] {
  const [states, decisions] = [given(state), given(decision)]
  const open = states?.includes('undecided') ? Prisma.sql`OR ${isBlind(reader)}` : Prisma.empty
  return [
    states && Prisma.sql`(i.state = ANY(${[...states]}::text[]) AND NOT ${isBlind(reader)} ${open})`,
    decisions && Prisma.sql`d.decision = ANY(${[...decisions]}::text[]) AND NOT ${isBlind(reader)}`,
  ]
}

function conditions(
  campaignId: string,
  filter: ItemFilter,
  reader: string | null,
): (Prisma.Sql | undefined)[] {
  const tier = given(filter.tier)
  const place = filter.after === undefined ? undefined : decodeCursor(filter.after, SORT)
  const [after, scopeName = '', name = ''] = place?.value.split('\u0000') ?? []
  return [
    Prisma.sql`i.campaign_id = ${campaignId}::uuid AND NOT i.control`,
    filter.q ? Prisma.sql`i.name ILIKE ${containing(filter.q)}` : undefined,
    tier && Prisma.sql`i.tier = ANY(${tier.map((one) => TIERS.indexOf(one as Tier))}::int[])`,
    ...decidedAs(filter, reader),
    filter.reviewer === undefined
      ? undefined
      : filter.reviewer === 'none'
        ? Prisma.sql`i.reviewer_id IS NULL`
        : filter.reviewer === 'unreached'
          ? Prisma.sql`(p.standing = 'here' AND p.email IS NULL AND NOT EXISTS (SELECT 1 FROM channel ch WHERE ch.person_id = p.id AND ch.enabled))`
          : Prisma.sql`i.reviewer_id = ${filter.reviewer}::uuid`,
    filter.scope ? Prisma.sql`i.scope_id = ${filter.scope}::uuid` : undefined,
    filter.type ? Prisma.sql`i.type = ${filter.type}` : undefined,
    filter.cluster ? Prisma.sql`i.cluster_key = ${filter.cluster}` : undefined,
    place && Prisma.sql`(${ORDER}) > (${Number(after)}::int, ${scopeName}, ${name}, ${place.id}::uuid)`,
  ]
}

export type ItemPage = { rows: ItemRow[]; next?: string }

async function page(where: Prisma.Sql, size: number, reader: string | null): Promise<ItemPage> {
  const raw = await db.$queryRaw<Raw[]>(
    Prisma.sql`${select(reader)} WHERE ${where} ORDER BY ${ORDER} LIMIT ${size + 1}::int`,
  )
  const shown = raw.slice(0, size)
  const last = shown.at(-1)
  const value = last ? [last.tier, last.scopeName, last.name].join('\u0000') : ''
  return {
    rows: shown.map(rowOf),
    ...(raw.length > size && last && { next: encodeCursor({ sort: SORT, part: 0, value, id: last.id }) }),
  }
}

/** All items of a campaign. Decoys are not in it. */
export async function campaignItems(
  actor: Actor | null,
  id: string,
  filter: Partial<ItemFilter> = {},
): Promise<ItemPage> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const asked = { ...filter, size: filter.size ?? SIZE }
  const reader = (await personOf(actor))?.id ?? null
  return page(allOf(conditions(id, asked, reader)), asked.size, reader)
}

/** What the actor is asked about, decoys among it; with `second`, what they are to look at as another person has. */
export async function reviewQueue(
  actor: Actor | null,
  id: string,
  filter: Partial<ItemFilter> & { second?: boolean } = {},
  now = new Date(),
): Promise<ItemPage> {
  authorise(actor, 'review:decide')
  const person = await personOf(actor, db, id)
  if (!person) return { rows: [] }
  const places = await inPlaceOf(db, person.id, now, actor)
  const { second, ...rest } = filter
  const asked = { ...rest, size: rest.size ?? SIZE }
  const [own, ...others] = conditions(id, asked, person.id)
  const mine = second
    ? Prisma.sql`EXISTS (SELECT 1 FROM second_look l WHERE l.item_id = i.id AND l.reviewer_id = ANY(${places}::uuid[]) AND l.answer IS NULL)`
    : Prisma.sql`i.reviewer_id = ANY(${places}::uuid[])`
  const published = Prisma.sql`EXISTS (SELECT 1 FROM campaign c WHERE c.id = i.campaign_id AND c.published_at IS NOT NULL)`
  const campaign = second ? own : Prisma.sql`i.campaign_id = ${id}::uuid`
  return page(allOf([campaign, mine, published, ...others]), asked.size, person.id)
}

/** All of them, page by page. */
export async function* eachCampaignItem(
  actor: Actor | null,
  id: string,
  filter: Partial<ItemFilter> = {},
): AsyncGenerator<ItemRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await campaignItems(actor, id, {
      ...filter,
      size: SHOWN_MAX,
      ...(after && { after }),
    })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
