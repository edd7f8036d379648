// Sends the notices that are due.
import { sendDue } from '@/governance/notices/send-due'
import type { JobAt } from './job'

export async function sendNotices({ signal, stopping }: JobAt): Promise<void> {
  await sendDue({ signal: AbortSignal.any([signal, stopping]) })
}
