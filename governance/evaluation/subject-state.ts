// What was answered and read of each that is judged as one, as it is kept between evaluations.
import { db, type Tx } from '@/prisma/client'
import type { HeldState, NewState } from './kept-state'

export async function statesOf(ids: readonly string[]): Promise<Map<string, HeldState>> {
  const rows = await db.$queryRaw<(HeldState & { id: string })[]>`
    SELECT s.id, s.answers, s.digest, s.due_at AS "dueAt", f.facts
    FROM subject_state s JOIN subject_facts f ON f.id = s.id WHERE s.id = ANY(${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}

export async function writeStates(tx: Tx, scopeId: string, states: readonly NewState[]): Promise<void> {
  if (!states.length) return
  const column = <K extends keyof NewState>(key: K) => states.map((state) => state[key])
  await tx.$executeRaw`
    INSERT INTO subject_state AS s (id, scope_id, kind, answers, digest, due_at)
    SELECT t.id, ${scopeId}::uuid, t.kind, t.answers, t.digest, t.due
    FROM unnest(${column('id')}::uuid[], ${column('kind')}::text[], ${column('answers')}::text[], ${column('digest')}::text[],
      ${column('due')}::timestamptz[]) AS t (id, kind, answers, digest, due)
    ON CONFLICT (id) DO UPDATE SET scope_id = excluded.scope_id, kind = excluded.kind, answers = excluded.answers,
      digest = excluded.digest, due_at = excluded.due_at`
  const read = states.filter(({ facts }) => facts !== undefined)
  if (!read.length) return
  await tx.$executeRaw`
    INSERT INTO subject_facts AS f (id, scope_id, facts)
    SELECT t.id, ${scopeId}::uuid, t.facts
    FROM unnest(${read.map(({ id }) => id)}::uuid[], ${read.map(({ facts }) => facts)}::text[]) AS t (id, facts)
    ON CONFLICT (id) DO UPDATE SET scope_id = excluded.scope_id, facts = excluded.facts`
}

/** Forgets what is not judged as one any more: it is gone, or belongs to something else now. */
export async function forgetStates(tx: Tx, scopeId: string, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  await tx.$executeRaw`DELETE FROM subject_state WHERE scope_id = ${scopeId}::uuid AND id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`DELETE FROM subject_facts WHERE scope_id = ${scopeId}::uuid AND id = ANY(${ids}::uuid[])`
}

/** The same after all of the scope was read. */
export async function forgetUnread(tx: Tx, scopeId: string): Promise<void> {
  for (const table of ['subject_state', 'subject_facts'] as const)
    await tx.$executeRawUnsafe(
      `DELETE FROM ${table} s WHERE s.scope_id = $1::uuid AND s.id <> $1::uuid
        AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.id = s.id AND i.retired_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM secret x WHERE x.id = s.id AND x.retired_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM credential c LEFT JOIN identity h ON h.id = c.identity_id
          WHERE c.id = s.id AND c.retired_at IS NULL
            AND (h.id IS NULL OR h.retired_at IS NOT NULL OR h.scope_id <> s.scope_id))`,
      scopeId,
    )
}
