// Campaigns as they stand: the list, and one of them with its funnel, its reviewers and what keeps it from going on.
import { z } from 'zod'
import {
  CAMPAIGN_KINDS,
  CAMPAIGN_STATES,
  causeTitle,
  type CampaignKind,
  type CampaignState,
  type Tier,
} from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign, Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { blockersOf, type Blocker } from './blockers'
import type { ChainStep, StoredPolicy } from './campaign-input'
import { openItems, type OpenItems } from './close-campaign'
import type { Extension } from './extend-campaign'
import { funnelOf, type Funnel } from './funnel'
import type { Split } from './load'
import type { CampaignGaps, CampaignRun } from './rests-on'
import { reviewersOf, type ReviewerRow } from './reviewers'

const SHOWN_MAX = 100

export const CampaignFilter = z.object({
  /** Those that people made, or those about what has happened. */
  kind: z.enum([...CAMPAIGN_KINDS, 'any']).default('campaign'),
  /** Unset: all of them. */
  state: oneOf(CAMPAIGN_STATES),
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(50),
})
export type CampaignFilter = z.infer<typeof CampaignFilter>

export type CampaignRow = {
  id: string
  name: string
  kind: CampaignKind
  /** Of what is asked about by itself: what has happened, in words. */
  cause?: string
  state: CampaignState
  version: number
  dueAt: Instant
  manager: { id: string; name: string }
  createdAt: Instant
  createdBy: string
  /** Once frozen: how many identities, as of which instant, and the hash of them. */
  rows?: number
  instant?: Instant
  populationHash?: string
  publishedAt?: Instant
  closedAt?: Instant
  sealedAt?: Instant
}
export type CampaignView = CampaignRow & {
  instructions: string
  filter: Record<string, string>
  chain: ChainStep[]
  policy: StoredPolicy
  extensions: Extension[]
  /** While it is being frozen, and where that failed. */
  prepared: number
  failure?: string
  runs: CampaignRun[]
  gaps: CampaignGaps
  funnel: Funnel
  tiers: Record<Tier, number>
  reviewers: ReviewerRow[]
  splits: Split[]
  /** Of one that is ready: what keeps it from being published. */
  blockers: Blocker[]
  /** Of one that runs: what a close has to settle. */
  open?: OpenItems
  signOffs: {
    id: string
    kind: string
    name: string
    items: number
    hash: string
    at: Instant
    statement: string
    counts: Record<string, number>
  }[]
  addenda: { id: string; item?: string; text: string; by: string; at: Instant }[]
}

const rowOf = (row: Campaign, managers: ReadonlyMap<string, string>): CampaignRow =>
  compact({
    id: row.id,
    name: row.name,
    kind: row.kind as CampaignKind,
    cause: row.cause === null ? undefined : causeTitle(row.cause),
    state: row.state as CampaignState,
    version: row.version,
    dueAt: iso(row.dueAt),
    manager: { id: row.managerId, name: managers.get(row.managerId) ?? row.managerId },
    createdAt: iso(row.createdAt),
    createdBy: row.createdByName,
    rows: row.rows ?? undefined,
    instant: isoOr(row.instant),
    populationHash: row.populationHash ?? undefined,
    publishedAt: isoOr(row.publishedAt),
    closedAt: isoOr(row.closedAt),
    sealedAt: isoOr(row.sealedAt),
  })

async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

/** Newest first. */
export async function listCampaigns(
  actor: Actor | null,
  { kind = 'campaign', state, after, size = 50 }: Partial<CampaignFilter> = {},
): Promise<{ rows: CampaignRow[]; next?: string }> {
  authorise(actor, 'campaign:read')
  const where: Prisma.CampaignWhereInput = {
    ...(kind !== 'any' && { kind }),
    ...(state && !state.includes('any') && { state: { in: state } }),
  }
  const found = await db.campaign.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
    ...(after && { cursor: { id: after }, skip: 1 }),
  })
  const shown = found.slice(0, size)
  const names = await namesOf(shown.map(({ managerId }) => managerId))
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => rowOf(row, names)),
    ...(found.length > size && last && { next: last.id }),
  }
}

/** @throws RollcallError `not-found` */
export async function mustFindCampaign(id: string): Promise<Campaign> {
  const row = isUuid(id) ? await db.campaign.findUnique({ where: { id } }) : null
  if (!row) throw new RollcallError('not-found', 'There is no such campaign.')
  return row
}

async function wordsOf(id: string): Promise<Pick<CampaignView, 'signOffs' | 'addenda'>> {
  const [signOffs, addenda] = await Promise.all([
    db.signOff.findMany({ where: { campaignId: id }, orderBy: { at: 'asc' }, take: 1000 }),
    db.addendum.findMany({ where: { campaignId: id }, orderBy: { at: 'asc' }, take: 1000 }),
  ])
  return {
    signOffs: signOffs.map((one) => ({
      id: one.id,
      kind: one.kind,
      name: one.name,
      items: one.items,
      hash: one.hash,
      at: iso(one.at),
      statement: one.statement,
      counts: one.counts as Record<string, number>,
    })),
    addenda: addenda.map((one) =>
      compact({ id: one.id, item: one.itemId ?? undefined, text: one.text, by: one.byName, at: iso(one.at) }),
    ),
  }
}

/** @throws RollcallError `not-found` */
export async function campaignView(actor: Actor | null, id: string, now = new Date()): Promise<CampaignView> {
  authorise(actor, 'campaign:read')
  const row = await mustFindCampaign(id)
  const [names, { funnel, tiers }, { reviewers, splits }, words, blockers, open] = await Promise.all([
    namesOf([row.managerId]),
    funnelOf(id, now),
    reviewersOf(id),
    wordsOf(id),
    row.state === 'ready' ? blockersOf(db, row, now) : [],
    row.state === 'running' ? openItems(db, id) : undefined,
  ])
  return compact({
    ...rowOf(row, names),
    instructions: row.instructions,
    filter: row.filter as Record<string, string>,
    chain: row.chain as ChainStep[],
    policy: row.policy as StoredPolicy,
    extensions: row.extensions as Extension[],
    prepared: row.prepared,
    failure: row.failure ?? undefined,
    runs: (row.runs as CampaignRun[] | null) ?? [],
    gaps: (row.gaps as CampaignGaps | null) ?? { total: 0, rows: [] },
    funnel,
    tiers,
    reviewers,
    splits,
    blockers,
    open,
    ...words,
  })
}
