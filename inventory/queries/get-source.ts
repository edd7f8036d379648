// One source: how completely it was last looked at, what each permission was used for, and its recent runs.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { CallCount } from '@/core/session'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { completenessOf } from './completeness-of'
import { lookView, type RawLook } from './fact-view'
import { runSummary } from './run-view'
import { resolveSource } from './resolve-source'
import { sourceRows } from './source-row'
import { compact, iso } from './sql'
import type { LookView, SourceDetail } from './types'

const LOOKS_MAX = 1000
const RUNS_MAX = 20

/** As the table has it, with its scope beside it. */
const viewOf = (look: Awaited<ReturnType<typeof looksAt>>[number]): LookView =>
  lookView({ ...(look as unknown as RawLook), scopeName: look.scope.name, sample: look.scope.sample })

const looksAt = (connectionId: string) =>
  reader.look.findMany({
    where: { scope: { connections: { some: { connectionId } } } },
    include: { scope: { select: { id: true, name: true, sample: true } } },
    orderBy: [{ scope: { name: 'asc' } }, { scopeId: 'asc' }, { stream: 'asc' }, { kind: 'asc' }],
    take: LOOKS_MAX + 1,
  })

/**
 * @param reference id or name of the connection
 * @throws RollcallError `forbidden` or `not-found`
 */
export async function getSource(
  actor: Actor,
  reference: string,
  { now = readingNow() } = {},
): Promise<SourceDetail> {
  const id = await resolveSource(actor, reference)
  const [source] = await sourceRows({ id }, now)
  if (!source) throw new RollcallError('not-found', `There is no source “${reference}”, or no longer.`)
  const [looks, runs, asked, listed] = await Promise.all([
    looksAt(id),
    reader.run.findMany({
      where: { connectionId: id },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: RUNS_MAX + 1,
    }),
    reader.run.findFirst({
      where: { connectionId: id, endedAt: { not: null }, trigger: { not: 'resume' } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, calls: true },
    }),
    reader.connectionScope.findMany({ where: { connectionId: id }, select: { scopeId: true } }),
  ])
  return compact({
    source,
    looks: { rows: looks.slice(0, LOOKS_MAX).map(viewOf), more: looks.length > LOOKS_MAX },
    calls: (asked?.calls ?? []) as CallCount[],
    callsOfRunId: asked?.id,
    runs: { rows: runs.slice(0, RUNS_MAX).map(runSummary), more: runs.length > RUNS_MAX },
    completeness: await completenessOf(actor, { scopeIds: listed.map((l) => l.scopeId), now: iso(now) }),
  })
}
