// One row of a list of credentials and stored secrets: what is selected for it, and how it reads.
import type { Fact, Instant } from '@/core/fact'
import type { CredentialRow } from '@/core/list'
import type { Of } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { CredentialKind } from './credential-where'
import { compact, iso, isoOr } from './sql'

type Raw = {
  id: string
  kind: CredentialKind
  nativeId: string
  name: string
  type: string
  scopeId: string
  scopeNativeId: string
  scopeName: string
  connectorId: string
  sample: boolean
  identityId: string | null
  identityName: string | null
  identityRetiredAt: Date | null
  doc: Of<'credential'> | Of<'secret'>
  firstSeenAt: Date
  retiredAt: Date | null
}
export type RawCredential = Raw & { placeValues: string[] }

/** Columns over r (one of the tables), s (its scope) and, of a credential, i (its identity). */
export const credentialSelect = (kind: CredentialKind): Prisma.Sql => Prisma.sql`
  r.id, ${kind}::text AS kind, r.native_id AS "nativeId", r.name, r.type,
  s.id AS "scopeId", s.native_id AS "scopeNativeId", s.name AS "scopeName", s.connector_id AS "connectorId", s.sample,
  ${
    kind === 'credential'
      ? Prisma.sql`i.id AS "identityId", i.name AS "identityName", i.retired_at AS "identityRetiredAt"`
      : Prisma.sql`NULL::uuid AS "identityId", NULL::text AS "identityName", NULL::timestamptz AS "identityRetiredAt"`
  },
  r.doc, r.first_seen_at AS "firstSeenAt", r.retired_at AS "retiredAt"`

/** What the columns are read from, beside `r`. */
export const credentialJoins = (kind: CredentialKind): Prisma.Sql =>
  kind === 'credential'
    ? Prisma.sql`JOIN scope s ON s.id = r.scope_id LEFT JOIN identity i ON i.id = r.identity_id`
    : Prisma.sql`JOIN scope s ON s.id = r.scope_id`

const toldAt = (fact: Fact<Instant>): CredentialRow['value'] =>
  fact.state === 'known' ? { state: 'known', at: fact.value } : { state: fact.state }
const told = <T>(fact: Fact<T>) =>
  fact.state === 'known' ? ({ state: 'known', value: fact.value } as const) : ({ state: fact.state } as const)

/** When a value was made: rotated, else created. Where it is not known whether it was rotated, that is not either. */
export const valueMade = ({ rotatedAt, createdAt }: Pick<Of<'credential'>, 'rotatedAt' | 'createdAt'>) =>
  toldAt(rotatedAt.state === 'absent' ? createdAt : rotatedAt)

function ownOf(raw: Raw, doc: Of<'credential'>): Partial<CredentialRow> {
  const { state } = doc.identity
  return {
    form: doc.form,
    identity: compact({
      state,
      id: raw.identityId ?? undefined,
      name: raw.identityName ?? undefined,
      nativeId: doc.identity.state === 'known' ? doc.identity.value : undefined,
      retiredAt: isoOr(raw.identityRetiredAt),
    }),
    lastUsed: toldAt(doc.lastUsedAt),
    enabled: told(doc.enabled),
    count: doc.count?.state === 'known' ? doc.count.value : undefined,
  }
}

function keptOf({ lastReadAt, rotates, copiedEverySeconds }: Of<'secret'>): Partial<CredentialRow> {
  const every = copiedEverySeconds
  return {
    lastUsed: toldAt(lastReadAt),
    rotates: told(rotates),
    copiedEvery:
      every && (every.state === 'known' ? { state: 'known', seconds: every.value } : { state: every.state }),
  }
}

export function credentialRow(raw: Raw): CredentialRow {
  const { doc } = raw
  return compact({
    id: raw.id,
    kind: raw.kind,
    nativeId: raw.nativeId,
    name: raw.name,
    type: raw.type,
    scope: {
      id: raw.scopeId,
      nativeId: raw.scopeNativeId,
      name: raw.scopeName,
      connectorId: raw.connectorId,
      sample: raw.sample,
    },
    value: valueMade(doc),
    expires: toldAt(doc.expiresAt),
    lastUsed: { state: 'unknown' as const },
    ...compact(doc.kind === 'credential' ? ownOf(raw, doc) : keptOf(doc)),
    firstSeenAt: iso(raw.firstSeenAt),
    retiredAt: isoOr(raw.retiredAt),
  })
}
