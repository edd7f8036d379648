// One campaign as it stands: its population, its reviewers, how far it is, and what keeps it from going on.
import type { Tier } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { compact, iso, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { blockersOf, type Blocker } from './blockers'
import type { ChainStep, StoredPolicy } from './campaign-input'
import { openItems, type OpenItems } from './close-campaign'
import type { Extension } from './extend-campaign'
import { funnelOf } from './funnel'
import { managersOf, rowOf, type CampaignRow } from './list-campaigns'
import type { Split } from './load'
import type { CampaignGaps, CampaignRun } from './rests-on'
import { reviewersOf, type ReviewerRow } from './reviewers'

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
  tiers: Record<Tier, number>
  /** The busiest, a thousand at most; `asked` says how many there are. */
  reviewers: ReviewerRow[]
  asked: number
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
  const [names, { funnel, tiers }, { reviewers, asked, splits }, words, blockers, open] = await Promise.all([
    managersOf([row]),
    funnelOf(id, now),
    reviewersOf(id),
    wordsOf(id),
    row.state === 'ready' ? blockersOf(db, row, now) : [],
    row.state === 'running' ? openItems(db, id) : undefined,
  ])
  return compact({
    ...rowOf(row, names, funnel),
    instructions: row.instructions,
    filter: row.filter as Record<string, string>,
    chain: row.chain as ChainStep[],
    policy: row.policy as StoredPolicy,
    extensions: row.extensions as Extension[],
    prepared: row.prepared,
    failure: row.failure ?? undefined,
    runs: (row.runs as CampaignRun[] | null) ?? [],
    gaps: (row.gaps as CampaignGaps | null) ?? { total: 0, rows: [] },
    tiers,
    reviewers,
    asked,
    splits,
    blockers,
    open,
    ...words,
  })
}
