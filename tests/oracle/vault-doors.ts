// Roles with one trust each, as their methods have it.
import type { Principal } from '@/core/access'
import { role, roleId, trust } from './vault-world'

export const ISSUER = 'oidc.example/id/1'
type Conditions = Record<string, unknown>
export const one = (
  method: string,
  principal: string,
  conditions: Conditions = {},
  rest: Partial<Principal> = {},
  type?: 'identity' | 'account',
): Principal =>
  role(method, 'r', [], {
    trusts: [trust(roleId(method, 'r'), { principal, conditions, ...(type && { principalType: type }) })],
    ...rest,
  })
export const k8s = (principal: string, conditions: Conditions = {}) =>
  one('kubernetes', principal, conditions)
export const jwt = (conditions: Conditions, tags: Record<string, string> = { role_type: 'jwt' }) =>
  one(
    'jwt',
    'token.actions.githubusercontent.com',
    { bound_audiences: ['vault'], user_claim: 'sub', ...conditions },
    { tags },
  )
export const SUB = 'repo:acme/app:ref:refs/heads/main'
