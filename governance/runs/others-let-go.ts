// A sync takes the place of a run that looks again at what was throttled: not before that one has stopped.
import { setTimeout as wait } from 'node:timers/promises'
import { db } from '@/prisma/client'
import { isHeld } from './hold-run'

const ASK_AGAIN_MS = 500

/** Resolves when nobody works on another run of the connection that was asked to stop, or the signal aborts. */
export async function othersLetGo(runId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await isBusy(runId))) await wait(ASK_AGAIN_MS)
}

async function isBusy(runId: string): Promise<boolean> {
  const others = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM run r JOIN run o ON o.connection_id = r.connection_id AND o.id <> r.id
    WHERE r.id = ${runId}::uuid AND o.trigger = 'resume' AND o.state = 'running'`
  for (const { id } of others) if (await isHeld(id)) return true
  return false
}
