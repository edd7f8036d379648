// Kinds of objects that are rows by themselves, so that one event is enough to say what has changed. Workloads are made of many
// objects, and client certificates outlive theirs: both are told by lists only.
import { absent } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { z } from 'zod'
import { grants, named, type AccountIds } from './map-bindings'
import { certIssuer, keptCertificate } from './map-certificate'
import type { KnownAs } from './map-joins'
import { ownerHints } from './map-owner'
import { entitlement } from './map-roles'
import { keptSecret, legacyToken } from './map-secret'
import { nodeIdentity, serviceAccountIdentity } from './map-service-account'
import { LIST } from './permissions'
import { Bare, Binding, Node, Role, ServiceAccount } from './shapes'
import { Certificate, CertIssuer } from './shapes-extensions'

/** What was seen before the watch and is needed to read an event. */
export type Seen = {
  cluster: KnownAs
  /** Kept up to date by whoever follows the service accounts. */
  accounts: AccountIds
  /**
   * The rows of each object by its UID, as the list before the watch and the watch itself said: a changed object that says one
   * of them no longer ends it. Without an entry nothing is ended.
   */
  held: Map<string, readonly Observation[]>
}
type Watched<T = never> = { shape: z.ZodType<T>; observe: (object: T, seen: Seen) => Observation[] }
const watched = <T>(shape: z.ZodType<T>, observe: Watched<T>['observe']): Watched =>
  ({ shape, observe }) as unknown as Watched

const OWNER = 'kubernetes.io/service-account.uid'
const secret = (one: Bare, { cluster }: Seen): Observation =>
  one.metadata.annotations[OWNER] === undefined
    ? keptSecret(one, cluster.uid)
    : legacyToken(one, absent(LIST.secrets))
const binding = (one: Binding, { cluster, accounts }: Seen): Observation[] => [
  ...named(one, cluster.uid),
  ...grants(one, accounts),
]

const WATCHED: Readonly<Record<string, Watched>> = {
  [LIST.serviceAccounts]: watched(ServiceAccount, (one, { cluster }) => [
    serviceAccountIdentity(one, cluster),
    ...ownerHints(one.metadata.uid, one.metadata),
  ]),
  [LIST.nodes]: watched(Node, (one) => [nodeIdentity(one)]),
  [LIST.roles]: watched(Role, (one) => [entitlement(one)]),
  [LIST.clusterRoles]: watched(Role, (one) => [entitlement(one)]),
  [LIST.roleBindings]: watched(Binding, binding),
  [LIST.clusterRoleBindings]: watched(Binding, binding),
  [LIST.secrets]: watched(Bare, (one, seen) => [secret(one, seen)]),
  [LIST.certificates]: watched(Certificate, (one, { cluster }) => [keptCertificate(one, cluster.uid)]),
  [LIST.issuers]: watched(CertIssuer, (one, { cluster }) => [certIssuer(one, cluster.uid)]),
  [LIST.clusterIssuers]: watched(CertIssuer, (one, { cluster }) => [certIssuer(one, cluster.uid)]),
}
/** Another binding may still name them: only a list tells that none does. */
const OUTLIVE = ['kubernetes.user', 'kubernetes.group']

/** Undefined for kinds that only lists tell. */
export const shapeOf = (permission: string): z.ZodType | undefined => WATCHED[permission]?.shape

export const observedOf = (permission: string, object: unknown, seen: Seen): Observation[] =>
  WATCHED[permission]?.observe(object as never, seen) ?? []

export const endsWithObject = (one: Observation): boolean =>
  !(one.kind === 'identity' && OUTLIVE.includes(one.type))
