// Gathers what is known of a workload from its template and from its pods, so that a pod leaves no row of its own.
import type { Token } from './map-pod'
import { podUse } from './map-pod'
import { addHostUse, newHostUse, type HostUse } from './map-host'
import type { Metadata, ServiceAccount } from './shapes'
import type { PodSpec } from './shapes-pods'

export type Accounts = ReadonlyMap<string, ServiceAccount>
export type Draft = {
  uid: string
  kind: string
  namespace: string
  name: string
  /** Of the workload itself; undefined where only its pods name it. */
  metadata?: Metadata
  pods: number
  /** Of the pod that was added last. */
  lastSpec?: PodSpec
  nodes: Set<string>
  images: Set<string>
  accounts: Set<string>
  /** Ways by the name of the Secret. */
  secrets: Map<string, Set<string>>
  /** Names of variables whose values are in plain, and whether there are others that nobody names. */
  plain: Set<string>
  takesUnnamed: boolean
  /** Tokens by account, audience and lifetime. */
  tokens: Map<string, Token & { account: string }>
  /** What of its nodes is open to it, over all its pods. */
  host: HostUse
}
export const newDraft = (at: Pick<Draft, 'uid' | 'kind' | 'namespace' | 'name'>): Draft => ({
  ...at,
  pods: 0,
  nodes: new Set(),
  images: new Set(),
  accounts: new Set(),
  secrets: new Map(),
  plain: new Set(),
  takesUnnamed: false,
  tokens: new Map(),
  host: newHostUse(),
})

/** A token for the cluster's own API. Kubernetes mounts it with this lifetime wherever nobody says otherwise. */
const API_TOKEN: Token = { audience: undefined, seconds: 3607 }
export const accountOf = (accounts: Accounts, namespace: string, name: string): ServiceAccount | undefined =>
  accounts.get(`${namespace}/${name}`)

/** @param spec of one of its pods, or of the template they are made from */
export function addSpec(draft: Draft, spec: PodSpec, accounts: Accounts): void {
  const account = accountOf(accounts, draft.namespace, spec.serviceAccountName || 'default')
  const pulls = account?.imagePullSecrets.flatMap((ref) => (ref ? [ref.name] : [])) ?? []
  const use = podUse(spec, pulls)
  draft.accounts.add(use.account)
  addHostUse(draft.host, spec)
  for (const image of use.images) draft.images.add(image)
  for (const name of use.plain) draft.plain.add(name)
  draft.takesUnnamed ||= use.takesUnnamed
  for (const [name, ways] of use.secrets)
    draft.secrets.set(name, new Set([...(draft.secrets.get(name) ?? []), ...ways]))
  const mounted = use.automount ?? account?.automountServiceAccountToken ?? true
  for (const token of mounted ? [API_TOKEN, ...use.tokens] : use.tokens)
    draft.tokens.set(`${use.account}/${token.audience ?? ''}/${token.seconds}`, {
      ...token,
      account: use.account,
    })
}

/** Pods of one template, kept with their equal parts in common, differ by their node only. */
const PARTS = [
  'serviceAccountName',
  'automountServiceAccountToken',
  'hostPID',
  'hostNetwork',
  'hostIPC',
  'securityContext',
  'imagePullSecrets',
  'containers',
  'initContainers',
  'ephemeralContainers',
  'volumes',
] as const satisfies readonly (keyof PodSpec)[]

export function addPod(draft: Draft, spec: PodSpec, accounts: Accounts): void {
  const { lastSpec } = draft
  if (!lastSpec || PARTS.some((part) => lastSpec[part] !== spec[part])) addSpec(draft, spec, accounts)
  draft.lastSpec = spec
  draft.pods++
  if (spec.nodeName) draft.nodes.add(spec.nodeName)
}
