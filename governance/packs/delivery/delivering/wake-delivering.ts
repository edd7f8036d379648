// Has what is due delivered now.
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'

/** One job waits at most: it sees all that is due when it begins. */
export const wakeDelivering = (tx?: Tx): Promise<void> =>
  send('deliver-packs', {}, tx, { waitingKey: 'deliver' })
