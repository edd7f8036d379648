// What time brings about: files that are kept no longer, builds that nobody works on any more, and what a killed process left.
import type { Actor } from '@/core/permissions'
import { pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { failPack } from './building/end-pack'
import { sweepFolder } from './storage'

const CLOCK: Actor = { kind: 'system', id: 'clock', name: 'Rollcall', role: 'administrator' }
/** Time a pack has between coming to be and being taken up. */
const PATIENCE_MS = 2 * 60_000
const LOST = 'The process that built it ended before it was done. Nothing of it is left. Ask again.'

/** Their rows stay, with their hashes. */
export async function expirePacks(now: Date): Promise<string[]> {
  return db.$transaction(async (tx) => {
    const over = await tx.$queryRaw<{ id: string; title: string; sha256: string }[]>`
      UPDATE pack SET removed_at = ${now}, removed_by = ${CLOCK.name}
      WHERE state = 'sealed' AND removed_at IS NULL AND expires_at <= ${now} RETURNING id, title, sha256`
    for (const { id, title, sha256 } of over)
      await recordActivity(
        tx,
        CLOCK,
        { action: 'pack.expire', object: `pack:${id}`, detail: { title, sha256 } },
        now,
      )
    return over.map(({ id }) => id)
  })
}

export async function endLostPacks(now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - PATIENCE_MS)
  const packs = await db.pack.findMany({
    where: { state: { in: ['queued', 'building'] }, askedAt: { lt: before } },
    select: { id: true },
  })
  const lost: string[] = []
  for (const { id } of packs) {
    if ((await pendingJobs('build-pack', { packId: id })).length) continue
    if (await failPack(id, LOST, now)) lost.push(id)
  }
  return lost
}

/** Of a pack only the file of what is sealed and kept, and of the try that is under way, is wanted. */
export function sweepFiles(): Promise<number> {
  return sweepFolder(async (files) => {
    const rows = await db.pack.findMany({
      where: { id: { in: [...new Set(files.map(({ id }) => id))] } },
      select: { id: true, attempt: true, state: true, removedAt: true },
    })
    const packs = new Map(rows.map((row) => [row.id, row]))
    const isUnwanted = ({ id, attempt }: { id: string; attempt: number }) => {
      const pack = packs.get(id)
      if (!pack) return false
      const isKept = pack.state === 'building' || (pack.state === 'sealed' && pack.removedAt === null)
      return !isKept || pack.attempt !== attempt
    }
    return new Set(files.filter(isUnwanted).map(({ id, attempt }) => `${id}-${attempt}`))
  })
}

export async function sweepPacks(now: Date): Promise<void> {
  await expirePacks(now)
  await endLostPacks(now)
  await sweepFiles()
}
