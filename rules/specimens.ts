// Whole subjects to vary in tests of rules: ordinary in every way that a test does not name.
import { absent, known } from '@/core/fact'
import type { CredentialSubject, IdentitySubject } from '@/core/subject'

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
    { class: 'limited', because: ['reader (attached), statement 1 allows reading'] },
    'roles.list',
  ),
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
  ...different,
})
