// Service accounts and nodes as identities.
import { absent, answer, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { accountKeys, cloudLinks, subjectOf, type KnownAs } from './map-joins'
import { LIST } from './permissions'
import { REMOVED } from '@/core/secret-like'
import type { Metadata, Node, ServiceAccount } from './shapes'

type Identity = Of<'identity'>
/** Controllers of the control plane. Installed ones have names like these, so each is listed. */
const CONTROL_PLANE = new Set(
  `attachdetach-controller bootstrap-signer certificate-controller cloud-provider clusterrole-aggregation-controller
  cronjob-controller daemon-set-controller deployment-controller device-taint-eviction-controller disruption-controller
  endpoint-controller endpointslice-controller endpointslicemirroring-controller ephemeral-volume-controller
  expand-controller generic-garbage-collector horizontal-pod-autoscaler job-controller kube-controller-manager
  kube-proxy kube-scheduler leader-election-controller legacy-service-account-token-cleaner namespace-controller
  node-controller persistent-volume-binder pod-garbage-collector pv-protection-controller pvc-protection-controller
  replicaset-controller replication-controller resource-claim-controller resourcequota-controller
  root-ca-cert-publisher route-controller selinux-warning-controller service-account-controller
  service-ca-cert-publisher service-cidrs-controller service-controller statefulset-controller
  storage-version-migrator-controller token-cleaner ttl-after-finished-controller ttl-controller
  validatingadmissionpolicy-status-controller volumeattributesclass-protection-controller`.split(/\s+/),
)

const classOf = ({ namespace, name }: ServiceAccount['metadata']): Pick<Identity, 'class' | 'classReason'> =>
  namespace === 'kube-system' && CONTROL_PLANE.has(name)
    ? { class: 'provider', classReason: 'A controller of Kubernetes itself acts through it.' }
    : { class: 'machine', classReason: 'It is a service account: what runs in pods acts through it.' }

export const createdAt = ({ creationTimestamp }: Metadata, source: string): Fact<Instant> =>
  creationTimestamp == null
    ? unknown('not-offered', source, 'the object holds no creationTimestamp')
    : known(creationTimestamp, source)
const USE = 'the cluster does not record it; its audit log does'

export function serviceAccountIdentity(account: ServiceAccount, cluster: KnownAs): Identity {
  const { metadata, automountServiceAccountToken } = account
  const { uid, namespace, name, annotations, labels } = metadata
  const source = LIST.serviceAccounts
  const links = cloudLinks(annotations)
  return {
    kind: 'identity',
    nativeId: uid,
    aliases: [subjectOf(namespace, name)],
    keys: accountKeys({ uid, namespace, name }, cluster),
    ...(links.length && { links }),
    ...(cluster.areNamesUnseen && { joiningUnseen: true as const }),
    type: 'kubernetes.service-account',
    name: `${namespace}/${name}`,
    ...classOf(metadata),
    createdAt: createdAt(metadata, source),
    enabled: known(true, source),
    lastUsedAt: unknown('not-offered', source, USE),
    description: answer(annotations['kubernetes.io/description'] || undefined, source),
    maxSessionSeconds: unknown('not-offered', source, 'a setting of the API server that it does not tell'),
    tags: known(withoutRemoved({ ...labels, ...annotations }), source),
    // A pod may say otherwise for itself.
    automountsToken: known(automountServiceAccountToken !== false, source),
  }
}
const withoutRemoved = (tags: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key !== REMOVED && key !== ''))

/** `aws:///eu-west-1a/i-0abc` → `i-0abc` */
const instanceOf = (providerId: string | null | undefined): string | undefined =>
  /^aws:\/\/.*\/(i-[0-9a-f]+)$/.exec(providerId ?? '')?.[1]

export const nodeSubject = (name: string): string => `system:node:${name}`
export function nodeIdentity({ metadata, spec }: Node): Identity {
  const instance = instanceOf(spec?.providerID)
  const source = LIST.nodes
  return {
    kind: 'identity',
    nativeId: metadata.uid,
    aliases: [nodeSubject(metadata.name)],
    ...(instance !== undefined && { keys: [{ type: 'aws.instance-id', value: instance }] }),
    type: 'kubernetes.node',
    name: metadata.name,
    class: 'machine',
    classReason: 'It is a node: the agent on it acts through it.',
    createdAt: createdAt(metadata, source),
    enabled: known(true, source),
    lastUsedAt: unknown('not-offered', source, USE),
    description: absent(source, 'nodes have no description'),
    maxSessionSeconds: absent(source, 'nodes sign in with certificates'),
    tags: known(withoutRemoved(metadata.labels), source),
  }
}
