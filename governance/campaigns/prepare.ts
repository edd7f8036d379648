// Freezes the population of a campaign, batch by batch, all of it as of one instant. A worker that is killed costs one batch:
// whoever takes it up goes on after the last identity that was frozen, at the same instant, and freezes the same cards.
import { atMoment } from '@/inventory/moment/at-moment'
import { settledNow } from '@/inventory/moment/settled-now'
import { db, type Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import type { Prisma } from '@/prisma/generated/client'
import { readFilter, type ChainStep, type StoredPolicy } from './campaign-input'
import { addControls } from './control-items'
import { freeze, writeFrozen, type Freezing } from './freeze-batch'
import { PopulationHash } from './population-hash'
import { populationAfter } from './population'
import { restsOn } from './rests-on'

/** Identities read and written at a time: what is held in memory does not grow with the population. */
const BATCH = 500
const HASH_BATCH = 5000
const BATCH_MS = 60_000

type Held = Campaign & { instant: Date }

/** @returns whether it is ready now; false where somebody took the preparation back meanwhile */
export async function prepareCampaign(campaignId: string, signal: AbortSignal): Promise<boolean> {
  const held = await began(campaignId)
  if (!held) return false
  const at: Freezing = {
    campaignId,
    instant: held.instant,
    chain: held.chain as ChainStep[],
    policy: held.policy as StoredPolicy,
  }
  const filter = readFilter(held.filter as Record<string, string>)
  const instant = held.instant.toISOString()
  const moment = { valid: instant, known: instant }
  let to = held.preparedTo
  for (;;) {
    signal.throwIfAborted()
    const ids = await atMoment(moment, () => populationAfter(filter, to, BATCH))
    if (!ids.length) break
    const frozen = await atMoment(moment, () => freeze(ids, at))
    const last = ids.at(-1) ?? null
    const written = await db.$transaction(
      async (tx) => {
        if (!(await isStill(tx, held, to))) return false
        await writeFrozen(tx, campaignId, frozen)
        await tx.campaign.update({
          where: { id: campaignId },
          data: { preparedTo: last, prepared: { increment: ids.length } },
        })
        return true
      },
      { timeout: BATCH_MS, maxWait: BATCH_MS },
    )
    if (!written) return false
    to = last
  }
  return finish(held, at, signal)
}

/** With the instant, which the first attempt sets and every later one keeps. */
async function began(id: string): Promise<Held | undefined> {
  const instant = await settledNow()
  await db.campaign.updateMany({
    where: { id, state: 'preparing', instant: null },
    data: { instant, preparedTo: null, prepared: 0 },
  })
  const row = await db.campaign.findUnique({ where: { id } })
  return row?.state === 'preparing' && row.instant ? { ...row, instant: row.instant } : undefined
}

/** Whether nobody has taken it back, begun it anew, or gone on with it meanwhile. Holds it until the transaction ends. */
async function isStill(tx: Tx, held: Held, to: string | null): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ state: string; instant: Date | null; to: string | null }[]>`
    SELECT state, instant, prepared_to AS "to" FROM campaign WHERE id = ${held.id}::uuid FOR UPDATE`
  return row?.state === 'preparing' && row.instant?.getTime() === held.instant.getTime() && row.to === to
}

async function finish(held: Held, at: Freezing, signal: AbortSignal): Promise<boolean> {
  const instant = held.instant.toISOString()
  const controls = await addControls(held, at)
  const population = await hashOf(held.id, signal)
  const rests = await atMoment({ valid: instant, known: instant }, () => restsOn(held.id))
  return db.$transaction(
    async (tx) => {
      const row = await tx.campaign.findUnique({ where: { id: held.id }, select: { preparedTo: true } })
      if (!(await isStill(tx, held, row?.preparedTo ?? null))) return false
      if (controls.length) await writeFrozen(tx, held.id, controls)
      await tx.campaign.update({
        where: { id: held.id },
        data: {
          state: 'ready',
          version: { increment: 1 },
          populationHash: population.digest(),
          rows: population.rows,
          runs: rests.runs,
          gaps: rests.gaps as Prisma.InputJsonValue,
          preparedAt: new Date(),
          failure: null,
        },
      })
      return true
    },
    { timeout: BATCH_MS, maxWait: BATCH_MS },
  )
}

/** Rows of a population in the order of its hash. */
export async function* populationRows<T extends { identityId: string }>(
  read: (after: string | null, limit: number) => Promise<T[]>,
  batch = HASH_BATCH,
): AsyncGenerator<T> {
  for (let after: string | null = null; ;) {
    const rows: T[] = await read(after, batch)
    yield* rows
    after = rows.at(-1)?.identityId ?? null
    if (rows.length < batch) return
  }
}

async function hashOf(campaignId: string, signal: AbortSignal): Promise<PopulationHash> {
  const hash = new PopulationHash()
  const rows = populationRows((after, limit) => {
    signal.throwIfAborted()
    return db.campaignItem.findMany({
      where: { campaignId, control: false, ...(after !== null && { identityId: { gt: after } }) },
      orderBy: { identityId: 'asc' },
      select: { identityId: true, cardHash: true },
      take: limit,
    })
  })
  for await (const row of rows) hash.add(row)
  return hash
}

/** Says why it could not be prepared, and makes it a draft again: nothing half-frozen is left. */
export async function preparingFailed(campaignId: string, why: string): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const { count } = await tx.campaign.updateMany({
        where: { id: campaignId, state: 'preparing' },
        data: {
          state: 'draft',
          failure: why,
          instant: null,
          preparedTo: null,
          prepared: 0,
          changedAt: new Date(),
          version: { increment: 1 },
        },
      })
      if (count) await tx.campaignItem.deleteMany({ where: { campaignId } })
    },
    { timeout: BATCH_MS },
  )
}
