// What changed in the last seven days, each count up to a bound.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { boundedCount } from './bounded-count'
import { COUNT_MAX } from './sql'
import type { BoundedCount, HomeSummary } from './types'

const WEEK_MS = 7 * 24 * 60 * 60_000

type Seen = {
  scopes: Prisma.Sql
  ownIdentity: Prisma.Sql
  ownCredential: Prisma.Sql
  ownFinding: Prisma.Sql
  ownHistory: Prisma.Sql
}

/** What the first look at a scope brought is not new, only new to us. */
const isNews = (alias: 'i' | 'c') => Prisma.raw(`${alias}.first_seen_at > s.first_seen_at`)

async function changedIdentities({ scopes, ownHistory }: Seen, since: Prisma.Sql): Promise<BoundedCount> {
  const [row] = await db.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM (
      SELECT DISTINCT h.identity_id FROM history h JOIN scope s ON s.id = h.scope_id
      WHERE h.identity_id IS NOT NULL AND h.valid_to >= ${since} AND ${scopes} AND ${ownHistory} LIMIT ${COUNT_MAX + 1}::int
    ) changed`)
  const count = row?.count ?? 0
  return { count: Math.min(count, COUNT_MAX), more: count > COUNT_MAX }
}

export async function weekOf(seen: Seen, now: string): Promise<HomeSummary['week']> {
  const since = new Date(Date.parse(now) - WEEK_MS).toISOString()
  const from = Prisma.sql`${since}::timestamptz`
  const { scopes, ownIdentity, ownCredential, ownFinding } = seen
  const identities = Prisma.sql`identity i JOIN scope s ON s.id = i.scope_id`
  const credentials = Prisma.sql`credential c JOIN scope s ON s.id = c.scope_id`
  const findings = Prisma.sql`finding f JOIN scope s ON s.id = f.scope_id`
  const [newIdentities, retiredIdentities, changed, newCredentials, openedFindings, resolvedFindings] =
    await Promise.all([
      boundedCount(
        identities,
        Prisma.sql`i.first_seen_at >= ${from} AND ${isNews('i')} AND i.retired_at IS NULL AND ${scopes} AND ${ownIdentity}`,
      ),
      boundedCount(identities, Prisma.sql`i.retired_at >= ${from} AND ${scopes} AND ${ownIdentity}`),
      changedIdentities(seen, from),
      boundedCount(
        credentials,
        Prisma.sql`c.first_seen_at >= ${from} AND ${isNews('c')} AND c.retired_at IS NULL AND ${scopes} AND ${ownCredential}`,
      ),
      boundedCount(
        findings,
        Prisma.sql`f.opened_at >= ${from} AND f.state = 'open' AND f.verdict = 'fail' AND ${scopes} AND ${ownFinding}`,
      ),
      boundedCount(
        findings,
        Prisma.sql`f.resolved_at >= ${from} AND f.state = 'resolved' AND ${scopes} AND ${ownFinding}`,
      ),
    ])
  return {
    since,
    newIdentities,
    retiredIdentities,
    changedIdentities: changed,
    newCredentials,
    openedFindings,
    resolvedFindings,
  }
}
