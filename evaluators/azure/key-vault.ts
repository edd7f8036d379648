// Data in key vaults: a vault decides either by roles or by its access policies, never by both ("Azure RBAC vs. access
// policies"; "Migrate to Azure RBAC": which permission of a policy stands for which data action).
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { judged, limited, type Asked, type At } from './arm'
import type { VaultPolicy } from './documents'
import { short } from './words'

const PREFIX = 'microsoft.keyvault/vaults/'
/** Data actions whose name is not `<sort>/<right>` or `<sort>/<right>/action`. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'secrets/getsecret/action': ['get'],
  'secrets/setsecret/action': ['set'],
  'secrets/readmetadata/action': ['list'],
  'keys/read': ['get', 'list'],
  'keys/wrap/action': ['wrapkey'],
  'keys/unwrap/action': ['unwrapkey'],
  'certificates/read': ['get', 'list'],
}

/** The sort of objects and the rights of an access policy, any of which gives the action; undefined: not in a key vault. */
function rightsFor(action: string): { sort: string; rights: readonly string[] } | undefined {
  if (!action.startsWith(PREFIX)) return undefined
  const rest = action.slice(PREFIX.length)
  const [, sort, right] = /^(secrets|keys|certificates)\/(\w+)(?:\/action)?$/.exec(rest) ?? []
  if (sort === undefined || right === undefined) return undefined
  return { sort, rights: RIGHTS[rest] ?? [right] }
}

export const vaultOf = (target: string | undefined): string | undefined =>
  target === undefined ? undefined : /^.*\/providers\/microsoft\.keyvault\/vaults\/[^/]+/.exec(target)?.[0]

function fromPolicy(
  { rights, vault, onlyThrough, words }: VaultPolicy,
  asked: string,
  sort: string,
  any: readonly string[],
): Answer {
  if (vault !== asked) return no()
  const held = rights.get(sort) ?? []
  if (!held.includes('all') && !any.some((one) => held.includes(one))) return no()
  const because = `${words} gives ${sort} ${any.join(' or ')}.`
  return onlyThrough === undefined
    ? yes(because)
    : depends(because, `Only together with a user, through the application ${short(onlyThrough)}.`)
}

/** What access policies give, where the vault goes by them. */
export function byPolicies({ request, target }: Asked, { holding }: At): Answer {
  const wanted = rightsFor(request.action)
  const vault = vaultOf(target)
  if (vault === undefined) return depends('Which key vault is meant is not given.')
  const answers = wanted
    ? holding.policies.map((one) => fromPolicy(one, vault, wanted.sort, wanted.rights))
    : [depends('Which right of an access policy stands for this is not known here.')]
  for (const { about, words } of holding.mysteries)
    if (about === 'vault' || about === 'any') answers.push(depends(`${words} It may allow this.`))
  const answer = any(answers)
  if (answer.value === 'no')
    return no('The key vault goes by access policies, whatever roles say, and none of them gives this.')
  const taken = limited(holding)
  return answer.value === 'yes' && taken.value === 'depends' ? all([answer, taken]) : answer
}

/** Whether an action is about data in a key vault. */
export const isVaultData = (action: string, plane: Asked['plane']): boolean =>
  plane === 'data' && action.startsWith(PREFIX)

/**
 * By policies where one of the vault was seen. Otherwise it goes by roles, or has policies of which none was seen: where that
 * makes a difference it depends.
 */
export function inVault(asked: Asked, at: At, mode: 'roles' | 'policies' | undefined): Answer {
  const vault = vaultOf(asked.target)
  const byRoles = vault === undefined ? undefined : at.tenant.roleVaults.get(vault)
  const byPolicy = vault !== undefined && at.tenant.policyVaults.has(vault)
  if (mode === 'policies' || byPolicy) return byPolicies(asked, at)
  const roles = judged(asked, at)
  if (mode === 'roles' || byRoles === true || roles.value !== 'yes') return roles
  return depends(...roles.because, MODE_UNKNOWN)
}
export const MODE_UNKNOWN = 'Whether the key vault decides by roles or by access policies is not given.'
