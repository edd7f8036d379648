// Steps that no principal of the scope takes: of principals of others that are let in, also into what nobody reads, and of what runs.
import type { Access } from '@/core/access'
import { db } from '@/prisma/client'
import type { Loaded } from './load-realm'
import { kept, platformStep, type StepRow } from './step-row'

/** Principals that are let into what nobody reads, of one scope at most. */
const UNREAD_MAX = 100_000

/** Who may do everything here is one step from everything here: what else it comes to here is not worth telling. */
export function* guestSteps(scopeId: string, { realm, rowOf }: Loaded, access: Access): Generator<StepRow> {
  for (const { id } of realm.guests ?? []) {
    const from = rowOf.get(id)
    if (!from) continue
    const { steps } = access.steps(id)
    const all = steps.find(({ to, answer }) => to.kind === 'administrator' && answer === 'yes')
    const isWhole = all && access.privileges(id).certain === 'administrator'
    for (const step of isWhole ? [all] : steps) {
      const row = platformStep({ rowOf }, from, step)
      // Rights are in the scope that lets it in, wherever it comes from.
      if (row) yield { ...row, origin: 'join', toScopeId: row.toId === null ? scopeId : row.toScopeId }
    }
  }
}

/** What whoever controls something that runs comes to, beside what it runs as. */
export function* runnerSteps(scopeId: string, { realm, rowOf }: Loaded, access: Access): Generator<StepRow> {
  if (!access.runnerSteps) return
  for (const { id } of realm.runners) {
    const from = rowOf.get(id)
    if (!from) continue
    for (const step of access.runnerSteps(id)) {
      const row = platformStep({ rowOf }, from, step)
      if (row)
        yield {
          ...row,
          fromKind: 'workload',
          origin: 'join',
          toScopeId: row.toId === null ? scopeId : row.toScopeId,
        }
    }
  }
}

type UnreadRow = { fromId: string; fromScopeId: string; toId: string; toScopeId: string; reason: string }

/** Whom documents of the scope let into something that only this scope tells of: no source that would read it is connected. */
export const letInUnread = (scopeId: string): Promise<UnreadRow[]> => db.$queryRaw<UnreadRow[]>`
  SELECT b.to_identity_id AS "fromId", b.to_scope_id AS "fromScopeId", c.to_row_id AS "toId", c.to_scope_id AS "toScopeId", b.reason
  FROM edge b JOIN entitlement e ON e.id = b.from_row_id AND e.retired_at IS NULL AND e.doc ->> 'gives' = 'nothing'
    JOIN edge c ON c.from_row_id = e.id AND c.means = 'relied-on' AND c.to_kind = 'issuer' AND c.state = 'matched'
      AND c.to_scope_id = e.scope_id
    JOIN identity i ON i.id = b.to_identity_id AND i.retired_at IS NULL
  WHERE b.from_scope_id = ${scopeId}::uuid AND b.from_kind = 'entitlement' AND b.means = 'becomes-this' AND b.state = 'matched'
    AND NOT b.broad AND NOT EXISTS (SELECT 1 FROM edge d WHERE d.from_row_id = e.id AND d.means = 'relied-on'
      AND d.to_kind = 'issuer' AND d.state = 'matched' AND d.to_scope_id <> e.scope_id)
  ORDER BY b.id LIMIT ${UNREAD_MAX}`

export const unreadStep = ({ fromId, fromScopeId, toId, toScopeId, reason }: UnreadRow): StepRow => ({
  fromId,
  fromKind: 'identity',
  fromScopeId,
  toId,
  toKind: 'issuer',
  toScopeId,
  origin: 'join',
  by: 'permitted',
  certainty: 'depends',
  because: kept([reason]),
  missing: [
    'What it may do there is judged by nobody: no source that reads it is connected, or it was not told.',
  ],
})
