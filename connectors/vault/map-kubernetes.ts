// Which service accounts may take a role of a Kubernetes auth method: every name in every namespace that is listed.
import { LINKS_MAX } from '@/core/join'
import type { Of } from '@/core/observation'
import { accountName, remedyFor, type Cluster } from './clusters'
import { matchOf, permitted, trustOf } from './observed'
import type { KubernetesRole } from './shapes'

const REASON_MAX = 1000

function conditionsOf(role: KubernetesRole): Record<string, unknown> {
  return {
    audience: role.audience,
    alias_name_source: role.alias_name_source,
    token_bound_cidrs: role.token_bound_cidrs,
  }
}

type Row = { namespace: string; name: string; reason: string; sure: boolean; selector?: string }

function rowsOf(role: KubernetesRole): Row[] {
  const names = [...new Set(role.bound_service_account_names ?? [])].sort()
  const namespaces = [...new Set(role.bound_service_account_namespaces ?? [])].sort()
  const selector = role.bound_service_account_namespace_selector || undefined
  if (names.length * namespaces.length > LINKS_MAX)
    return [
      {
        namespace: '*',
        name: '*',
        sure: false,
        reason: `The role lets in more service accounts (${names.length} names in ${namespaces.length} namespaces) than are told one by one.`,
      },
    ]
  const listed = namespaces.flatMap((namespace) =>
    names.map((name) => ({ namespace, name, sure: true, reason: reasonOf(namespace, name) })),
  )
  if (selector === undefined) return listed
  const selected = names.map((name) => ({
    namespace: '*',
    name,
    sure: false,
    selector,
    reason: `The role lets in ${accounts(name)} of namespaces whose labels fit its selector ${selector}; which those are is not told here.`,
  }))
  return [...listed, ...selected]
}

const accounts = (name: string): string =>
  name === '*' ? 'every service account' : `service accounts named ${name}`
function reasonOf(namespace: string, name: string): string {
  if (!name.includes('*') && !namespace.includes('*')) return 'The role lets in this service account.'
  const where = namespace === '*' ? 'in every namespace' : `in the namespace ${namespace}`
  return `The role lets in ${accounts(name)} ${where}.`
}

/** One row for each name in each namespace, so that it shows which of them came or went. */
export const kubernetesTrust = (identity: string, role: KubernetesRole, cluster: Cluster): Of<'trust'>[] =>
  rowsOf(role).map(({ namespace, name, reason, sure, selector }) => {
    const { authority, ...named } = accountName(cluster, namespace, name)
    return trustOf({
      identity,
      tail: `${selector === undefined ? '' : 'selector/'}${namespace}/${name}`,
      principalType: 'federated',
      principal: `${namespace}/${name}`,
      conditions: { ...conditionsOf(role), bound_service_account_namespace_selector: selector },
      links: [
        permitted({
          ...named,
          match: matchOf(`${namespace}${name}`),
          ...(sure && authority !== undefined && { authority }),
          reason: `${reason}${remedyFor(cluster)}`.slice(0, REASON_MAX),
        }),
      ],
    })
  })
