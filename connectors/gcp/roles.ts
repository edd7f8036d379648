// Roles as entitlements: custom ones, and those made elsewhere that somebody here holds. Bindings name them; what a role
// allows is told once, however often it is granted.
import { known, mapFact, unknown, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { CallName } from './calls'
import type { Look } from './look'
import { Refusals } from './refusals'
import { OneRole, pageOf, Role } from './shapes'
import { hasProject, projectName, type Tree } from './tree'
import { byText } from './values'

export const LANGUAGE = 'gcp-iam'
const LIST: CallName = 'iam.roles.list'
const GET: CallName = 'iam.roles.get'
const RolePage = pageOf('roles', Role)

export type Roles = ReadonlyMap<string, Fact<Role>>

/** `projects/shop` of `projects/shop/roles/deployer`; undefined for roles that Google makes. */
const parentOf = (role: string): string | undefined =>
  /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(role)?.[1]
const isListed = (tree: Tree, parent: string): boolean =>
  parent === tree.root ||
  (parent.startsWith('projects/') && hasProject(tree, parent.slice('projects/'.length)))

/** @param named roles that bindings name */
export async function readRoles(look: Look, named: ReadonlySet<string>): Promise<Roles> {
  const { asker, tree } = look
  const roles = new Map<string, Fact<Role>>()
  const refused = new Map<string, Fact<never>>()
  const refusals = new Refusals()
  const parents = [
    ...(tree.root.startsWith('organizations/') ? [tree.root] : []),
    ...tree.projects.map(projectName),
  ]
  for (const name of parents) {
    const listed = await asker.list(LIST, { name }, RolePage)
    if (listed.state === 'unknown') {
      refused.set(name, listed)
      refusals.add(name, listed)
    }
    if (listed.state === 'known')
      for (const role of listed.value) roles.set(role.name, { state: 'known', value: role, source: LIST })
  }
  for (const refusal of refusals.all) look.lacking(['entitlement'], refusal)
  for (const name of [...named].sort(byText)) {
    if (roles.has(name)) continue
    const parent = parentOf(name)
    if (parent === undefined || !isListed(tree, parent))
      roles.set(name, await asker.ask(GET, { name }, OneRole))
    // A role that was deleted gives nothing, and its bindings stay.
    else roles.set(name, refused.get(parent) ?? known(deletedRole(name), LIST))
  }
  return roles
}

const deletedRole = (name: string): Role => ({
  name,
  title: '',
  stage: undefined,
  deleted: true,
  includedPermissions: [],
})

/** Bindings of the scope name a role by this. */
export const roleKey = (root: string, role: string): string => `${root}|${role}`

export function roleEntitlement(root: string, name: string, role: Fact<Role>): Of<'entitlement'> {
  const document = mapFact(role, ({ title, stage, deleted, includedPermissions }) => ({
    ...(title !== '' && { title }),
    ...(stage && { stage }),
    ...(deleted === true && { deleted }),
    includedPermissions: [...includedPermissions].sort(byText),
  }))
  return {
    kind: 'entitlement',
    nativeId: name,
    aliases: [],
    keys: [{ type: 'gcp.role', value: roleKey(root, name) }],
    type: 'gcp.role',
    name,
    language: LANGUAGE,
    managedBy: parentOf(name) === undefined ? 'provider' : 'customer',
    document,
  }
}

const ON_ACCOUNTS = 'iam.serviceAccounts.'
const BECOMES = [
  'actAs',
  'getAccessToken',
  'getOpenIdToken',
  'implicitDelegation',
  'signBlob',
  'signJwt',
].map((verb) => ON_ACCOUNTS + verb)
/** What does not change is not asked for: whom a service account trusts must not hang on one more answer. */
const WELL_KNOWN: Readonly<Record<string, readonly string[]>> = {
  'roles/iam.serviceAccountTokenCreator': BECOMES.filter((name) => !name.endsWith('.actAs')),
  'roles/iam.serviceAccountUser': [`${ON_ACCOUNTS}actAs`],
  'roles/iam.workloadIdentityUser': [`${ON_ACCOUNTS}getAccessToken`, `${ON_ACCOUNTS}getOpenIdToken`],
  'roles/iam.serviceAccountOpenIdTokenCreator': [`${ON_ACCOUNTS}getOpenIdToken`],
}
/** By which permissions of the role one can become a service account: none for most roles. */
export function waysToBecome(name: string, roles: Roles): Fact<readonly string[]> {
  const fixed = WELL_KNOWN[name]
  if (fixed) return known(fixed, GET)
  const role = roles.get(name) ?? unknown('not-collected', GET, 'the role was not asked for')
  return mapFact(role, ({ includedPermissions, deleted }) =>
    deleted ? [] : BECOMES.filter((permission) => includedPermissions.includes(permission)),
  )
}
