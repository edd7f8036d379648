// What is to be done about what was decided, how far it is, and that somebody says that it was done.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { allOf, compact, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { command } from '../command'
import { mustFindCampaign } from './campaign-view'
import {
  REMEDIATION_STATES,
  remediationState,
  REMEDIATION_SINCE,
  REMEDIATION_WHY,
  type RemediationState,
} from './remediation-state'
import { inPlaceOf, mustBePerson, personOf } from './reviewer'

const SHOWN_MAX = 500
export const REMEDIATION_KINDS = ['remove', 'reduce'] as const
export const RemediationFilter = z.object({
  state: oneOf(REMEDIATION_STATES),
  kind: oneOf(REMEDIATION_KINDS),
  /** This one alone. */
  only: z.guid().optional(),
  /** Place of the next page, as the one before returned it. */
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(100),
})
export type RemediationFilter = z.infer<typeof RemediationFilter>

export type RemediationRow = {
  id: string
  item: string
  identityId: string
  name: string
  kind: 'remove' | 'reduce'
  steps: string[]
  drops: string[]
  state: RemediationState
  /** Since when it is so, where that is known. */
  since?: Instant
  /** Of what cannot be verified. */
  why?: string
  decidedBy: string
  reviewer?: string
  decidedAt: Instant
  signedAt?: Instant
  appliedAt?: Instant
  appliedBy?: string
  appliedNote?: string
}
type Raw = Omit<
  RemediationRow,
  'since' | 'decidedAt' | 'signedAt' | 'appliedAt' | 'why' | 'appliedBy' | 'appliedNote' | 'reviewer'
> & {
  why: string
  since: Date | null
  reviewer: string | null
  decidedAt: Date
  signedAt: Date | null
  appliedAt: Date | null
  appliedBy: string | null
  appliedNote: string | null
}

const viewOf = (raw: Raw): RemediationRow =>
  compact({
    ...raw,
    since: isoOr(raw.since),
    why: raw.state === 'cannot-verify' ? raw.why : undefined,
    reviewer: raw.reviewer ?? undefined,
    decidedAt: iso(raw.decidedAt),
    signedAt: isoOr(raw.signedAt),
    appliedAt: isoOr(raw.appliedAt),
    appliedBy: raw.appliedBy ?? undefined,
    appliedNote: raw.appliedNote ?? undefined,
  })

const given = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : words

async function read(
  where: Prisma.Sql,
  { state, kind, only, after, size = 100 }: Partial<RemediationFilter>,
  now: Date,
) {
  const [states, kinds] = [given(state), given(kind)]
  const meant = allOf([
    where,
    after ? Prisma.sql`r.id > ${after}::uuid` : undefined,
    only ? Prisma.sql`r.id = ${only}::uuid` : undefined,
    kinds && Prisma.sql`r.kind = ANY(${[...kinds]}::text[])`,
  ])
  const raw = await db.$queryRaw<Raw[]>(Prisma.sql`
    SELECT r.id, r.item_id AS item, r.identity_id AS "identityId", r.name, r.kind, r.steps, r.drops, r.state, r.by_name AS "decidedBy",
      r.reviewer, ${REMEDIATION_WHY} AS why, ${REMEDIATION_SINCE} AS since, r.decided_at AS "decidedAt", r.signed_at AS "signedAt",
      r.applied_at AS "appliedAt", r.applied_by AS "appliedBy", r.applied_note AS "appliedNote"
    FROM (
      SELECT r.*, i.name, d.by_name, p.name AS reviewer, ${remediationState(now)} AS state
      FROM remediation r JOIN campaign_item i ON i.id = r.item_id JOIN decision d ON d.id = r.decision_id
        LEFT JOIN person p ON p.id = i.reviewer_id
      WHERE ${meant}
    ) r WHERE ${states ? Prisma.sql`state = ANY(${[...states]}::text[])` : Prisma.sql`TRUE`} ORDER BY id LIMIT ${size + 1}::int`)
  const shown = raw.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown.map(viewOf), ...(raw.length > size && last && { next: last.id }) }
}

export async function remediations(
  actor: Actor | null,
  id: string,
  filter: Partial<RemediationFilter> = {},
  now = new Date(),
): Promise<{ rows: RemediationRow[]; next?: string }> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  return read(Prisma.sql`r.campaign_id = ${id}::uuid`, filter, now)
}

/** All of them, page by page. */
export async function* eachRemediation(
  actor: Actor | null,
  id: string,
  filter: Partial<RemediationFilter> = {},
): AsyncGenerator<RemediationRow[]> {
  let after = filter.after
  do {
    const page = await remediations(actor, id, { ...filter, size: SHOWN_MAX, ...(after && { after }) })
    if (page.rows.length) yield page.rows
    after = page.next
  } while (after !== undefined)
}

/** What became of what the actor decided: so that removing is safe the next time. */
export async function myRemediations(
  actor: Actor | null,
  filter: Partial<RemediationFilter> = {},
  now = new Date(),
): Promise<{ rows: RemediationRow[]; next?: string }> {
  authorise(actor, 'review:decide')
  const person = await personOf(actor)
  if (!person) return { rows: [] }
  const places = await inPlaceOf(db, person.id, now)
  return read(allOf([Prisma.sql`i.reviewer_id = ANY(${places}::uuid[])`]), filter, now)
}

export const ClaimBody = z.strictObject({ note: z.string().trim().max(2000).optional() })

/** That it was done is what somebody says. Whether it is gone is told by a later complete look. */
export const claimApplied = command({
  name: 'remediation.claim',
  permission: 'review:decide',
  input: ClaimBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, note }, tx, now }) {
    await tx.$queryRaw`SELECT 1 FROM remediation WHERE id = ${id}::uuid FOR UPDATE`
    const held = await tx.remediation.findUnique({
      where: { id },
      include: { item: { select: { reviewerId: true } } },
    })
    if (!held) throw new RollcallError('not-found', 'There is no such remediation.')
    if (actor.role === 'owner') {
      const person = await mustBePerson(actor, tx)
      if (held.item.reviewerId !== person.id) throw new RollcallError('forbidden', 'It is not yours to say.')
    }
    if (held.droppedAt)
      throw new RollcallError('conflict', 'The decision was taken back: there is nothing to do.')
    if (!held.signedAt) throw new RollcallError('conflict', 'The decision is not signed off yet.')
    await tx.remediation.update({
      where: { id },
      data: { appliedAt: now, appliedBy: actor.name, appliedNote: note || null },
    })
    return { id, campaignId: held.campaignId }
  },
  activity: ({ note }, { id, campaignId }) => ({
    object: `campaign:${campaignId}`,
    detail: { remediation: id, ...(note && { note }) },
  }),
})
