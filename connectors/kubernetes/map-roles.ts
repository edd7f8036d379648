// Roles as entitlements. A role goes by its name, because that is all a binding says: one made anew under the same name
// takes its place. An aggregated role whose rules nobody has filled in yet is computed.
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { LIST } from './permissions'
import { fitsSelector } from './selector'
import type { Role, Rule } from './shapes'

export const LANGUAGE = 'kubernetes-rbac'
export const clusterRoleId = (name: string): string => `clusterrole/${name}`
export const roleId = (namespace: string, name: string): string => `role/${namespace}/${name}`

/** A role without the lists it leaves empty, as people write it. */
const plainRule = (rule: Rule): Partial<Rule> =>
  Object.fromEntries(Object.entries(rule).filter(([, texts]) => texts.length))

type Aggregated = { rules: Rule[]; from: string[] }
/** What the selectors of a role bring together: roles may themselves be aggregated, and in a circle. */
function aggregated(role: Role, roles: readonly Role[], above: readonly string[] = []): Aggregated {
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? []
  const found = roles
    .filter(
      ({ metadata }) =>
        metadata.name !== role.metadata.name &&
        !above.includes(metadata.name) &&
        selectors.some((one) => fitsSelector(one, metadata.labels)),
    )
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  const path = [...above, role.metadata.name]
  const rules = found.flatMap((one) => rulesOf(one, roles, path).rules)
  const unique = new Map(rules.map((rule) => [JSON.stringify(rule), rule]))
  return { rules: [...unique.values()], from: found.map(({ metadata }) => metadata.name) }
}
const rulesOf = (role: Role, roles: readonly Role[], above: readonly string[] = []): Aggregated =>
  role.rules.length || !role.aggregationRule
    ? { rules: role.rules, from: [] }
    : aggregated(role, roles, above)

const isProviders = ({ name, labels }: Role['metadata']): boolean =>
  labels['kubernetes.io/bootstrapping'] === 'rbac-defaults' || name.startsWith('system:')

/** @param roles all roles of the cluster, by which an aggregated one is computed */
export function entitlement(role: Role, roles: readonly Role[] = []): Of<'entitlement'> {
  const { uid, name, namespace } = role.metadata
  const { rules, from } = rulesOf(role, roles)
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? []
  return {
    kind: 'entitlement',
    nativeId: namespace ? roleId(namespace, name) : clusterRoleId(name),
    aliases: [uid],
    type: namespace ? 'kubernetes.role' : 'kubernetes.cluster-role',
    name: namespace ? `${namespace}/${name}` : name,
    language: LANGUAGE,
    managedBy: isProviders(role.metadata) ? 'provider' : 'customer',
    document: known(
      {
        rules: rules.map(plainRule),
        ...(role.aggregationRule && { aggregationRule: { clusterRoleSelectors: selectors } }),
        ...(from.length && { computedFrom: from }),
      },
      namespace ? LIST.roles : LIST.clusterRoles,
    ),
  }
}
