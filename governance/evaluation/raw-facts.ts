// What is read about a subject before the policy has a say: the same for every policy, so that it can be kept.
import type { Fact, Instant } from '@/core/fact'
import type { CredentialSubject, IdentitySubject, Named, ScopeSubject, SecretSubject } from '@/core/subject'

/** What tells in which environment something is: its tags, and the names of the scope and the namespace it is in. */
export type Place = { names: string[]; tags?: Record<string, string> }

/** What runs as an identity. `places`: where, and how many of them there. `more`: why there may be others. */
export type RawConsumers = Named & { places: (Place & { count: number })[]; more?: string }

/** Where an identity holds rights. `open`: why there may be other places. */
export type RawReaches = { places: Place[]; open?: string }

/** Made from the policy: see under-policy. */
type OfPolicy = 'breakGlass' | 'environment' | 'supplier' | 'endsAt' | 'consumers' | 'reaches'

/** An identity as it was read. */
export type RawIdentity = Omit<IdentitySubject, OfPolicy> & {
  /** What the source calls it, for patterns of the policy: its native id first. */
  calls: string[]
  tags: Fact<Record<string, string>>
  /** Names of the scope it is in and, where its source divides scopes further, of the part. */
  places: string[]
  consumers: Fact<RawConsumers>
  /** Places in which it holds rights, beyond its own. Absent: in none. */
  reaches: Fact<RawReaches>
}

/** A credential as it was read. Its environment is that of its identity. */
export type RawCredential = Omit<CredentialSubject, 'breakGlass' | 'environment'>
export type RawSecret = Omit<SecretSubject, 'breakGlass'>
export type RawScope = Omit<ScopeSubject, 'breakGlass'>

/** What belongs together and is read, judged and kept as one: an identity with its credentials, or a thing by itself. */
export type RawUnit =
  | {
      kind: 'identity'
      identity: RawIdentity
      credentials: RawCredential[]
      /** When what was read may be something else by time alone. */
      until?: Instant
    }
  | { kind: 'credential'; credential: RawCredential; holderId: string | null; until?: Instant }
  | { kind: 'secret'; secret: RawSecret }
  | { kind: 'scope'; scope: RawScope }
