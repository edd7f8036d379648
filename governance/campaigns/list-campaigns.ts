// The campaigns there are, newest first, each with how far it is.
import { z } from 'zod'
import {
  CAMPAIGN_KINDS,
  CAMPAIGN_STATES,
  causeTitle,
  type CampaignKind,
  type CampaignState,
} from '@/core/campaign'
import type { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign, Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { funnelsOf, type Funnel } from './funnel'

const SHOWN_MAX = 100

export const CampaignFilter = z.object({
  /** Those that people made, or those about what has happened. */
  kind: z.enum([...CAMPAIGN_KINDS, 'any']).default('campaign'),
  /** Part of a name. */
  q: z.string().trim().max(200).optional(),
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
  funnel: Funnel
}

export const rowOf = (row: Campaign, managers: ReadonlyMap<string, string>, funnel: Funnel): CampaignRow =>
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
    funnel,
  })

/** The names of those who manage them, by id. */
export async function managersOf(campaigns: readonly Campaign[]): Promise<Map<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(campaigns.map(({ managerId }) => managerId))] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

const whereOf = ({ kind = 'campaign', q, state }: Partial<CampaignFilter>): Prisma.CampaignWhereInput => ({
  ...(kind !== 'any' && { kind }),
  ...(state && !state.includes('any') && { state: { in: state } }),
  ...(q && { name: { contains: q, mode: 'insensitive' } }),
})

/** Newest first. */
export async function listCampaigns(
  actor: Actor | null,
  { after, size = 50, ...filter }: Partial<CampaignFilter> = {},
  now = new Date(),
): Promise<{ rows: CampaignRow[]; next?: string }> {
  authorise(actor, 'campaign:read')
  const found = await db.campaign.findMany({
    where: whereOf(filter),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
    ...(after && { cursor: { id: after }, skip: 1 }),
  })
  const shown = found.slice(0, size)
  const [names, funnels] = await Promise.all([
    managersOf(shown),
    funnelsOf(
      shown.map(({ id }) => id),
      now,
    ),
  ])
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => rowOf(row, names, funnels(row.id).funnel)),
    ...(found.length > size && last && { next: last.id }),
  }
}

/** All of them, page by page. */
export async function* eachCampaign(
  actor: Actor | null,
  filter: Partial<CampaignFilter> = {},
): AsyncGenerator<CampaignRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await listCampaigns(actor, { ...filter, size: SHOWN_MAX, ...(after && { after }) })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
