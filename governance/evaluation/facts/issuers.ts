// Issuers whose word the trust of an identity takes: providers of its scope, and those that trust names by themselves.
import { known, unknown, type Absent, type Fact, type Unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Issuers } from '@/core/subject'
import { db } from '@/prisma/client'
import { reasonOf, seenOf, type FactScope } from './fact-scope'
import type { FactRow } from './identity-rows'
import { named } from './named'
import { trustSeen } from './trust'
import { ROWS_MAX, type TrustRow, type WaysIn } from './ways-in'

const SOURCE = 'trust'
/** So many of one identity are told; nobody was seen to trust more. */
const TOLD_MAX = 50

export type TrustedIssuer = {
  identityId: string
  /** The statement that takes its word. */
  trustId: string
  /** By what the statement names it. */
  value: string
  /** Null where it is not in the inventory. */
  name: string | null
  also: string[] | null
}

/** What statements that let somebody in say they rely on. */
export async function trustedIssuers(ids: readonly string[]): Promise<Map<string, TrustedIssuer[]>> {
  const rows = await db.$queryRaw<TrustedIssuer[]>`
    SELECT e.from_identity_id AS "identityId", e.from_row_id AS "trustId", e.key_value AS value, i.name,
      CASE WHEN i.id IS NOT NULL THEN i.native_id || i.aliases END AS also
    FROM edge e JOIN trust t ON t.id = e.from_row_id AND t.effect = 'allow' AND t.retired_at IS NULL
      LEFT JOIN issuer i ON i.id = e.to_row_id
    WHERE e.from_identity_id = ANY(${ids}::uuid[]) AND e.from_kind = 'trust' AND e.to_kind = 'issuer'
      AND e.means = 'relied-on'
    ORDER BY 1, 3, e.id LIMIT ${ROWS_MAX}`
  return groupBy(rows, ({ identityId }) => identityId)
}

type Given = { scope: FactScope; into: WaysIn; issuers: readonly TrustedIssuer[] }

/**
 * There is none only where all trust was seen whole and every statement that lets in somebody from elsewhere says whose word
 * it takes.
 */
export function issuersFact(row: FactRow, { scope, into, issuers }: Given): Fact<Issuers> {
  const none = trustSeen(row, scope)
  const open = openOf(none, into.trusts.get(row.id) ?? [], into, issuers)
  const rows = rowsOf(issuers)
  if (!rows.length) return open ?? none
  const { count, names } = named(rows.map(({ name }) => name))
  const more = rows.length > TOLD_MAX ? 'more than are told one by one' : open && reasonOf(open)
  return {
    ...known({ count, names, rows: rows.slice(0, TOLD_MAX), ...(more !== undefined && { more }) }, SOURCE),
    ...seenOf(none),
  }
}

function rowsOf(issuers: readonly TrustedIssuer[]): Issuers['rows'] {
  const rows = new Map<string, Set<string>>()
  for (const { value, name, also } of issuers) {
    const called = rows.get(name ?? value) ?? new Set<string>()
    rows.set(name ?? value, called)
    for (const one of [value, ...(also ?? [])]) if (one !== (name ?? value)) called.add(one)
  }
  return [...rows]
    .map(([name, called]) => ({ name, also: [...called].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Why there may be others. */
function openOf(
  none: Absent | Unknown,
  trusts: readonly TrustRow[],
  { isCut }: WaysIn,
  issuers: readonly TrustedIssuer[],
): Unknown | undefined {
  if (none.state === 'unknown') return none
  if (isCut) return unknown('limited', SOURCE, 'more trust than is read at a time')
  const told = new Set(issuers.map(({ trustId }) => trustId))
  const silent = trusts.find(({ id, principalType }) => principalType === 'federated' && !told.has(id))
  return silent && unknown('not-offered', SOURCE, `who vouches for ${silent.principal} is not told`)
}
