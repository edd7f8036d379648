// How the words of the model read on a page.
import type { Why } from '@/core/fact'
import type { AnyFactName } from '@/core/subject'

export const WHY_WORDS: Record<Why, string> = {
  denied: 'access was denied',
  throttled: 'the source asked us to slow down',
  'timed-out': 'the source did not answer in time',
  unreachable: 'the source could not be reached',
  malformed: 'the answer was not understood',
  limited: 'a limit of ours was reached',
  cancelled: 'the run was cancelled',
  'not-offered': 'the source cannot tell',
  'left-out': 'the settings leave it out',
  'not-collected': 'not asked yet',
}
export const whyWords = (why: string) => WHY_WORDS[why as Why] ?? why

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

export const CLASS_WORDS: Record<string, string> = {
  machine: 'Machine',
  human: 'Human',
  provider: 'Provider',
  unclear: 'Unclear',
}
export const PRIVILEGE_WORDS: Record<string, string> = {
  administrator: 'Administrator',
  escalates: 'Can escalate',
  conditional: 'Conditional',
  sensitive: 'Reaches secrets or data',
  write: 'Can change',
  read: 'Can read',
  // As it was said before rights were judged in more classes.
  limited: 'Limited',
  none: 'No permissions',
  unknown: 'Unknown',
}
export const FORM_WORDS: Record<string, string> = {
  'static-key': 'Static key',
  password: 'Password',
  'ssh-key': 'SSH key',
  certificate: 'Certificate',
  token: 'Token',
  federated: 'Federated',
}
/** Credentials and what is kept of others: one list, two kinds. */
export const CREDENTIAL_KIND_WORDS: Record<string, string> = {
  credential: 'Credential',
  secret: 'Stored secret',
}
const KIND_PLURALS: Record<string, string> = {
  identity: 'identities',
  credential: 'credentials',
  workload: 'workloads',
  entitlement: 'entitlements',
  grant: 'grants',
  trust: 'trust relations',
  usage: 'uses',
  'owner-hint': 'owner hints',
  secret: 'stored secrets',
  issuer: 'issuers',
}
export const kindWords = (kind: string) => KIND_PLURALS[kind] ?? kind
/** The same at the start of a line. */
export const kindTitle = (kind: string) => capital(kindWords(kind))

/** Facts that rules are asked about. */
const RULE_FACTS: Record<AnyFactName, string> = {
  createdAt: 'Created',
  enabled: 'Enabled',
  lastUsedAt: 'Last used',
  maxSessionSeconds: 'Longest session',
  owner: 'Owner',
  ownerStanding: 'Its owner is',
  privilege: 'Privilege',
  trustWeaknesses: 'Weak trust',
  deletedPrincipals: 'Trusts what is gone',
  issuers: 'Issuers it trusts',
  actsBy: 'Acted as by',
  grants: 'Grants',
  exercise: 'Rights used',
  consumers: 'Runs as it',
  consumersGoneAt: 'Last ran as it',
  plainSecrets: 'Secrets in plain',
  vendor: 'Belongs to',
  supplier: 'Supplier',
  environment: 'Environment',
  reaches: 'Reaches',
  endsAt: 'Declared end',
  succeededAt: 'Took a place',
  people: 'People who can become it',
  signIns: 'People sign in by',
  isDefault: 'Given to whatever names none',
  identityEnabled: 'Its identity is enabled',
  rotatedAt: 'Last rotated',
  expiresAt: 'Expires',
  lifetimeSeconds: 'Each value lives',
  siblings: 'Others beside it',
  supersededBy: 'Superseded by',
  alternative: 'Instead of it',
  lastReadAt: 'Last read',
  rotates: 'Rotates by itself',
  copiedEverySeconds: 'Copied again every',
  keptIn: 'Kept in',
  copies: 'Copied to',
  sourceRotatedAt: 'Original last rotated',
  gaps: 'Not seen',
  seenWholeAt: 'Last seen whole',
}
export const FACT_WORDS: Record<string, string> = {
  ...RULE_FACTS,
  lastUsedWhere: 'Last used where',
  description: 'Description',
  tags: 'Tags',
  identity: 'Belongs to',
  maxTtlSeconds: 'Lives at most',
  count: 'Stands for at least',
  automountsToken: 'Hands its token to what runs as it',
  facets: 'Made of',
  exercised: 'Seen in use',
}
export const factWords = (name: string) => FACT_WORDS[name] ?? name

/** @example count(1, 'identity', 'identities') is `1 identity` */
export const count = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`
/** @example `demo.iam-role` is `IAM role` where the connector does not name it */
export const typeWords = (type: string) => {
  const word = type.slice(type.indexOf('.') + 1).replaceAll(/[-.]/g, ' ')
  return capital(word)
}
