// Builds a pack of evidence. Whoever is told to stop hands over to the next attempt, which begins from the start.
import type { JobPayload } from '@/core/jobs'
import { buildPack as build } from '@/governance/packs/building/build-pack'
import { failPack } from '@/governance/packs/building/end-pack'
import { causedBy, failureWords, storageTrouble } from '@/governance/packs/building/failure-words'
import { TakenBack } from '@/governance/packs/building/progress'
import { databaseTrouble, reconnecting } from './database-trouble'
import type { JobAt } from './job'

export async function buildPack({ packId }: JobPayload<'build-pack'>, at: JobAt): Promise<void> {
  const signal = AbortSignal.any([at.signal, at.stopping])
  try {
    await build(packId, { signal })
  } catch (error) {
    if (causedBy(error, TakenBack)) return
    // A full disk of ours reads like a full one of the database's.
    const trouble = storageTrouble(error) ? undefined : databaseTrouble(error)
    if (!signal.aborted && (trouble === undefined || at.lastAttempt))
      await reconnecting(() => failPack(packId, trouble ?? failureWords(error)))
    throw error
  }
}
