// How a pack ends: sealed, or failed in words. Only what is still being built by this very try can end.
import type { Actor } from '@/core/permissions'
import type { Manifest } from '@/evidence/pack/manifest'
import { db, type Prisma, type Tx } from '@/prisma/client'
import type { Pack } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { notify } from '../../notices/notify'
import { membersNamed } from '../../notices/recipients'
import { wakeDelivering } from '../delivery/delivering/wake-delivering'
import { TakenBack } from './progress'

const DAY_MS = 86_400_000
const TIMEOUT_MS = 60_000
const BUILDER: Actor = { kind: 'system', id: 'packs', name: 'Rollcall', role: 'administrator' }

export type Sealing = {
  manifest: Manifest
  bytes: number
  /** SHA-256 of the whole file, and of all before its seal. */
  sha256: string
  content: string
  sealedAt: Date
}

const about = ({ id }: Pick<Pack, 'id'>) => `pack:${id}`
/** Whoever asked, where that is a member. Of a delivery it is told what becomes of that, and whoever sees to it is woken. */
async function askers(tx: Tx, { id, actorId }: Pick<Pack, 'id' | 'actorId'>) {
  if (!(await tx.deliveryPeriod.count({ where: { packId: id } }))) return membersNamed(tx, [actorId])
  await wakeDelivering(tx)
  return []
}

/** @throws TakenBack */
export async function sealPack(
  pack: Pack,
  { manifest, bytes, sha256, content, sealedAt }: Sealing,
): Promise<void> {
  const { id, attempt, title, keepDays } = pack
  const expiresAt = new Date(sealedAt.getTime() + keepDays * DAY_MS)
  await db.$transaction(
    async (tx) => {
      const { count } = await tx.pack.updateMany({
        where: { id, attempt, state: 'building' },
        data: {
          state: 'sealed',
          endedAt: sealedAt,
          expiresAt,
          bytes,
          sha256,
          content,
          key: manifest.key,
          files: manifest.files as unknown as Prisma.InputJsonValue,
          complete: manifest.complete,
          gaps: manifest.gaps,
          activityHead: manifest.activityHead ?? null,
        },
      })
      if (!count) throw new TakenBack()
      const detail = { title, sha256, content, bytes, key: manifest.key, complete: manifest.complete }
      await recordActivity(tx, BUILDER, { action: 'pack.sealed', object: about(pack), detail }, sealedAt)
      const data = { id, title, sha256, complete: manifest.complete, until: expiresAt.toISOString() }
      const to = await askers(tx, pack)
      await notify(tx, { kind: 'pack.sealed', about: about(pack), once: id, data, to }, sealedAt)
    },
    { timeout: TIMEOUT_MS },
  )
}

/** @param attempt left out: whichever try it is */
export async function failPack(
  id: string,
  why: string,
  now = new Date(),
  attempt?: number,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.pack.updateMany({
      where: { id, state: { in: ['queued', 'building'] }, ...(attempt !== undefined && { attempt }) },
      data: { state: 'failed', endedAt: now, failure: why },
    })
    if (!count) return false
    const pack = await tx.pack.findUniqueOrThrow({ where: { id } })
    const { title } = pack
    await recordActivity(
      tx,
      BUILDER,
      { action: 'pack.failed', object: about(pack), detail: { title, why } },
      now,
    )
    const to = await askers(tx, pack)
    await notify(tx, { kind: 'pack.failed', about: about(pack), once: id, data: { id, title, why }, to }, now)
    return true
  })
}
