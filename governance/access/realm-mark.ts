// Whether anything that an analysis rests on has changed since it was made.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { JUDGED_BY } from './judged-by'

const TABLES = ['identity', 'entitlement', 'grant', 'trust', 'workload', 'secret', 'issuer'] as const
/** Of all rows of the scope, by the index of those: going back over everything that changed anywhere until one is found costs more. */
const newest = (table: string, scopeId: string): Prisma.Sql => Prisma.sql`
  (SELECT max(at) FROM (SELECT known_from AS at FROM ${Prisma.raw(`"${table}"`)} WHERE scope_id = ${scopeId}::uuid OFFSET 0) t)`

/** Of those others whose trust is judged together with the scope: what they say may change while what is joined stays. */
const ELSEWHERE = (scopeId: string): Prisma.Sql => Prisma.sql`
  (SELECT concat(max(t.known_from), '/', count(*)) FROM trust t WHERE t.retired_at IS NULL AND t.identity_id IN (
    SELECT from_identity_id FROM edge WHERE to_scope_id = ${scopeId}::uuid AND from_scope_id <> ${scopeId}::uuid
      AND means = 'becomes-this' AND state = 'matched'))`
/** Of documents of others that let somebody in: what they say, and whom they mean. */
const GUESTS = (scopeId: string): Prisma.Sql => Prisma.sql`
  (SELECT concat(max(greatest(e.known_from, b.known_from)), '/', count(*), '/', count(b.id)) FROM edge a
    JOIN entitlement e ON e.id = a.from_row_id AND e.retired_at IS NULL
    LEFT JOIN edge b ON b.from_row_id = e.id AND b.means = 'becomes-this' AND b.state = 'matched'
    WHERE a.to_scope_id = ${scopeId}::uuid AND a.from_scope_id <> ${scopeId}::uuid AND a.from_kind = 'entitlement'
      AND a.means = 'relied-on' AND a.state = 'matched')`
/** What is joined no longer leaves no trace but that there is less. */
const joined = (end: 'from' | 'to', scopeId: string): Prisma.Sql => Prisma.sql`
  (SELECT concat(max(known_from), '/', count(*) FILTER (WHERE state = 'matched')) FROM edge
    WHERE ${Prisma.raw(end)}_scope_id = ${scopeId}::uuid)`

/** The newest change of anything of the scope, and of joins at either end of it. Equal marks: the same answers. */
export async function realmMark(scopeId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ mark: string }[]>(Prisma.sql`
    SELECT concat_ws(' ', ${Prisma.join(TABLES.map((table) => newest(table, scopeId)))},
      ${joined('from', scopeId)}, ${joined('to', scopeId)}, ${ELSEWHERE(scopeId)}, ${GUESTS(scopeId)},
      (SELECT md5(string_agg(concat_ws(' ', kind, stream, complete_at IS NULL,
          CASE WHEN complete_at IS NULL THEN concat_ws(' ', why, permission) END), ',' ORDER BY kind, stream))
        FROM look WHERE scope_id = ${scopeId}::uuid)) AS mark`)
  // The same inventory is judged otherwise by other code: definitions and evaluators are code.
  return `${JUDGED_BY} ${row?.mark ?? ''}`
}
