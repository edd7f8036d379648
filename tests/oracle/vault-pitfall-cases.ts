// Roles and what is weak about whom they let in, and for how long.
import type { Pitfall, Principal } from '@/core/access'
import { ISSUER, jwt, k8s, one, SUB } from './vault-doors'
import { path, policy, role } from './vault-world'

export type PitfallCase = {
  why: string
  of: Principal
  finds: readonly `${string} ${Pitfall['severity']} ${'yes' | 'depends'}`[]
}
const safe = { audience: 'vault', alias_name_source: 'serviceaccount_uid' }
const appRole = (tags: Record<string, string>) => role('approle', 'r', [], { tags })
const bounded = (claims: Record<string, string[]>, type = 'glob') =>
  jwt({ bound_claims: claims, bound_claims_type: type })
export const PITFALL_CASES: readonly PitfallCase[] = [
  { why: 'one account and an audience', of: k8s('shop/web', safe), finds: [] },
  { why: 'the whole cluster', of: k8s('*/*', safe), finds: ['F24-V13 critical yes'] },
  { why: 'a name in every namespace', of: k8s('*/web', safe), finds: ['F24-V13 high yes'] },
  { why: 'a namespace', of: k8s('shop/*', safe), finds: ['F24-V13 medium yes'] },
  { why: 'names that begin the same', of: k8s('shop/app*', safe), finds: ['F24-V13 medium yes'] },
  {
    why: 'selected namespaces',
    of: k8s('*/web', { ...safe, bound_service_account_namespace_selector: 'a=b' }),
    finds: ['F24-V13 medium depends'],
  },
  {
    why: 'no audience',
    of: k8s('shop/web', { alias_name_source: 'serviceaccount_uid' }),
    finds: ['F24-V14 low yes'],
  },
  {
    why: 'entities by name',
    of: k8s('shop/web', { audience: 'vault', alias_name_source: 'serviceaccount_name' }),
    finds: ['V18 medium yes'],
  },
  { why: 'an audience alone', of: jwt({}), finds: ['F24-V15 critical yes'] },
  {
    why: 'claims that anybody can have',
    of: bounded({ ref: ['refs/heads/main'] }, 'string'),
    finds: ['F24-V15 critical yes'],
  },
  { why: 'lookalikes', of: bounded({ sub: ['repo:acme*'] }), finds: ['F24-V16 high yes'] },
  { why: 'an organisation', of: bounded({ sub: ['repo:acme/*'] }), finds: ['F24-V16 medium yes'] },
  {
    why: 'lookalikes, but of one repository by its number',
    of: bounded({ sub: ['repo:acme*'], repository_id: ['12'] }),
    finds: ['F24-V16 low yes'],
  },
  { why: 'one branch', of: jwt({ bound_subject: SUB }), finds: [] },
  { why: 'a star that is none', of: bounded({ sub: ['repo:acme/app:*'] }, 'string'), finds: ['F05 low yes'] },
  {
    why: 'an issuer that is not known',
    of: one('jwt', ISSUER, { bound_claims: { group: ['team-*'] }, bound_claims_type: 'glob' }),
    finds: ['F24-V16 medium depends'],
  },
  {
    why: 'entities by a claim that the caller chooses',
    of: jwt({ bound_subject: SUB, user_claim: 'actor' }),
    finds: ['V18 medium yes'],
  },
  {
    why: 'a secret id for ever',
    of: appRole({ bind_secret_id: 'true', secret_id_ttl: 'no end', secret_id_num_uses: 'any number' }),
    finds: ['V12 medium yes'],
  },
  {
    why: 'a secret id for a day',
    of: appRole({ bind_secret_id: 'true', secret_id_ttl: '1 d', secret_id_num_uses: 'any number' }),
    finds: [],
  },
  { why: 'no secret id', of: appRole({ bind_secret_id: 'false' }), finds: ['V12 high yes'] },
  {
    why: 'no secret id, from some addresses',
    of: appRole({ bind_secret_id: 'false', token_bound_cidrs: '10.0.0.0/8' }),
    finds: ['V12 medium yes'],
  },
  {
    why: 'tokens for ever',
    of: role('token', 'r', [], { tags: { token_period: '1 d', orphan: 'true' } }),
    finds: ['V17 medium yes'],
  },
  {
    why: 'tokens with an end',
    of: role('token', 'r', [], { tags: { token_period: '1 d', token_explicit_max_ttl: '7 d' } }),
    finds: [],
  },
  {
    why: 'a long life and batch tokens',
    of: appRole({ token_ttl: '90 d', token_type: 'batch' }),
    finds: ['V17 low yes', 'V17 low yes'],
  },
  {
    why: 'paths that go by names',
    of: role('kubernetes', 'r', [policy('p', path('kv/data/{{identity.entity.name}}/*', 'read'))]),
    finds: ['V19 low yes'],
  },
  {
    why: 'paths that go by ids',
    of: role('kubernetes', 'r', [policy('p', path('kv/data/{{identity.entity.id}}/*', 'read'))]),
    finds: [],
  },
]
