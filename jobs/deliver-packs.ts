// Takes sealed packs to where they are to be delivered.
import { deliverDue } from '@/governance/packs/delivery/delivering/deliver-due'
import type { JobAt } from './job'

export async function deliverPacks({ signal, stopping }: JobAt): Promise<void> {
  await deliverDue({ signal: AbortSignal.any([signal, stopping]) })
}
