// Whole subjects to vary in tests of rules: ordinary in every way that a test does not name.
import { absent, known } from '@/core/fact'
import type { CredentialSubject, IdentitySubject, ScopeSubject, SecretSubject } from '@/core/subject'

export const identity = (different: Partial<IdentitySubject> = {}): IdentitySubject => ({
  kind: 'identity',
  id: 'identity-1',
  name: 'invoice-export',
  type: 'sample.robot',
  class: 'machine',
  createdAt: known('2026-01-10T08:00:00Z', 'robots.list'),
  enabled: known(true, 'robots.list'),
  lastUsedAt: known('2026-09-29T08:00:00Z', 'robots.list'),
  owner: known({ name: 'Payments', names: 'team', how: 'tag owner' }, 'robots.list'),
  privilege: known(
    { class: 'read', because: ['reader (attached), statement 1 allows reading'] },
    'roles.list',
  ),
  trustWeaknesses: absent('trust.list'),
  maxSessionSeconds: known(3600, 'robots.list'),
  ownerStanding: absent('robots.list', 'the owner is a team'),
  deletedPrincipals: absent('trust.list'),
  actsBy: known({ count: 1, names: ['key 1'] }, 'keys.list'),
  grants: known(1, 'roles.list'),
  exercise: known(
    { granted: 4, used: 4, from: '2026-06-30T00:00:00Z', to: '2026-09-28T00:00:00Z' },
    'roles.use',
  ),
  consumers: known(
    { count: 1, names: ['invoices'], environments: ['production'], unlabelled: 0 },
    'machines.list',
  ),
  consumersGoneAt: absent('machines.list'),
  plainSecrets: absent('machines.list'),
  vendor: absent('robots.list'),
  supplier: absent('policy'),
  environment: known('production', 'policy'),
  reaches: absent('roles.list'),
  endsAt: absent('robots.list'),
  succeededAt: absent('robots.list'),
  people: absent('trust.list'),
  signIns: absent('keys.list'),
  isDefault: known(false, 'robots.list'),
  ...different,
})

export const credential = (different: Partial<CredentialSubject> = {}): CredentialSubject => ({
  kind: 'credential',
  id: 'credential-1',
  name: 'key 1',
  type: 'sample.key',
  form: 'static-key',
  identityName: 'invoice-export',
  identityClass: 'machine',
  createdAt: known('2026-09-01T08:00:00Z', 'keys.list'),
  rotatedAt: absent('keys.list', 'never since creation'),
  expiresAt: absent('keys.list'),
  lastUsedAt: known('2026-09-29T08:00:00Z', 'keys.use'),
  enabled: known(true, 'keys.list'),
  identityEnabled: known(true, 'robots.list'),
  lifetimeSeconds: absent('keys.list'),
  siblings: absent('keys.list'),
  supersededBy: absent('keys.list'),
  alternative: absent('keys.list'),
  environment: known('production', 'policy'),
  ...different,
})

export const secret = (different: Partial<SecretSubject> = {}): SecretSubject => ({
  kind: 'secret',
  id: 'secret-1',
  name: 'invoices/database',
  type: 'sample.secret',
  createdAt: known('2026-01-10T08:00:00Z', 'secrets.list'),
  rotatedAt: known('2026-09-01T08:00:00Z', 'secrets.list'),
  expiresAt: absent('secrets.list'),
  lastReadAt: known('2026-09-29T08:00:00Z', 'secrets.use'),
  rotates: known(true, 'secrets.list'),
  copiedEverySeconds: absent('secrets.list'),
  keptIn: absent('secrets.list'),
  copies: absent('secrets.list'),
  sourceRotatedAt: absent('secrets.list'),
  ...different,
})

export const scope = (different: Partial<ScopeSubject> = {}): ScopeSubject => ({
  kind: 'scope',
  id: 'scope-1',
  name: 'factory',
  type: 'sample.account',
  gaps: absent('looks'),
  seenWholeAt: known('2026-09-30T00:00:00Z', 'looks'),
  ...different,
})
