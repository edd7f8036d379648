// One row of a list of identities: what is selected for it, and how it reads.
import type { IdentityRow } from '@/core/list'
import { SEVERITIES } from '@/core/rule'
import { Prisma } from '@/prisma/generated/client'
import { compact, iso, isoOr } from './sql'

type Raw = {
  id: string
  nativeId: string
  alias: string | null
  name: string
  type: string
  class: string
  scopeId: string
  scopeNativeId: string
  scopeName: string
  connectorId: string
  sample: boolean
  ownerState: IdentityRow['owner']['state'] | null
  ownerName: string | null
  privilege: string | null
  lastUsedState: IdentityRow['lastUsed']['state']
  lastUsedAt: Date | null
  createdAt: Date | null
  credentials: number
  credentialsState: IdentityRow['credentialsState'] | null
  oldestCredentialAt: Date | null
  judged: boolean
  failing: number
  unknowns: number
  worst: number | null
  firstSeenAt: Date
  retiredAt: Date | null
}
export type RawIdentity = Raw & { placeValues: string[] }

/** Columns over i (identity), s (its scope) and p (its posture, where it was evaluated). */
export const IDENTITY_COLUMNS = Prisma.sql`
  i.id, i.native_id AS "nativeId", i.aliases[1] AS alias, i.name, i.type, i.class,
  s.id AS "scopeId", s.native_id AS "scopeNativeId", s.name AS "scopeName", s.connector_id AS "connectorId", s.sample,
  p.owner_state AS "ownerState", p.owner_name AS "ownerName", p.privilege_class AS privilege,
  i.last_used_state AS "lastUsedState", i.last_used_at AS "lastUsedAt", i.created_at AS "createdAt",
  coalesce(p.credentials,
    (SELECT count(*)::int FROM credential c WHERE c.identity_id = i.id AND c.retired_at IS NULL)) AS credentials,
  p.credentials_state AS "credentialsState", p.oldest_credential_at AS "oldestCredentialAt",
  p.identity_id IS NOT NULL AS judged, coalesce(p.failing, 0) AS failing, coalesce(p.unknowns, 0) AS unknowns, p.worst,
  i.first_seen_at AS "firstSeenAt", i.retired_at AS "retiredAt"`

export function identityRow(raw: Raw): IdentityRow {
  return compact({
    id: raw.id,
    nativeId: raw.nativeId,
    alias: raw.alias ?? undefined,
    name: raw.name,
    type: raw.type,
    class: raw.class,
    scope: {
      id: raw.scopeId,
      nativeId: raw.scopeNativeId,
      name: raw.scopeName,
      connectorId: raw.connectorId,
      sample: raw.sample,
    },
    owner: compact({ state: raw.ownerState ?? 'unknown', name: raw.ownerName ?? undefined }),
    privilege: raw.privilege ?? 'unknown',
    lastUsed: compact({ state: raw.lastUsedState, at: isoOr(raw.lastUsedAt) }),
    createdAt: isoOr(raw.createdAt),
    credentials: raw.credentials,
    credentialsState: raw.credentialsState ?? 'unknown',
    oldestCredentialAt: isoOr(raw.oldestCredentialAt),
    judged: raw.judged,
    failing: raw.failing,
    unknowns: raw.unknowns,
    worst: raw.worst === null ? undefined : SEVERITIES[raw.worst],
    firstSeenAt: iso(raw.firstSeenAt),
    retiredAt: isoOr(raw.retiredAt),
  })
}
