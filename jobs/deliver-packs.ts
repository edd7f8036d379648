// Takes sealed packs to where they are to be delivered, and asks for those that are due.
import { askDue } from '@/governance/packs/delivery/asking/ask-due'
import { deliverDue } from '@/governance/packs/delivery/delivering/deliver-due'
import type { JobAt } from './job'

export async function deliverPacks({ signal, stopping }: JobAt): Promise<void> {
  const either = AbortSignal.any([signal, stopping])
  await deliverDue({ signal: either })
  // What was tried by hand, and what follows what was just delivered, need not wait for the clock.
  if (!either.aborted) await askDue(new Date())
}
