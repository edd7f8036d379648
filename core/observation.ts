// What a connector may report: ten kinds of observation, each an allow-list of metadata. No kind has a place for a secret's value.
import { z } from 'zod'
import { factOf, Instant } from './fact'
import { joining } from './join'

/** Longest texts accepted, in bytes of UTF-8 (what a database index holds): longer ones are refused as malformed, never cut. */
const NATIVE_ID_BYTES_MAX = 2048
const NAME_BYTES_MAX = 1024
const encoder = new TextEncoder()
/** Text that Postgres can hold (no NUL) in at most so many bytes. */
const text = (bytesMax: number) =>
  z
    .string()
    .min(1)
    .refine((s) => encoder.encode(s).length <= bytesMax, { error: `longer than ${bytesMax} bytes` })
    .refine((s) => !s.includes('\u0000'), { error: 'holds a NUL character' })
const NativeId = text(NATIVE_ID_BYTES_MAX)
const Name = text(NAME_BYTES_MAX)
/** What the source calls this sort of thing, as `<source>.<thing>`. */
const Type = z.string().regex(/^[a-z0-9]+(\.[a-z0-9-]+)+$/)
const Document = z.record(z.string(), z.unknown())
/** A span of time in whole seconds. */
const Seconds = z.number().int().positive()

/** Whether a person, a workload or the provider itself acts through an identity; `unclear` is an answer too. */
export const IdentityClass = z.enum(['machine', 'human', 'provider', 'unclear'])
export type IdentityClass = z.infer<typeof IdentityClass>

/** So many objects make up one identity at most. */
export const FACETS_MAX = 50

export const Facet = z.strictObject({
  nativeId: NativeId,
  type: Type,
  name: Name,
  createdAt: Instant.optional(),
  enabled: z.boolean().optional(),
})
export type Facet = z.infer<typeof Facet>

export const Identity = z.strictObject({
  kind: z.literal('identity'),
  ...joining,
  /** The id the source never reuses (unique id, UID, object id), not a name. */
  nativeId: NativeId,
  /** Other ids people use for it: an ARN, `namespace/name`. May be reused by a successor. */
  aliases: z.array(NativeId),
  type: Type,
  name: Name,
  class: IdentityClass,
  /** The visible rule that decided the class, as a sentence. */
  classReason: z.string().min(1),
  /** Set when the class is `unclear` only because something could not be seen: an earlier answer then stands. */
  classUnseen: z.literal(true).optional(),
  createdAt: factOf(Instant),
  enabled: factOf(z.boolean()),
  lastUsedAt: factOf(Instant),
  description: factOf(z.string()),
  /** Longest session that can be issued for it, in seconds. */
  maxSessionSeconds: factOf(Seconds),
  tags: factOf(z.record(z.string(), z.string())),
  /** Whether a token of its own is handed to whatever runs as it, without being asked for. */
  automountsToken: factOf(z.boolean()).optional(),
  /** The organisation outside this one that it belongs to. Absent: this one's own. */
  vendor: factOf(Name).optional(),
  /** The objects it is made of at its source, where there are several: an application, and what stands for it in a tenant. */
  facets: factOf(z.array(Facet).max(FACETS_MAX)).optional(),
  /** Set where this type of identity cannot hold a credential of its own: none is then a fact without any look. */
  neverHasCredentials: z.literal(true).optional(),
  /** Deep link into the source's own console. */
  consoleUrl: z.url().optional(),
})

export const CREDENTIAL_FORMS = [
  'static-key',
  'password',
  'ssh-key',
  'certificate',
  'token',
  'federated',
] as const
/** How a credential proves itself. `static-key`, `password` and `ssh-key` do not renew themselves. */
export const CredentialForm = z.enum(CREDENTIAL_FORMS)
export type CredentialForm = z.infer<typeof CredentialForm>

export const Credential = z.strictObject({
  kind: z.literal('credential'),
  ...joining,
  nativeId: NativeId,
  /** Native id of the identity it belongs to, in the same scope; absent where nothing owns it. */
  identity: factOf(NativeId),
  type: Type,
  form: CredentialForm,
  name: Name,
  createdAt: factOf(Instant),
  /** When its value last changed. Absent: never since creation. */
  rotatedAt: factOf(Instant),
  expiresAt: factOf(Instant),
  lastUsedAt: factOf(Instant),
  /** Where it was last used, in the source's words ("s3 in eu-west-1"). */
  lastUsedWhere: factOf(z.string()),
  enabled: factOf(z.boolean()),
  /** How long each value lives from when it was issued, where values follow one another. */
  lifetimeSeconds: factOf(Seconds).optional(),
  /** How long it can be made to live at most, from when it was issued, however often it is renewed. */
  maxTtlSeconds: factOf(Seconds).optional(),
  /** How many were counted of those it stands for, where they are too many to be told one by one: there may be more. */
  count: factOf(z.number().int().positive()).optional(),
})

