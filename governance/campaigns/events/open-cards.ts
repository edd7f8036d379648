// Opens cards about what has happened: those of one cause that come together are one small campaign, frozen at one instant with
// its hash, so that all that holds for campaigns holds for them. No more than so many in a day: the rest waits, and is told.
import { randomBytes, randomUUID } from 'node:crypto'
import { CAUSES, causeTitle, type Cause } from '@/core/campaign'
import { atMoment } from '@/inventory/moment/at-moment'
import { settledNow } from '@/inventory/moment/settled-now'
import { db, type Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { notify } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { CampaignPolicy, type ChainStep, type StoredPolicy } from '../campaign-input'
import { freeze, writeFrozen, type Frozen } from '../freeze-batch'
import { CAMPAIGNS } from '../population'
import { PopulationHash } from '../population-hash'
import { restsOnScopes } from '../rests-on'
import { tellBegin } from '../telling/tell-begin'
import { eventPolicy, startOfDay, waitingByCause, whyBlocked, type EventPolicy } from './event-policy'
import { oldestWaiting, whyNone, type Sorted } from './sort-out'

/** Taken in one transaction. */
const BATCH = 200
const TX_MS = 120_000
const DAY_MS = 86_400_000

/** @returns how many cards were opened */
export async function openCards(now: Date): Promise<number> {
  const policy = await eventPolicy()
  if (!policy || !(await db.reviewEvent.findFirst({ where: { state: 'waiting' }, select: { id: true } })))
    return 0
  if ((await whyBlocked(db, policy)) !== undefined) return 0
  let opened = 0
  // In the order in which causes are written down: the gravest first.
  for (const cause of Object.keys(CAUSES) as Cause[])
    if (policy.causes.includes(cause)) opened += await openOf(cause, policy, now)
  await tellWaiting(policy, now)
  return opened
}

const openOf = (cause: Cause, policy: EventPolicy, now: Date): Promise<number> =>
  db.$transaction(
    async (tx) => {
      // Counted and opened by one at a time, whoever else does this.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(7307, 2)`
      const left = policy.perDay - (await openedToday(tx, now))
      const events = left > 0 ? await oldestWaiting(tx, cause, Math.min(left, BATCH), now) : []
      const toOpen = await settleOthers(tx, events, now)
      const ids = [...new Set(toOpen.map(({ identityId }) => identityId))].sort()
      if (!ids.length) return 0
      const frozen = await open(tx, { cause, ids, policy, now })
      await noteOpened(tx, toOpen, frozen, now)
      return frozen.length
    },
    { timeout: TX_MS, maxWait: TX_MS },
  )

const openedToday = (tx: Tx, now: Date): Promise<number> =>
  tx.reviewEvent.count({ where: { state: 'opened', endedAt: { gte: startOfDay(now) } } })

/** @returns those that need a card */
async function settleOthers(tx: Tx, events: readonly Sorted[], now: Date): Promise<Sorted[]> {
  const toOpen: Sorted[] = []
  for (const event of events) {
    const why = whyNone(event)
    const data =
      why !== undefined
        ? { state: 'left', why }
        : event.itemId !== null
          ? { state: 'joined', itemId: event.itemId }
          : undefined
    if (data) await tx.reviewEvent.update({ where: { id: event.id }, data: { ...data, endedAt: now } })
    else toOpen.push(event)
  }
  return toOpen
}

/** Of several about one identity the first opens its card. One that is not there at the instant goes on waiting. */
async function noteOpened(
  tx: Tx,
  events: readonly Sorted[],
  frozen: readonly Frozen[],
  now: Date,
): Promise<void> {
  const items = new Map(frozen.map(({ identityId, id }) => [identityId, id]))
  const seen = new Set<string>()
  for (const { id, identityId } of events) {
    const itemId = items.get(identityId)
    if (itemId === undefined) continue
    const state = seen.has(identityId) ? 'joined' : 'opened'
    seen.add(identityId)
    await tx.reviewEvent.update({ where: { id }, data: { state, itemId, endedAt: now } })
  }
}

type Opening = { cause: Cause; ids: string[]; policy: EventPolicy; now: Date }

const storedPolicy = ({ manager, fallback }: EventPolicy): StoredPolicy => ({
  ...CampaignPolicy.parse({ secondLookShare: 0, secondReviewers: [...new Set([manager, fallback])] }),
  seed: randomBytes(16).toString('hex'),
})

async function open(tx: Tx, { cause, ids, policy, now }: Opening): Promise<Frozen[]> {
  const campaignId = randomUUID()
  const at = await settledNow()
  const moment = { valid: at, known: at }
  const chain: ChainStep[] = [{ by: 'owner' }, { by: 'team-lead' }, { by: 'person', person: policy.fallback }]
  const stored = storedPolicy(policy)
  const instant = new Date(at)
  const frozen = await atMoment(moment, () => freeze(ids, { campaignId, instant, chain, policy: stored }))
  if (!frozen.length) return []
  const hash = new PopulationHash()
  for (const row of [...frozen].sort((a, b) => (a.identityId < b.identityId ? -1 : 1))) hash.add(row)
  const scopes = [...new Set(frozen.map(({ card }) => card.identity.scope.id))]
  const { runs, gaps } = await atMoment(moment, () => restsOnScopes(scopes))
  const campaign = await tx.campaign.create({
    data: {
      id: campaignId,
      kind: 'event',
      cause,
      name: nameOf(cause, frozen, now),
      instructions: `${causeTitle(cause)}. This is asked now, instead of in the next campaign.`,
      filter: {},
      chain,
      managerId: policy.manager,
      dueAt: new Date(now.getTime() + policy.days * DAY_MS),
      policy: stored,
      state: 'running',
      createdBy: CAMPAIGNS.id,
      createdByName: CAMPAIGNS.name,
      createdAt: now,
      changedAt: now,
      instant,
      prepared: frozen.length,
      populationHash: hash.digest(),
      rows: hash.rows,
      runs,
      gaps: gaps as Prisma.InputJsonValue,
      preparedAt: now,
      publishedAt: now,
    },
  })
  await writeFrozen(tx, campaignId, frozen, cause)
  await tellBegin(tx, campaign, now)
  const detail = { cause, cards: frozen.length, hash: campaign.populationHash ?? '' }
  await recordActivity(
    tx,
    CAMPAIGNS,
    { action: 'review.open-cards', object: `campaign:${campaignId}`, detail },
    now,
  )
  return frozen
}

function nameOf(cause: Cause, frozen: readonly Frozen[], now: Date): string {
  const [first] = frozen
  const what =
    frozen.length === 1 && first
      ? first.card.identity.name.slice(0, 120)
      : `${frozen.length} identities on ${now.toISOString().slice(0, 10)}`
  return `${CAUSES[cause]}: ${what}`
}

/** Once a day, to whoever answers for these reviews. */
async function tellWaiting({ perDay, manager, causes }: EventPolicy, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    if ((await openedToday(tx, now)) < perDay) return
    // What is excepted waits for its exception to end, and not for a day with room.
    const waiting = (await waitingByCause(tx, now))
      .filter(({ cause }) => causes.includes(cause))
      .flatMap(({ title, count, excepted }) => (count > excepted ? [{ title, count: count - excepted }] : []))
    const total = waiting.reduce((sum, { count }) => sum + count, 0)
    if (!total) return
    const byCause = waiting.map(({ title, count }) => `${title}: ${count.toLocaleString('en')}`)
    const once = now.toISOString().slice(0, 10)
    const to = [...(await peopleOfDirectory(tx, [manager])).values()]
    const data = { waiting: total, perDay, byCause }
    await notify(tx, { kind: 'campaign.cards-wait', about: 'event-reviews', once, data, to }, now)
  })
}
