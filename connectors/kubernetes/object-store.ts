// Objects of an imported file, cut to what is read of them, and answering as the cluster would.
import type { ImportReport } from '@/core/connector'
import type { Issue } from '@/core/errors'
import type { Transport } from '@/core/upstream'
import type { z } from 'zod'
import { OLD_TOKENS } from './collect-secrets'
import { explain, Refused } from './explain'
import { MESH_ITSELF } from './map-joins'
import { discoveryOf } from './place'
import { ASKED, askedOf, CLUSTER, DISCOVERY, GROUPS, KUBECONFIG, LIST, type Resource } from './permissions'
import * as shapes from './shapes'
import * as admission from './shapes-admission'
import * as extensions from './shapes-extensions'
import * as mesh from './shapes-mesh'
import { Controller, CronJob, Pod } from './shapes-pods'
import { countSecrets } from './secret-fields'

type Known = { permission: string; shape: z.ZodType; what: string }
const KINDS: Readonly<Record<string, Known>> = {
  Namespace: { permission: LIST.namespaces, shape: shapes.Bare, what: 'namespaces' },
  ServiceAccount: {
    permission: LIST.serviceAccounts,
    shape: shapes.ServiceAccount,
    what: 'service accounts',
  },
  Node: { permission: LIST.nodes, shape: shapes.Node, what: 'nodes' },
  Pod: { permission: LIST.pods, shape: Pod, what: 'pods' },
  Secret: { permission: LIST.secrets, shape: shapes.Bare, what: 'Secrets (metadata)' },
  'ReplicaSet.apps': { permission: LIST.replicaSets, shape: shapes.Bare, what: 'replica sets' },
  'Deployment.apps': { permission: LIST.deployments, shape: Controller, what: 'deployments' },
  'StatefulSet.apps': { permission: LIST.statefulSets, shape: Controller, what: 'stateful sets' },
  'DaemonSet.apps': { permission: LIST.daemonSets, shape: Controller, what: 'daemon sets' },
  'Job.batch': { permission: LIST.jobs, shape: Controller, what: 'jobs' },
  'CronJob.batch': { permission: LIST.cronJobs, shape: CronJob, what: 'cron jobs' },
  'Role.rbac.authorization.k8s.io': { permission: LIST.roles, shape: shapes.Role, what: 'roles' },
  'ClusterRole.rbac.authorization.k8s.io': {
    permission: LIST.clusterRoles,
    shape: shapes.Role,
    what: 'cluster roles',
  },
  'RoleBinding.rbac.authorization.k8s.io': {
    permission: LIST.roleBindings,
    shape: shapes.Binding,
    what: 'role bindings',
  },
  'ClusterRoleBinding.rbac.authorization.k8s.io': {
    permission: LIST.clusterRoleBindings,
    shape: shapes.Binding,
    what: 'cluster role bindings',
  },
  'CertificateSigningRequest.certificates.k8s.io': {
    permission: LIST.signingRequests,
    shape: shapes.SigningRequest,
    what: 'signing requests',
  },
  'ExternalSecret.external-secrets.io': {
    permission: LIST.externalSecrets,
    shape: extensions.ExternalSecret,
    what: 'external secrets',
  },
  'SecretStore.external-secrets.io': {
    permission: LIST.secretStores,
    shape: extensions.SecretStore,
    what: 'secret stores',
  },
  'ClusterSecretStore.external-secrets.io': {
    permission: LIST.clusterSecretStores,
    shape: extensions.SecretStore,
    what: 'cluster secret stores',
  },
  'Certificate.cert-manager.io': {
    permission: LIST.certificates,
    shape: extensions.Certificate,
    what: 'certificates',
  },
  'Issuer.cert-manager.io': { permission: LIST.issuers, shape: extensions.CertIssuer, what: 'issuers' },
  'ClusterIssuer.cert-manager.io': {
    permission: LIST.clusterIssuers,
    shape: extensions.CertIssuer,
    what: 'cluster issuers',
  },
  'ClusterSPIFFEID.spire.spiffe.io': {
    permission: LIST.spiffeIds,
    shape: extensions.SpiffeId,
    what: 'SPIFFE IDs',
  },
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': {
    permission: LIST.admissionPolicies,
    shape: admission.AdmissionPolicy,
    what: 'admission policies',
  },
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': {
    permission: LIST.admissionBindings,
    shape: admission.AdmissionBinding,
    what: 'bindings of admission policies',
  },
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': {
    permission: LIST.validatingWebhooks,
    shape: admission.Webhooks,
    what: 'validating webhooks',
  },
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': {
    permission: LIST.mutatingWebhooks,
    shape: admission.Webhooks,
    what: 'mutating webhooks',
  },
  'AuthorizationPolicy.security.istio.io': {
    permission: LIST.authorizationPolicies,
    shape: mesh.AuthorizationPolicy,
    what: 'authorization policies',
  },
  'PeerAuthentication.security.istio.io': {
    permission: LIST.peerAuthentications,
    shape: mesh.PeerAuthentication,
    what: 'peer authentications',
  },
}
const keyOf = (apiVersion: string, kind: string): string => {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return `${kind}${group && `.${group}`}`
}
/** What is known of the kind of an object. */
export function resourceOf(apiVersion: string, kind: string): Resource | undefined {
  const key = keyOf(apiVersion, kind)
  return Object.hasOwn(KINDS, key) ? askedOf(KINDS[key]?.permission ?? '')?.list : undefined
}

