// How far a run is: small enough to be asked for every few seconds.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { compact, isoOr, isUuid } from './sql'
import type { RunProgress, RunState } from './types'
import { mustRead } from './visible'

/** A previewed import waits for a person: it goes on only when told to. */
const UNDER_WAY: ReadonlySet<string> = new Set<RunState>(['queued', 'running'])

/** @throws RollcallError `forbidden` or `not-found` */
export async function runProgress(actor: Actor, id: string): Promise<RunProgress> {
  mustRead(actor, 'source:read')
  const run = isUuid(id)
    ? await reader.run.findUnique({ where: { id }, omit: { calls: true, report: true } })
    : null
  if (!run)
    throw new RollcallError(
      'not-found',
      `No run has the id ${id}. It may have been removed together with its source.`,
    )
  const queuedAhead =
    run.state === 'queued'
      ? await reader.run.count({ where: { state: 'queued', createdAt: { lt: run.createdAt } } })
      : 0
  return compact({
    id: run.id,
    connectionId: run.connectionId,
    state: run.state as RunState,
    ended: !UNDER_WAY.has(run.state),
    phase: run.phase,
    observations: run.observations,
    queuedAhead,
    startedAt: isoOr(run.startedAt),
    endedAt: isoOr(run.endedAt),
    cancelRequested: run.cancelRequestedAt !== null,
    error: run.error ?? undefined,
  })
}
