// How many workloads or nodes the selectors of an entry fit: all of them have to hold, so that the narrowest decides.
import type { Pitfall } from '@/core/access'

export type Width = { severity: Pitfall['severity']; answer: Pitfall['answer']; words: string }
const wide = (severity: Pitfall['severity'], words: string): Width => ({ severity, answer: 'yes', words })

/** Selectors by the plugin that found them and what they are about: `k8s:ns`, `unix:uid`. */
export const kindOf = (selector: string): string => selector.split(':').slice(0, 2).join(':')
const valueOf = (selector: string): string => selector.split(':').slice(2).join(':')

/** Tell one thing from all others, whoever starts it: nobody else comes to fit them by choice. */
const ONE = new Set([
  'k8s:pod-uid',
  'k8s:pod-owner-uid',
  'k8s:image-signature-subject',
  'docker:image_id',
  'docker:image-signature-subject',
  'unix:sha256',
  'windows:sha256',
  'systemd:id',
])
/** Which the one who runs something chooses: labels, environment, names of containers and images. */
const CHOSEN = new Set([
  'k8s:pod-label',
  'k8s:container-name',
  'k8s:pod-name',
  'k8s:container-image',
  'k8s:pod-image',
  'k8s:pod-init-image',
  'k8s:pod-image-count',
  'k8s:pod-init-image-count',
  'k8s:pod-owner',
  'docker:label',
  'docker:env',
])
const ROOT = new Set(['unix:uid:0', 'unix:user:root'])
const BY_USER = new Set([
  'unix:uid',
  'unix:user',
  'unix:gid',
  'unix:group',
  'unix:supplementary_gid',
  'unix:supplementary_group',
])
const PLUGINS = /^(k8s|docker|unix|windows|systemd):/

const named = (selectors: readonly string[]): string => selectors.slice(0, 4).join(', ').slice(0, 300)

/** @returns undefined where they fit what one workload is, as far as selectors can say */
export function widthOfWorkload(selectors: readonly string[]): Width | undefined {
  const kinds = new Set(selectors.map(kindOf))
  const foreign = selectors.filter((one) => !PLUGINS.test(one))
  if (foreign.length)
    return {
      severity: 'low',
      answer: 'depends',
      words: `What ${named(foreign)} tells is not known: how many workloads fit is not either.`,
    }
  if ([...kinds].some((kind) => ONE.has(kind))) return undefined
  if (kinds.has('k8s:ns') || kinds.has('k8s:sa')) return widthOfPods(selectors, kinds)
  if ([...kinds].some((kind) => kind.startsWith('k8s:')))
    return wide(
      'high',
      `It is for pods of any namespace with ${named(selectors)}: whoever may make a pod anywhere gets it.`,
    )
  return widthOfProcesses(selectors, kinds)
}

function widthOfPods(selectors: readonly string[], kinds: ReadonlySet<string>): Width | undefined {
  const valueIn = (kind: string) => valueOf(selectors.find((one) => kindOf(one) === kind) ?? '')
  if (!kinds.has('k8s:ns'))
    return wide(
      'high',
      `It is for the service account ${valueIn('k8s:sa')} in any namespace: whoever may make one of that name anywhere gets it.`,
    )
  if (kinds.has('k8s:sa')) return undefined
  const chosen = selectors.filter((one) => CHOSEN.has(kindOf(one)))
  if (chosen.length)
    return wide(
      'low',
      `It is for pods of any service account in ${valueIn('k8s:ns')} with ${named(chosen)}, which whoever makes a pod there can choose.`,
    )
  return wide('medium', `It is for every pod in ${valueIn('k8s:ns')}, whatever it runs as.`)
}

function widthOfProcesses(selectors: readonly string[], kinds: ReadonlySet<string>): Width | undefined {
  if (selectors.some((one) => ROOT.has(one)))
    return kinds.has('unix:path')
      ? undefined
      : wide('high', 'It is for every process of root on its nodes, whatever that runs.')
  const all = [...kinds]
  if (all.every((kind) => CHOSEN.has(kind)))
    return wide(
      'medium',
      `It is for containers with ${named(selectors)} alone, which whoever starts one can choose.`,
    )
  if (all.every((kind) => BY_USER.has(kind)))
    return wide('low', `It is for every process with ${named(selectors)} on its nodes, whatever that runs.`)
  if (all.every((kind) => kind === 'unix:path'))
    return wide(
      'low',
      `It is for every process with ${named(selectors)}, whoever runs it and whatever was put there.`,
    )
  return undefined
}

/** What stands for a whole cluster, account or fleet, and for no part of it. */
const FLEET = new Set([
  'k8s_psat:cluster',
  'k8s_psat:agent_ns',
  'k8s_psat:agent_sa',
  'k8s_sat:cluster',
  'k8s_sat:agent_ns',
  'k8s_sat:agent_sa',
  'aws_iid:account',
  'aws_iid:az',
  'aws_iid:image',
  'azure_msi:subscription-id',
  'azure_msi:tenant-id',
  'azure_imds:subscription-id',
  'azure_imds:tenant-id',
  'gcp_iit:project-id',
  'gcp_iit:zone',
])
const CLUSTER = /^k8s_p?sat:/

/** Whether an alias is for many nodes: a cluster, an account, a project, or the like. */
export const isFleet = (selectors: readonly string[]): boolean =>
  selectors.every((one) => FLEET.has(kindOf(one)))

/** An alias for many nodes, each of which can then hand out what lies below it. */
export function widthOfNodes(selectors: readonly string[]): Width | undefined {
  if (!isFleet(selectors)) return undefined
  if (!selectors.every((one) => CLUSTER.test(one)))
    return wide(
      'medium',
      `It is for every node with ${named(selectors)}: whoever may start a machine there has what lies below it.`,
    )
  const kinds = selectors.map(kindOf)
  const isWhole = kinds.some((kind) => kind.endsWith(':cluster'))
  const isAgent =
    kinds.some((kind) => kind.endsWith(':agent_sa')) && kinds.some((kind) => kind.endsWith(':agent_ns'))
  if (isWhole && isAgent) return undefined
  return wide(
    isWhole ? 'low' : 'medium',
    isWhole
      ? `It is for agents of any service account in the cluster that fit ${named(selectors)}.`
      : `It is for nodes of every cluster that the server attests, with ${named(selectors)}.`,
  )
}
