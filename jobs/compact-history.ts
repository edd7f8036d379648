// Lets go of versions that are older than history is kept.
import { compactHistory as compact } from '@/inventory/retention/compact-history'
import type { JobAt } from './job'

export async function compactHistory(at: JobAt): Promise<void> {
  await compact({ now: new Date(), signal: AbortSignal.any([at.signal, at.stopping]) })
}
