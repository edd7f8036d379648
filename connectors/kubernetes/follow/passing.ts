// What is said of objects that a watch saw end: of those no look has met, that they were there at all. Only kinds of objects
// that are rows by themselves: workloads are made of many objects, and client certificates outlive theirs.
import { unknown, type Instant } from '@/core/fact'
import type { Observation, Observed } from '@/core/observation'
import type { z } from 'zod'
import { grants, named, type AccountIds } from '../map-bindings'
import {
  admissionBinding,
  admissionPolicy,
  mutatingWebhooks,
  namespaceLabels,
  podSecurity,
  validatingWebhooks,
} from '../map-admission'
import { certIssuer, keptCertificate } from '../map-certificate'
import type { KnownAs } from '../map-joins'
import { authorizationPolicy, peerAuthentication, type PickedMesh } from '../map-mesh'
import { ownerHints } from '../map-owner'
import { entitlement } from '../map-roles'
import { keptSecret, legacyToken } from '../map-secret'
import { nodeIdentity, serviceAccountIdentity } from '../map-service-account'
import { LIST, VERSION } from '../permissions'
import { Bare, Binding, Node, Role, ServiceAccount } from '../shapes'
import { AdmissionBinding, AdmissionPolicy, Webhooks } from '../shapes-admission'
import { Certificate, CertIssuer } from '../shapes-extensions'
import { AuthorizationPolicy, PeerAuthentication } from '../shapes-mesh'
import type { KeptObject } from './watch'

/** What is known of the cluster besides the object itself. */
export type Around = { cluster: KnownAs; accounts: AccountIds }
type Row<T> = { stream: string; shape: z.ZodType<T>; observe: (object: T, around: Around) => Observation[] }
/** Every kept object was decoded by the shape of its list. */
const row = <T>(of: Row<T>) => ({
  stream: of.stream,
  observe: (object: KeptObject, around: Around) => of.observe(object as T, around),
})

const OWNER = 'kubernetes.io/service-account.uid'
const secret = (one: Bare, { cluster }: Around): Observation =>
  one.metadata.annotations[OWNER] === undefined
    ? keptSecret(one, cluster.uid)
    : // Whether the cluster records the use of such tokens was not asked: that none is told is no sign that none was.
      legacyToken(one, unknown('not-collected', VERSION, 'it came and went between two looks'))
/** Which pods it was about is not told by the object itself. */
const unpickedMesh = ({ uid, trustDomains = [] }: KnownAs): PickedMesh => ({
  uid,
  trustDomains,
  picked: undefined,
})
const roles = row({ stream: 'roles', shape: Role, observe: (one) => [entitlement(one)] })
const bindings = row({
  stream: 'bindings',
  shape: Binding,
  observe: (one, { cluster, accounts }) => [...named(one, cluster.uid), ...grants(one, accounts)],
})
const issuers = row({
  stream: 'certificates',
  shape: CertIssuer,
  observe: (one, { cluster }) => [certIssuer(one, cluster.uid)],
})

const ROWS: Readonly<Record<string, ReturnType<typeof row>>> = {
  [LIST.serviceAccounts]: row({
    stream: 'service-accounts',
    shape: ServiceAccount,
    observe: (one, { cluster }) => [
      serviceAccountIdentity(one, cluster),
      ...ownerHints(one.metadata.uid, one.metadata),
    ],
  }),
  [LIST.nodes]: row({ stream: 'nodes', shape: Node, observe: (one) => [nodeIdentity(one)] }),
  [LIST.roles]: roles,
  [LIST.clusterRoles]: roles,
  [LIST.roleBindings]: bindings,
  [LIST.clusterRoleBindings]: bindings,
  [LIST.secrets]: row({ stream: 'secrets', shape: Bare, observe: (one, around) => [secret(one, around)] }),
  [LIST.certificates]: row({
    stream: 'certificates',
    shape: Certificate,
    observe: (one, { cluster }) => [keptCertificate(one, cluster.uid)],
  }),
  [LIST.issuers]: issuers,
  [LIST.clusterIssuers]: issuers,
  [LIST.namespaces]: row({
    stream: 'pod-security',
    shape: Bare,
    observe: (one) => [podSecurity(one), namespaceLabels(one)],
  }),
  [LIST.admissionPolicies]: row({
    stream: 'admission',
    shape: AdmissionPolicy,
    observe: (one) => [admissionPolicy(one)],
  }),
  [LIST.admissionBindings]: row({
    stream: 'admission',
    shape: AdmissionBinding,
    observe: (one) => [admissionBinding(one)],
  }),
  [LIST.validatingWebhooks]: row({
    stream: 'admission',
    shape: Webhooks,
    observe: (one) => [validatingWebhooks(one)],
  }),
  [LIST.mutatingWebhooks]: row({
    stream: 'admission',
    shape: Webhooks,
    observe: (one) => [mutatingWebhooks(one)],
  }),
  [LIST.authorizationPolicies]: row({
    stream: 'mesh-policies',
    shape: AuthorizationPolicy,
    observe: (one, { cluster }) => [authorizationPolicy(one, unpickedMesh(cluster))],
  }),
  [LIST.peerAuthentications]: row({
    stream: 'mesh-policies',
    shape: PeerAuthentication,
    observe: (one, { cluster }) => [peerAuthentication(one, unpickedMesh(cluster))],
  }),
}
/** Another binding may still name them: only a list tells that none does. */
const OUTLIVE = ['kubernetes.user', 'kubernetes.group']
const endsWithObject = (one: Observation): boolean => !(one.kind === 'identity' && OUTLIVE.includes(one.type))

/** The stream that tells of these objects one by one; undefined where none does. */
export const streamOf = (permission: string): string | undefined => ROWS[permission]?.stream

/** @param met whether a look has told of it already, in more words than one object allows */
export function passed(
  permission: string,
  { object, at, met }: { object: KeptObject; at: Instant; met: boolean },
  around: Around,
): Observed[] {
  const rows = ROWS[permission]?.observe(object, around) ?? []
  const ends = rows
    .filter(endsWithObject)
    .map(({ kind, nativeId }): Observed => ({ kind: 'ended', of: kind, nativeId, at }))
  return [...(met ? [] : rows), ...ends]
}
