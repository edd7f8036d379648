// Sees to it that sources which tell their changes are followed: once they were read, and while nothing else reads them.
import { manifests } from '../connector-registry'
import { pendingJobs, send } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { isHeld } from './hold-run'
import { UNDER_WAY } from './run-state'

export async function startFollowing(): Promise<string[]> {
  const connectorIds = manifests().flatMap(({ id, follows }) => (follows ? [id] : []))
  const connections = await db.connection.findMany({
    where: {
      connectorId: { in: connectorIds },
      mode: 'live',
      paused: false,
      runs: { none: { state: { in: UNDER_WAY } }, some: { state: { in: ['complete', 'partial'] } } },
    },
    select: { id: true },
  })
  const started: string[] = []
  for (const { id: connectionId } of connections) {
    if (await isHeld(connectionId, 'following')) continue
    if ((await pendingJobs('follow-connection', { connectionId })).length) continue
    await send('follow-connection', { connectionId })
    started.push(connectionId)
  }
  return started
}
