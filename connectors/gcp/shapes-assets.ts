// What is taken from assets: which service account runs what, and the dates of stored secrets and API keys. Of the settings
// of a workload nothing else is taken, above all no environment.
import { z } from 'zod'
import { pageOf } from './shapes'
import { Free, Id, Labels, MaybeWhen } from './values'

const text = z.string().nullish()
const asset = <T extends z.ZodType>(data: T) => z.object({ name: Id, resource: z.object({ data }) })

export const Instance = asset(
  z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    name: z.string().min(1),
    creationTimestamp: MaybeWhen,
    serviceAccounts: z.array(z.object({ email: z.string() })).default([]),
  }),
)
export type Instance = z.infer<typeof Instance>

const Containers = z.array(z.object({ image: text })).default([])
const Template = z.object({ serviceAccount: text, serviceAccountName: text, containers: Containers })
/** Cloud Run as version 1 writes it (nested specs) or as version 2 does. A job wraps its template twice. */
export const RunWorkload = asset(
  z.object({
    uid: text,
    createTime: MaybeWhen,
    metadata: z.object({ uid: text, name: text, creationTimestamp: MaybeWhen }).nullish(),
    spec: z
      .object({
        template: z.object({
          spec: Template.extend({
            template: z.object({ spec: Template }).nullish(),
          }),
        }),
      })
      .nullish(),
    template: Template.extend({ template: Template.nullish() }).nullish(),
  }),
)
export type RunWorkload = z.infer<typeof RunWorkload>

/** Functions of the first and of the second generation. */
export const CloudFunction = asset(
  z.object({
    name: Id,
    createTime: MaybeWhen,
    serviceAccountEmail: text,
    serviceConfig: z.object({ serviceAccountEmail: text }).nullish(),
  }),
)
export type CloudFunction = z.infer<typeof CloudFunction>

export const Cluster = asset(
  z.object({
    name: z.string().min(1),
    location: text,
    createTime: MaybeWhen,
    workloadIdentityConfig: z.object({ workloadPool: text }).nullish(),
    nodePools: z
      .array(
        z.object({
          name: z.string().min(1),
          config: z.object({ serviceAccount: text }).nullish(),
          initialNodeCount: z.number().nullish(),
        }),
      )
      .default([]),
  }),
)
export type Cluster = z.infer<typeof Cluster>

export const StoredSecret = asset(
  z.object({
    name: Id,
    createTime: MaybeWhen,
    expireTime: MaybeWhen,
    labels: Labels,
    annotations: Labels,
    rotation: z.object({ nextRotationTime: MaybeWhen, rotationPeriod: text }).nullish(),
  }),
)
export type StoredSecret = z.infer<typeof StoredSecret>
export const SecretVersion = asset(z.object({ name: Id, createTime: MaybeWhen, state: text }))
export type SecretVersion = z.infer<typeof SecretVersion>

export const ApiKey = asset(
  z.object({
    name: Id,
    uid: text,
    displayName: Free,
    createTime: MaybeWhen,
    deleteTime: MaybeWhen,
    serviceAccountEmail: text,
  }),
)
export type ApiKey = z.infer<typeof ApiKey>

/** Everything that runs, in one listing. */
export const Running = z.discriminatedUnion('assetType', [
  Cluster.extend({ assetType: z.literal('container.googleapis.com/Cluster') }),
  Instance.extend({ assetType: z.literal('compute.googleapis.com/Instance') }),
  RunWorkload.extend({ assetType: z.literal('run.googleapis.com/Service') }),
  RunWorkload.extend({ assetType: z.literal('run.googleapis.com/Job') }),
  CloudFunction.extend({ assetType: z.literal('cloudfunctions.googleapis.com/CloudFunction') }),
  CloudFunction.extend({ assetType: z.literal('cloudfunctions.googleapis.com/Function') }),
])
export type Running = z.infer<typeof Running>
export const RUNNING: readonly string[] = Running.options.map((one) => one.shape.assetType.value)
export const API_KEY = 'apikeys.googleapis.com/Key'
export const SECRET = 'secretmanager.googleapis.com/Secret'
export const SECRET_VERSION = 'secretmanager.googleapis.com/SecretVersion'

/** Made once: building a schema costs more than using it. */
export const PAGES = {
  apiKeys: pageOf('assets', ApiKey),
  running: pageOf('assets', Running),
  secrets: pageOf('assets', StoredSecret),
  versions: pageOf('assets', SecretVersion),
}
