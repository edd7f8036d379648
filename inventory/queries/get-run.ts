// One run: what it read, what it changed, and what it was refused.
import type { ImportReport } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Why } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import type { CallCount } from '@/core/session'
import type { Gap } from '@/core/upstream'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { resumesOf } from '@/core/resume-words'
import { runSummary } from './run-view'
import { compact, isoOr, isUuid } from './sql'
import type { Bounded, RunCoverageView, RunDetail } from './types'
import { mustRead } from './visible'

const COVERAGE_MAX = 1000

type Raw = {
  scopeId: string
  scopeName: string | null
  stream: string
  kind: string
  state: string
  why: string | null
  permission: string | null
  detail: string | null
  count: number
  gaps: Gap[]
}

/** What fell short comes first: that is what a reader looks for. */
async function coverageOf(runId: string): Promise<Bounded<RunCoverageView>> {
  const rows = await reader.$queryRaw<Raw[]>(Prisma.sql`
    SELECT r.scope_id AS "scopeId", s.name AS "scopeName", r.stream, r.kind, r.state, r.why, r.permission, r.detail,
      r.count, r.gaps
    FROM run_coverage r LEFT JOIN scope s ON s.id = r.scope_id WHERE r.run_id = ${runId}::uuid
    ORDER BY r.state = 'complete' AND r.gaps = '[]'::jsonb, s.name, r.scope_id, r.stream, r.kind
    LIMIT ${COVERAGE_MAX + 1}::int`)
  const views = rows
    .slice(0, COVERAGE_MAX)
    .map(({ scopeId, scopeName, stream, kind, state, count, gaps, ...row }) =>
      compact({
        scope: { id: scopeId, name: scopeName ?? scopeId },
        stream,
        kind,
        state: state as RunCoverageView['state'],
        why: (row.why as Why | null) ?? undefined,
        permission: row.permission ?? undefined,
        detail: row.detail ?? undefined,
        count,
        gaps,
      }),
    )
  return { rows: views, more: rows.length > COVERAGE_MAX }
}

/** @throws RollcallError `forbidden` or `not-found` */
export async function getRun(actor: Actor, id: string): Promise<RunDetail> {
  mustRead(actor, 'source:read')
  const run = isUuid(id)
    ? await reader.run.findUnique({
        where: { id },
        include: { connection: { select: { id: true, name: true, connectorId: true, mode: true } } },
      })
    : null
  if (!run)
    throw new RollcallError(
      'not-found',
      `No run has the id ${id}. It may have been removed together with its source.`,
    )
  return compact({
    run: runSummary(run),
    connection: { ...run.connection, mode: run.connection.mode as RunDetail['connection']['mode'] },
    changes: run.changes as RunDetail['changes'],
    cancelRequestedAt: isoOr(run.cancelRequestedAt),
    scopesCoverage: (run.scopesCoverage as RunDetail['scopesCoverage'] | null) ?? undefined,
    calls: run.calls as CallCount[],
    report: resumesOf(run.report) ? undefined : ((run.report as ImportReport | null) ?? undefined),
    coverage: await coverageOf(id),
  })
}
