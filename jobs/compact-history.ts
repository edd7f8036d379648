// Lets go of versions that are older than history is kept, and tells the planner what is left.
import { compactHistory as compact } from '@/inventory/retention/compact-history'
import { analyzePast } from '@/inventory/moment/analyze-past'
import type { JobAt } from './job'

export async function compactHistory(at: JobAt): Promise<void> {
  await compact({ now: new Date(), signal: AbortSignal.any([at.signal, at.stopping]) })
  await analyzePast()
}
