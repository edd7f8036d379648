// Allow-list of what is read from Kubernetes objects. A field that is not named here is never looked at, logged or kept.
import { z } from 'zod'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'

export const When = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date with a time zone' })
  .transform((at) => new Date(at).toISOString())
/** Kubernetes allows 253 for names and 63 for namespaces; ids made of several still fit the inventory. */
const ID_BYTES_MAX = 600
export const Id = z
  .string({ error: (issue) => (issue.input === undefined ? 'missing' : 'must be text') })
  .min(1, { error: 'must not be empty' })
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, {
    error: `must not be longer than ${ID_BYTES_MAX} bytes`,
  })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])
/** The name of an object in the same namespace, where one is named. */
export const Ref = z
  .object({ name: z.string().nullish(), namespace: z.string().nullish() })
  .nullish()
  .transform((ref) => (ref?.name ? { name: ref.name, namespace: ref.namespace ?? undefined } : undefined))

/** Annotations hold anything, `last-applied-configuration` even whole Secrets: only these are let in. */
const KEPT_ANNOTATIONS = new Set([
  'argocd.argoproj.io/tracking-id',
  'azure.workload.identity/client-id',
  'azure.workload.identity/service-account-token-expiration',
  'azure.workload.identity/tenant-id',
  'eks.amazonaws.com/audience',
  'eks.amazonaws.com/role-arn',
  'eks.amazonaws.com/token-expiration',
  'iam.gke.io/gcp-service-account',
  'istio.io/dry-run',
  'kubernetes.io/description',
  'kubernetes.io/service-account.name',
  'kubernetes.io/service-account.uid',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
])
/** Keys that name somebody who answers, without prefix, case and separators. */
export const TEAM_KEY = /^(team|teamname|owningteam|ownerteam|squad|ownedbyteam)$/
export const SOMEBODY_KEY =
  /^(owner|ownedby|ownername|owneremail|technicalowner|serviceowner|contact|contacts|contactemail|email|mail|maintainer|maintainers|maintainedby|responsible)$/
/** `acme.example/Owner_Email` → `owneremail` */
export const plainKey = (key: string): string =>
  key
    .slice(key.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
const isKept = (key: string): boolean =>
  KEPT_ANNOTATIONS.has(key) || TEAM_KEY.test(plainKey(key)) || SOMEBODY_KEY.test(plainKey(key))

/** No name, ARN or address is longer. What is must not break the look at everything else. */
const VALUE_CHARS_MAX = 1000
const sorted = (texts: Record<string, string>, keep: (key: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([key, value]) => keep(key) && value.length <= VALUE_CHARS_MAX)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [withoutSecret(key), withoutSecret(value)]),
  )
const texts = (keep: (key: string) => boolean) =>
  z
    .record(z.string(), z.string())
    .nullish()
    .transform((all) => sorted(all ?? {}, keep))

const Owner = z.object({ kind: Id, name: Id, uid: Id, controller: z.boolean().nullish() })
export type Owner = z.infer<typeof Owner>

export const Metadata = z.object({
  uid: Id,
  name: Id,
  namespace: Id.nullish(),
  creationTimestamp: When.nullish(),
  deletionTimestamp: When.nullish(),
  labels: texts(() => true),
  annotations: texts(isKept),
  ownerReferences: listOf(Owner),
})
export type Metadata = z.infer<typeof Metadata>
/** An object of which only the metadata is of interest. */
export const Bare = z.object({ metadata: Metadata })
export type Bare = z.infer<typeof Bare>

export const ServiceAccount = z.object({
  metadata: Metadata.extend({ namespace: Id }),
  automountServiceAccountToken: z.boolean().nullish(),
  imagePullSecrets: listOf(Ref),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

export const Node = z.object({
  metadata: Metadata,
  spec: z.object({ providerID: z.string().nullish() }).nullish(),
})
export type Node = z.infer<typeof Node>

const Part = z.string().transform(withoutSecretForm)
export const Selector = z.object({
  matchLabels: texts(() => true),
  matchExpressions: listOf(z.object({ key: Part, operator: Part, values: listOf(Part) })),
})
export type Selector = z.infer<typeof Selector>

const Texts = listOf(z.string())
export const Rule = z.object({
  verbs: Texts,
  apiGroups: Texts,
  resources: Texts,
  resourceNames: Texts,
  nonResourceURLs: Texts,
})
export type Rule = z.infer<typeof Rule>
export const Role = z.object({
  metadata: Metadata,
  rules: listOf(Rule),
  aggregationRule: z.object({ clusterRoleSelectors: listOf(Selector) }).nullish(),
})
export type Role = z.infer<typeof Role>

const Subject = z.object({ kind: z.string(), name: Id, namespace: z.string().nullish() })
export type Subject = z.infer<typeof Subject>
export const Binding = z.object({
  metadata: Metadata,
  roleRef: z.object({ kind: z.string(), name: Id }),
  subjects: listOf(Subject),
})
export type Binding = z.infer<typeof Binding>

export const Condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
})
export const SigningRequest = z.object({
  metadata: Metadata,
  spec: z.object({ signerName: Id }),
  status: z.object({ certificate: z.string().nullish(), conditions: listOf(Condition) }).nullish(),
})
export type SigningRequest = z.infer<typeof SigningRequest>

/** `34`, and `34+` where somebody has added to it. */
const Minor = z
  .string()
  .transform((text) => Number.parseInt(text, 10))
  .pipe(z.number().int().nonnegative())
/** With the last part of the answer: without it the answer may have been cut short. */
export const ServerVersion = z.object({ major: Minor, minor: Minor, platform: z.string() })
export const Groups = z.object({
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ version: z.string() })) })),
})
export const Issuing = z.object({
  issuer: z.url(),
  // Discovery has to have it: without it the answer was cut short.
  id_token_signing_alg_values_supported: z.array(z.string()),
})
export const Cluster = z.object({
  name: Id,
  /** `<host>:<port>`, the address that is used first, then those others use. */
  addresses: z.array(Id),
  /** Where it is stated in the settings. */
  issuer: z.string().optional(),
  workloadPool: z.string().optional(),
  /** Of the mesh, the one its workloads bear first. */
  trustDomains: z.array(Id).optional(),
  /** Set where only these namespaces are read. */
  namespaces: z.array(Id).optional(),
})
export type Cluster = z.infer<typeof Cluster>
export const Clusters = z.object({ clusters: z.array(Cluster) })
