// How long history is kept and what that costs now, for those who can change it.
import type { Actor } from '@/core/permissions'
import { historySize, type HistorySize } from '@/inventory/retention/history-size'
import { authorise } from '../authorise'

export type { HistorySize }

export async function historyView(actor: Actor | null): Promise<HistorySize> {
  authorise(actor, 'setting:manage')
  return historySize()
}