/** So many images and nodes of one workload are told one by one; more are counted as `limited`. */
export const IMAGES_MAX = 200
export const NODES_MAX = 500

/** So many paths and capabilities of one workload are told; more are counted as `limited`. */
export const HOST_PATHS_MAX = 200
export const CAPABILITIES_MAX = 100

/** What of the machine it runs on is open to a workload: all that any of its parts has. */
export const HostAccess = z.strictObject({
  /** Whether a part of it has all rights of the machine's superuser. */
  privileged: z.boolean(),
  /** What it shares with the machine instead of having its own. */
  shares: z.array(z.enum(['pid', 'network', 'ipc'])),
  /** Rights of the superuser that it has beside those that every part has, as the source names them. */
  capabilities: z.array(Name).max(CAPABILITIES_MAX),
  /** Folders and files of the machine that it sees. */
  paths: z.array(z.strictObject({ path: Name, readOnly: z.boolean() })).max(HOST_PATHS_MAX),
  /** Whether a part that has any of these runs as the superuser; `maybe` where that is left to what it is made of. */
  superuser: z.enum(['yes', 'maybe', 'no']),
  /** Whether a part of it may come to more rights than it was started with. */
  gainsRights: z.boolean(),
})
export type HostAccess = z.infer<typeof HostAccess>

/** So many variables of one workload are told by name; the others are counted. */
export const PLAIN_MAX = 20

/**
 * Variables of its configuration whose names tell of a secret and whose values stand there, where who reads the configuration
 * reads them, instead of a reference to a store. Their names: what stands there is never asked.
 */
export const PlainSecrets = z
  .strictObject({
    count: z.number().int().positive(),
    names: z.array(Name).max(PLAIN_MAX),
    /** Set where there may be others: why that is not known. */
    more: Name.optional(),
  })
  .refine(({ count, names }) => count >= names.length, { error: 'names more than it counts' })
export type PlainSecrets = z.infer<typeof PlainSecrets>

export const Workload = z.strictObject({
  kind: z.literal('workload'),
  ...joining,
  nativeId: NativeId,
  aliases: z.array(NativeId),
  type: Type,
  name: Name,
  /** Native ids of the identities it runs as. */
  uses: z.array(NativeId).max(1000),
  createdAt: factOf(Instant),
  /** The part of its scope it runs in, where the source divides scopes further. */
  namespace: Name.optional(),
  /** How many copies of it run. */
  replicas: factOf(z.number().int().nonnegative()).optional(),
  /** What it is made of, as the source names it. */
  images: factOf(z.array(Name).max(IMAGES_MAX)).optional(),
  /** The machines it runs on. */
  nodes: factOf(z.array(Name).max(NODES_MAX)).optional(),
  host: factOf(HostAccess).optional(),
  /** Absent: all of its configuration was seen, and no such variable is there. */
  plainSecrets: factOf(PlainSecrets).optional(),
})

/** A named set of permissions that can be granted: a policy document, a role definition, a cluster role. */
export const Entitlement = z.strictObject({
  kind: z.literal('entitlement'),
  ...joining,
  nativeId: NativeId,
  aliases: z.array(NativeId),
  type: Type,
  name: Name,
  /** The language of the document: names the evaluator that reads it. */
  language: z.string().min(1),
  managedBy: z.enum(['customer', 'provider']),
  document: factOf(Document),
  /**
   * Set where it gives nobody anything in its scope and nobody can hold it: a rule about what others may do with rights they
   * have from elsewhere, or what lets somebody into another scope, which its links name. Whoever asks what identities may do
   * here has no need to understand its language.
   */
  gives: z.literal('nothing').optional(),
})

/** So many actions of one grant are told as seen in use; where there are more, that is `limited`. */
export const EXERCISED_MAX = 2000

/**
 * What was seen in use of what a grant gives, in a window of time. What is not among it was not seen there, and no more is
 * said: what somebody supposes to be needed has no place here.
 *
 * Where a source tells of some and keeps silent of others, it names in `unseen` what it looked for and did not see. Then only
 * these were not seen, and of what neither list names nothing is told.
 */
