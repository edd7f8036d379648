// Joins what syncs have changed. Safe to repeat and to cut short: what is not joined yet waits in the database.
import { joinChanges as join } from '@/inventory/joins/join-changes'
import type { JobAt } from './job'

export async function joinChanges({ signal, stopping }: JobAt): Promise<void> {
  await join({ signal: AbortSignal.any([signal, stopping]) })
}
