// What of a source was throttled when it was last looked at, and for no other reason fell short: what is looked at again.
import { BEYOND } from '@/core/upstream'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'

/** A stream of a scope, by the scope's native id. */
export type Pair = { scope: string; stream: string }

const IS_THROTTLED = Prisma.sql`l.state <> 'complete' AND l.why = 'throttled'`
/** A stream of which a part was refused for another reason would be refused again. */
const NOTHING_ELSE = Prisma.sql`l.state = 'complete' OR l.why = ANY(${['throttled', ...BEYOND]}::text[])`

/** @param takenUp a run that is taken up again: what it has looked at already is looked at again with the rest */
export function throttledLooks(tx: Tx, connectionId: string, takenUp?: string): Promise<Pair[]> {
  const again = takenUp === undefined ? Prisma.sql`FALSE` : Prisma.sql`bool_or(l.run_id = ${takenUp}::uuid)`
  return tx.$queryRaw<Pair[]>(Prisma.sql`
    SELECT s.native_id AS scope, l.stream FROM look l
    JOIN run r ON r.id = l.run_id AND r.connection_id = ${connectionId}::uuid
    JOIN connection_scope cs ON cs.scope_id = l.scope_id AND cs.connection_id = r.connection_id AND cs.gone_at IS NULL
    JOIN scope s ON s.id = l.scope_id
    GROUP BY s.native_id, l.stream
    HAVING ${again} OR (bool_or(${IS_THROTTLED}) AND bool_and(${NOTHING_ELSE}))
    ORDER BY s.native_id, l.stream`)
}

/** Scopes that were looked at since then, by native id; what the run itself has seen does not count. */
export async function scopesLookedAt(
  tx: Tx,
  { connectionId, since, except }: { connectionId: string; since: string; except: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ scope: string }[]>`
    SELECT DISTINCT s.native_id AS scope FROM look l
    JOIN connection_scope cs ON cs.scope_id = l.scope_id AND cs.connection_id = ${connectionId}::uuid
    JOIN scope s ON s.id = l.scope_id
    WHERE l.at >= ${since}::timestamptz AND l.run_id <> ${except}::uuid`
  return rows.map(({ scope }) => scope)
}
