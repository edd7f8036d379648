// Takes what is due to its places, one after the other, until nothing is or somebody wants it to stop.
import { setInterval as every } from 'node:timers'
import { db } from '@/prisma/client'
import { ATTEMPTS_MAX, retryDelay } from '../../../notices/retry-delay'
import { readWhole } from '../../storage'
import type { Put } from '../folder-store'
import { putAt } from '../places'
import { NotDelivered, type Parcel } from '../places/place'
import { managerNow } from '../setting-up/delivery-input'
import { standStill, whyNotAs } from '../stand-still'
import { CLAIM_MS, claimPeriod, prolong, release, tryLater, type Claim } from './claim-period'
import { giveUp, markDelivered } from './end-period'
import { followBuilds } from './start-delivering'

const OTHER =
  'Something else bears its name there, and was left as it is. Look what that is, move it away, and try the delivery again.'
const NO_FILE =
  'The file of its pack is not where packs are kept: all workers have to share that folder (PACKS_FOLDER).'
const GIVEN_UP = 'It was tried again and again, and is given up. Mend it, then try the delivery again.'

export type DeliverAt = {
  signal: AbortSignal
  now?: () => Date
  random?: () => number
  put?: typeof putAt
}
type Work = { claim: Claim; signal: AbortSignal; now: () => Date; put: typeof putAt }

async function parcelOf({ period, pack }: Claim): Promise<Parcel> {
  const file = await readWhole(pack.id, pack.attempt)
  if (!file || pack.sha256 === null) throw new NotDelivered(NO_FILE)
  return { name: period.name, sha256: pack.sha256, ...file }
}

type Ended = { held: Date } & ({ put: Put } | { error: string } | { stopped: true })

/** Holds on to the claim for as long as it takes; where that is lost, another one is at it. */
async function carry({ claim, signal, now, put }: Work): Promise<Ended> {
  const lost = new AbortController()
  let held = claim.period.claimedUntil ?? now()
  const keeping = every(() => {
    prolong(claim, held, now()).then(
      (until) => (until ? (held = until) : lost.abort()),
      () => lost.abort(),
    )
  }, CLAIM_MS / 5)
  const either = AbortSignal.any([signal, lost.signal])
  try {
    const parcel = await parcelOf(claim)
    return { put: await put(claim.delivery, parcel, { signal: either }), held }
  } catch (error) {
    if (either.aborted) return { stopped: true, held }
    if (error instanceof NotDelivered) return { error: error.message, held }
    return { error: 'Something went wrong inside Rollcall.', held }
  } finally {
    clearInterval(keeping)
  }
}

async function settleEnd(claim: Claim, ended: Ended, now: Date, random: number): Promise<'done' | 'failed'> {
  const { id, attempts } = claim.period
  if ('put' in ended && ended.put !== 'other') {
    await markDelivered({ id, pack: claim.pack, outcome: ended.put, now })
    return 'done'
  }
  if ('put' in ended) {
    await giveUp(id, ['waiting'], OTHER, now)
    return 'done'
  }
  if ('stopped' in ended) {
    await release(id, ended.held)
    return 'failed'
  }
  if (attempts >= ATTEMPTS_MAX) {
    await giveUp(id, ['waiting'], `${ended.error} ${GIVEN_UP}`, now)
    return 'done'
  }
  const notBefore = new Date(now.getTime() + retryDelay(attempts, random) * 1000)
  await tryLater({ id, held: ended.held, error: ended.error, notBefore })
  return 'failed'
}

/** @returns how many were delivered */
export async function deliverDue({
  signal,
  now = () => new Date(),
  random = Math.random,
  put = putAt,
}: DeliverAt): Promise<number> {
  await followBuilds(now())
  const failing: string[] = []
  let delivered = 0
  while (!signal.aborted) {
    const claim = await claimPeriod(now(), failing)
    if (!claim) break
    const { delivery, period } = claim
    if (!(await managerNow(db, delivery.memberId))) {
      await release(period.id, period.claimedUntil ?? now())
      await standStill(delivery, whyNotAs(delivery), now())
      continue
    }
    const ended = await carry({ claim, signal, now, put })
    if ((await settleEnd(claim, ended, now(), random())) === 'failed') failing.push(delivery.id)
    else if ('put' in ended && ended.put !== 'other') delivered += 1
  }
  return delivered
}