const byList = new Map(Object.values(KINDS).map(({ permission, shape }) => [permission, shape]))
/** What is read of the objects of a list. @throws where it is no list of this connector: a bug */
export function shapeOf(permission: string): z.ZodType {
  const shape = byList.get(permission)
  if (!shape) throw new Error(`${permission} lists nothing`)
  return shape
}

type Loose = { apiVersion: string; kind: string; [field: string]: unknown }
const ISSUES_MAX = 20
const PAGE = 500
const OLD_TOKEN_TYPE = OLD_TOKENS.slice('type='.length)
type Held = { metadata: { uid: string } }

export class ObjectStore {
  readonly issues: Issue[] = []
  private readonly byPermission = new Map<string, Held[]>()
  private readonly uids = new Set<string>()
  private readonly oldTokens = new Set<string>()
  private readonly ignored = new Map<string, number>()
  private readonly dropped = new Map<string, number>()
  private repeated = 0

  /** @param at where it stands in the file, for the person who reads what is wrong with it */
  add(object: Loose, at: string): void {
    const key = keyOf(object.apiVersion, object.kind)
    const known = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined
    if (!known) return void this.ignored.set(key, (this.ignored.get(key) ?? 0) + 1)
    countSecrets(object, object.kind, this.dropped)
    const parsed = known.shape.safeParse(object)
    for (const { path, message } of parsed.error?.issues ?? [])
      if (this.issues.length < ISSUES_MAX) this.issues.push({ path: [at, ...path].join('.'), message })
    if (!parsed.success) return
    const held = parsed.data as Held
    const id = `${known.permission} ${held.metadata.uid}`
    if (this.uids.has(id)) return void this.repeated++
    this.uids.add(id)
    if (object['type'] === OLD_TOKEN_TYPE) this.oldTokens.add(held.metadata.uid)
    const list = this.byPermission.get(known.permission)
    if (list) list.push(held)
    else this.byPermission.set(known.permission, [held])
  }

  of = (permission: string): readonly Held[] => this.byPermission.get(permission) ?? []

  /** One page as the cluster would give it. @throws Refused where the file holds none of the kind */
  page(
    permission: string,
    params: Readonly<Record<string, unknown>>,
    mayBeEmpty: ReadonlySet<string>,
  ): unknown {
    const held = this.of(permission)
    if (!held.length && !mayBeEmpty.has(permission))
      throw new Refused({
        why: 'not-offered',
        detail: `The file holds nothing of ${permission.slice('list '.length)}.`,
      })
    const asked =
      params['fieldSelector'] === OLD_TOKENS
        ? held.filter((one) => this.oldTokens.has(one.metadata.uid))
        : held
    const from = Number(params['continue'] ?? 0)
    const next = from + PAGE < asked.length ? String(from + PAGE) : ''
    return {
      kind: askedOf(permission)?.list?.metadataOnly ? 'PartialObjectMetadataList' : 'List',
      metadata: { continue: next },
      items: asked.slice(from, from + PAGE),
    }
  }

  report(): ImportReport {
    const understood = Object.values(KINDS).flatMap(({ permission, what }) =>
      this.of(permission).length ? [{ what, count: this.of(permission).length }] : [],
    )
    return {
      understood,
      ignored: [
        ...(this.repeated
          ? [{ what: 'repeated objects', why: 'an earlier one has the same id', count: this.repeated }]
          : []),
        ...[...this.ignored].map(([what, count]) => ({ what, why: 'not a kind that is needed', count })),
      ],
      dropped: [...this.dropped].map(([path, count]) => ({ path, count })),
    }
  }
}

export type FileOf = { name: string; uid: string; issuer?: string; mayBeEmpty?: ReadonlySet<string> }
const NONE: ReadonlySet<string> = new Set()

/** The store as if it were the cluster. What a file does not hold is not offered: it is no evidence of anything. */
export function storeTransport(
  store: ObjectStore,
  { name, uid, issuer, mayBeEmpty = NONE }: FileOf,
): Transport {
  // A file does not say what its mesh is called; one that holds nothing of a mesh not even whether there is one.
  const hasMesh = [LIST.authorizationPolicies, LIST.peerAuthentications].some(
    (one) => store.of(one).length > 0,
  )
  const groups = ASKED.flatMap(({ list }) =>
    list?.group ? [{ name: list.group, versions: list.versions.map((version) => ({ version })) }] : [],
  )
  return {
    async send(permission, params) {
      if (permission === KUBECONFIG)
        return { clusters: [{ name, addresses: [], ...(hasMesh && { trustDomains: [MESH_ITSELF] }) }] }
      if (permission === CLUSTER) return { metadata: { uid, name: 'kube-system' } }
      if (permission === GROUPS) return { groups }
      if (permission === DISCOVERY && issuer !== undefined) return discoveryOf(issuer)
      if (askedOf(permission)?.list) return store.page(permission, params, mayBeEmpty)
      throw new Refused({ why: 'not-offered', detail: 'It is not in the imported file.' })
    },
    explain,
  }
}