export const Exercised = z
  .strictObject({
    from: Instant,
    to: Instant,
    /** In the words of the language of what is granted. A pattern: something of it, and which is not told. */
    actions: z.array(Name).max(EXERCISED_MAX),
    /** Patterns too, of which nothing was seen but what `actions` names; as many as fit. */
    unseen: z.array(Name).max(EXERCISED_MAX).optional(),
    /** How many it gave in all, where the source counts them: of those it tells about. */
    total: z.number().int().nonnegative().optional(),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), { error: 'ends before it begins' })
export type Exercised = z.infer<typeof Exercised>

export const Grant = z.strictObject({
  kind: z.literal('grant'),
  ...joining,
  nativeId: NativeId,
  /** Native id of the identity that holds it, in the same scope. */
  identity: NativeId,
  /** Native id of the entitlement, in the same scope. */
  entitlement: NativeId,
  entitlementName: Name,
  /** `limit` caps what the allowing grants can give (a permissions boundary). */
  effect: z.enum(['allow', 'limit']),
  via: z.enum(['attached', 'inline', 'group']),
  viaName: Name.optional(),
  /** The part of its scope in which it holds, where that is narrower than the scope. */
  place: Name.optional(),
  /** Which of its actions were seen in use. A source that tells it of some says of the others why it is unknown. */
  exercised: factOf(Exercised).optional(),
})

export const Trust = z.strictObject({
  kind: z.literal('trust'),
  ...joining,
  nativeId: NativeId,
  /** Native id of the identity that can be become. */
  identity: NativeId,
  principalType: z.enum(['anyone', 'account', 'identity', 'service', 'federated', 'unresolvable']),
  principal: NativeId,
  effect: z.enum(['allow', 'deny']),
  /** The actions the statement speaks of. */
  actions: z.array(z.string()),
  conditions: Document.optional(),
})

export const Usage = z.strictObject({
  kind: z.literal('usage'),
  ...joining,
  nativeId: NativeId,
  identity: NativeId,
  credential: NativeId.optional(),
  at: Instant,
  what: Name,
})

export const OwnerHint = z
  .strictObject({
    kind: z.literal('owner-hint'),
    ...joining,
    nativeId: NativeId,
    /** Native id of the identity that somebody answers for, in the same scope … */
    identity: NativeId.optional(),
    /** … or of the stored secret. */
    secret: NativeId.optional(),
    /** What the value names, as far as its key or form tells. */
    names: z.enum(['person', 'team', 'unclear']),
    value: Name,
    /** How it is known: the tag, label or field that says so. */
    via: Name,
  })
  .refine(({ identity, secret }) => (identity === undefined) !== (secret === undefined), {
    error: 'has to name an identity or a secret, and not both',
  })

/** Metadata of a stored secret; its value has no place here. */
export const SecretMetadata = z.strictObject({
  kind: z.literal('secret'),
  ...joining,
  nativeId: NativeId,
  type: Type,
  name: Name,
  createdAt: factOf(Instant),
  rotatedAt: factOf(Instant),
  lastReadAt: factOf(Instant),
  expiresAt: factOf(Instant),
  rotates: factOf(z.boolean()),
  /** How often it is copied again from where it is kept. Absent: once. */
  copiedEverySeconds: factOf(Seconds).optional(),
})

export const Issuer = z.strictObject({
  kind: z.literal('issuer'),
  ...joining,
  nativeId: NativeId,
  aliases: z.array(NativeId),
  type: Type,
  name: Name,
  /** Audiences it may issue for, where the trust in it is limited to some. */
  audiences: factOf(z.array(z.string())),
  createdAt: factOf(Instant),
  expiresAt: factOf(Instant),
  /** How long what it issues lives unless somebody asks for something else … */
  defaultTtlSeconds: factOf(Seconds).optional(),
  /** … and at most. */
  maxTtlSeconds: factOf(Seconds).optional(),
})

export const Observation = z.discriminatedUnion('kind', [
  Identity,
  Credential,
  Workload,
  Entitlement,
  Grant,
  Trust,
  Usage,
  OwnerHint,
  SecretMetadata,
  Issuer,
])
export type Observation = z.infer<typeof Observation>
export type Kind = Observation['kind']
export type Of<K extends Kind> = Extract<Observation, { kind: K }>
export const KINDS = Observation.options.map((o) => o.shape.kind.value) as [Kind, ...Kind[]]

/**
 * What a source reports when it says itself that something has ended and when: a deletion in an audit log or a watch.
 * The one way to retire a row without a complete look.
 */
export const Ended = z.strictObject({
  kind: z.literal('ended'),
  of: z.enum(KINDS),
  nativeId: NativeId,
  at: Instant,
})
export type Ended = z.infer<typeof Ended>
/** All that a stream may yield. */
export type Observed = Observation | Ended
export const isEnded = (one: Observed): one is Ended => one.kind === 'ended'
