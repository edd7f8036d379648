// Reads what is judged as one, with everything that belongs to it: the long way, by joins, with the times of confirmation.
import type { Instant } from '@/core/fact'
import type { SubjectKind } from '@/core/subject'
import { credentialFacts, identityFacts, ownerStanding, secretFacts, standingsOf } from './facts'
import { privilegeFact } from './privilege'
import type { RawUnit } from './raw-facts'
import { chunkOf, type CredentialRow, type IdentityRow, type SecretRow, type UnheldRow } from './rows'
import { rawScope, type Shared } from './scope-facts'
import { rawCredential, rawIdentity, rawSecret } from './subjects'
import { trustFact } from './trust-fact'
import { sooner } from './under-policy'

/** One that was read. */
export type Read = {
  id: string
  kind: SubjectKind
  unit: RawUnit
  /** What its counts rest on. */
  credentials: readonly CredentialRow[]
  /** Whether every place that can hold credentials of it was once seen whole, or it cannot hold any. */
  seenKeys: boolean
}
export type Reading = { shared: Shared; now: Instant }

export async function readIdentities({ shared, now }: Reading, rows: IdentityRow[]): Promise<Read[]> {
  const { scopeId, name: scope, looks, none, languages } = shared
  const chunk = await chunkOf(scopeId, rows)
  const hints = [...chunk.hints.values()].flat()
  const held = [...chunk.credentials.values()].flat().map(({ id }) => id)
  const [joined, ofCredentials, standings] = await Promise.all([
    identityFacts(
      shared.facts,
      rows.map(({ id }) => id),
      chunk.hints,
      now,
    ),
    credentialFacts(shared.facts, held, now),
    standingsOf(hints.filter(({ names }) => names !== 'team').map(({ value }) => value)),
  ])
  return rows.map((row) => {
    const { id } = row
    const verdict = chunk.verdicts.get(id)
    const { about, ownerless, seenKeys } = none(row.type)
    const confirmed = chunk.owners.get(id)
    const identity = rawIdentity(
      row,
      chunk.hints.get(id) ?? [],
      {
        privilege: privilegeFact(verdict, chunk.grants.get(id) ?? 0, about, languages),
        trustWeaknesses: trustFact(verdict, about),
      },
      { scope, looks, ownerless, confirmed },
    )
    const { until: ends, ...facts } = joined.get(id) ?? {}
    Object.assign(identity, facts, {
      ownerStanding: ownerStanding(identity.owner, chunk.hints.get(id) ?? [], standings, confirmed),
    })
    const credentials = chunk.credentials.get(id) ?? []
    let until = ends
    const own = credentials.map((one) => {
      const { until: end, ...beside } = ofCredentials.get(one.id) ?? {}
      if (end !== undefined) until = sooner(end, until)
      return rawCredential(one, row, looks, beside)
    })
    return {
      id,
      kind: 'identity',
      unit: {
        kind: 'identity',
        identity,
        credentials: own,
        ...(until !== undefined && { until }),
      },
      credentials,
      seenKeys: seenKeys || row.neverHasCredentials === true,
    }
  })
}

const alone = (id: string, unit: RawUnit): Read => ({
  id,
  kind: unit.kind,
  unit,
  credentials: [],
  seenKeys: false,
})

/** Credentials whose identity is not known, or gone: nobody's count holds them, but the rules still speak about them. */
export async function readUnheld({ shared, now }: Reading, rows: UnheldRow[]): Promise<Read[]> {
  const joined = await credentialFacts(
    shared.facts,
    rows.map(({ id }) => id),
    now,
  )
  return rows.map((row) => {
    const { holderId, holderName, holderClass, holderEnabled } = row
    const { until, ...beside } = joined.get(row.id) ?? {}
    const holder =
      holderId === null || holderEnabled === null
        ? undefined
        : { name: holderName ?? '', class: holderClass ?? 'unclear', enabled: holderEnabled }
    return alone(row.id, {
      kind: 'credential',
      credential: rawCredential(row, holder, shared.looks, beside),
      holderId,
      ...(until !== undefined && { until }),
    })
  })
}

export async function readSecrets({ shared }: Reading, rows: SecretRow[]): Promise<Read[]> {
  if (!rows.length) return []
  const joined = await secretFacts(
    shared.facts,
    rows.map(({ id }) => id),
  )
  return rows.map((row) =>
    alone(row.id, { kind: 'secret', secret: rawSecret(row, shared.looks, joined.get(row.id)) }),
  )
}

export const readScope = ({ shared }: Reading): Read =>
  alone(shared.scopeId, { kind: 'scope', scope: rawScope(shared) })
