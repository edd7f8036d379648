// What a definition of a way to more rights says, and the words that the tables share.
import type { Escalation } from '@/core/access'

export type Need = {
  /**
   * `{name}`, `{mount}` and `{user}` are one name each, the same in all needs of a way; `{held}` is a policy that it holds, and
   * `{own}` the path of the role that it is.
   */
  path: string
  /** Any one of these. */
  capability: readonly string[]
  /** Needed as well at the same path: it is protected, or acts otherwise without. */
  sudo?: true
}
/** What it leads to, as the engine works it out. */
export type Lead =
  /** Every right in the namespace. */
  | 'administrator'
  /** The same, for whoever has an entity of its own. */
  | 'own-entity'
  /** The role, user or entity, the issuer or the secret that the path is about. */
  | 'target'
  | 'more'
  | 'nothing'
export type Definition = Omit<Escalation, 'needs'> & {
  /** Any one of these: all needs of it. */
  ways: readonly (readonly Need[])[]
  leads: Lead
  /** What decides that is not known here; undefined where nothing is left to decide. */
  open?: string
  /** Whether being administrator was always told by it. */
  administers?: true
}

export const UPDATE = ['update'] as const
/** Of things that are there `update` is asked, of new ones `create`, where the server looks for them first. */
export const WRITE = ['create', 'update'] as const
export const READ = ['read'] as const

export const POLICIES = 'OpenBao documentation: concepts/policies'
export const TOKEN = 'OpenBao documentation: api-docs/auth/token; tried with OpenBao 2.7.2'
export const PROTECTED = 'OpenBao documentation: concepts/policies, root-protected API endpoints'
export const IDENTITY = 'OpenBao documentation: api-docs/secret/identity; tried with OpenBao 2.7.2'
export const LOGIN = 'OpenBao documentation: api-docs/auth; tried with OpenBao 2.7.2'
export const ENGINES = 'OpenBao and Vault documentation: api-docs/secret'

export const one = (path: string, capability: readonly string[], sudo?: true): readonly Need[] => [
  { path, capability, ...(sudo && { sudo }) },
]
export const needsOf = ({ ways }: Definition): string[] => {
  const inWords = (need: Need): string =>
    `${need.capability.join(' or ')}${need.sudo ? ' and sudo' : ''} on ${need.path}`
  if (ways.length === 1) return (ways[0] ?? []).map(inWords)
  return ways.length ? [ways.map((way) => way.map(inWords).join(' and ')).join('; or ')] : []
}
