// Has history compacted once a day.
import { send } from '@/jobs/queue'
import { lastCompaction } from './last-compaction'

const DAY_MS = 24 * 3600_000

export async function startCompaction(now: Date): Promise<boolean> {
  const last = await lastCompaction()
  if (last && Date.parse(last.at) > now.getTime() - DAY_MS) return false
  await send('compact-history', {}, undefined, { hourlyKey: 'compact-history' })
  return true
}
