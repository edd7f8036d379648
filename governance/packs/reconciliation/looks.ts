// How each part of each source was looked at as of the moment of a pack: one row for each stream and kind of a scope.
import type { Instant, Why } from '@/core/fact'
import type { CallCount } from '@/core/session'
import type { Gap } from '@/core/upstream'
import { reader } from '@/inventory/moment/at-moment'
import { askedScopes } from '@/inventory/queries/asked-scopes'
import { mustRead } from '@/inventory/queries/visible'
import { Prisma } from '@/prisma/generated/client'
import type { PackAt } from '../part'

const SCOPES = 50

export type LookRow = {
  scopeId: string
  scope: string
  scopeNativeId: string
  connector: string
  /** Who reads it, and how: several may. */
  connection: string
  mode: string
  /** Undefined where nobody looked at anything of the scope so far. */
  stream: string | null
  kind: string | null
  state: 'complete' | 'partial' | null
  at: Date | null
  why: Why | null
  permission: string | null
  detail: string | null
  gaps: Gap[] | null
  completeAt: Date | null
  /** Rows that the newest complete look read, and that the newest look did. */
  read: number | null
  readLast: number | null
  runId: string | null
  runState: string | null
  trigger: string | null
  requestedBy: string | null
  startedAt: Date | null
  endedAt: Date | null
  error: string | null
  calls: CallCount[] | null
}

/** Condition over `scope s`: those of the filter, whether or not anybody of the population was seen in them. */
export async function packScopes({ asked }: PackAt): Promise<Prisma.Sql> {
  const { chosen, hidden } = await askedScopes(asked.filter.scope)
  if (chosen) return Prisma.sql`s.id = ANY(${chosen}::uuid[])`
  return hidden.length ? Prisma.sql`s.id <> ALL(${hidden}::uuid[])` : Prisma.sql`TRUE`
}

const looksOf = (ids: string[]) => Prisma.sql`
  SELECT s.id AS "scopeId", s.name AS scope, s.native_id AS "scopeNativeId", s.connector_id AS connector,
    coalesce(c.names, 'not read any more') AS connection, coalesce(c.modes, '') AS mode,
    l.stream, l.kind, l.state, l.at, l.why, l.permission, l.detail, l.gaps, l.complete_at AS "completeAt",
    whole.count AS read, newest.count AS "readLast", l.run_id AS "runId", r.state AS "runState", r.trigger,
    r.requested_by AS "requestedBy", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.error, r.calls
  FROM scope s LEFT JOIN look l ON l.scope_id = s.id
  LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT c.name, ', ' ORDER BY c.name) AS names, string_agg(DISTINCT c.mode, ', ' ORDER BY c.mode) AS modes
    FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id WHERE cs.scope_id = s.id AND cs.gone_at IS NULL) c ON TRUE
  LEFT JOIN run r ON r.id = l.run_id
  LEFT JOIN run_coverage whole ON whole.run_id = l.complete_run_id AND whole.scope_id = l.scope_id
    AND whole.stream = l.stream AND whole.kind = l.kind
  LEFT JOIN run_coverage newest ON newest.run_id = l.run_id AND newest.scope_id = l.scope_id
    AND newest.stream = l.stream AND newest.kind = l.kind
  WHERE s.id = ANY(${ids}::uuid[]) ORDER BY s.id, l.kind, l.stream`

/** A few scopes at a time. */
export async function* eachLook(at: PackAt): AsyncGenerator<LookRow[]> {
  mustRead(at.actor, 'source:read')
  const where = await packScopes(at)
  let after: string | undefined
  do {
    at.signal.throwIfAborted()
    const scopes = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT s.id FROM scope s WHERE ${where} ${after ? Prisma.sql`AND s.id > ${after}::uuid` : Prisma.empty}
      ORDER BY s.id LIMIT ${SCOPES}::int`)
    const ids = scopes.map(({ id }) => id)
    if (ids.length) yield await reader.$queryRaw<LookRow[]>(looksOf(ids))
    after = ids.length === SCOPES ? ids.at(-1) : undefined
  } while (after !== undefined)
}

/** What was refused in one look: the look itself, or single questions of it. */
export function refusedIn({ state, why, permission, detail, gaps, calls }: LookRow): {
  call: string
  permission: string
  times: number
}[] {
  const timesOf = (asked: string) => calls?.find((one) => one.permission === asked)?.refused || 1
  const whole =
    state === 'partial' && why !== null && permission
      ? [{ call: detail ?? why, permission, times: timesOf(permission) }]
      : []
  const single = (gaps ?? []).map((gap) => ({
    call: gap.detail || gap.why,
    permission: gap.permission,
    times: gap.count,
  }))
  return [...whole, ...single]
}

export const instantOr = (date: Date | null): Instant | undefined => date?.toISOString()
