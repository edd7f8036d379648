// Allow-list of pods and of what runs them: never the value of an environment variable, a command or its arguments.
import { z } from 'zod'
import { Id, listOf, Metadata, Ref } from './shapes'

/** How a container is kept apart from its node. */
const Security = z
  .object({
    privileged: z.boolean().nullish(),
    allowPrivilegeEscalation: z.boolean().nullish(),
    runAsUser: z.number().int().nullish(),
    runAsNonRoot: z.boolean().nullish(),
    capabilities: z.object({ add: listOf(z.string()) }).nullish(),
    windowsOptions: z.object({ hostProcess: z.boolean().nullish() }).nullish(),
  })
  .nullish()
const PodSecurity = z
  .object({
    runAsUser: z.number().int().nullish(),
    runAsNonRoot: z.boolean().nullish(),
    windowsOptions: z.object({ hostProcess: z.boolean().nullish() }).nullish(),
  })
  .nullish()

/** Where the value of a variable comes from: whatever else there is, it is none that stands in the pod. */
const ValueFrom = z.object({ secretKeyRef: Ref, configMapKeyRef: Ref }).nullish()
const Container = z.object({
  image: z.string().nullish(),
  securityContext: Security,
  volumeMounts: listOf(z.object({ name: z.string(), readOnly: z.boolean().nullish() })),
  env: listOf(z.object({ name: z.string().nullish(), valueFrom: ValueFrom })),
  envFrom: listOf(z.object({ secretRef: Ref, configMapRef: Ref })),
})
const WithSecret = z.object({ secretRef: Ref }).nullish()
const Volume = z.object({
  name: z.string().nullish(),
  hostPath: z.object({ path: z.string() }).nullish(),
  secret: z.object({ secretName: z.string().nullish() }).nullish(),
  projected: z
    .object({
      sources: listOf(
        z.object({
          secret: Ref,
          serviceAccountToken: z
            .object({
              audience: z.string().nullish(),
              expirationSeconds: z.number().int().positive().nullish(),
            })
            .nullish(),
        }),
      ),
    })
    .nullish(),
  csi: z.object({ driver: z.string(), nodePublishSecretRef: Ref }).nullish(),
  azureFile: z.object({ secretName: z.string().nullish() }).nullish(),
  cephfs: WithSecret,
  flexVolume: WithSecret,
  iscsi: WithSecret,
  rbd: WithSecret,
  scaleIO: WithSecret,
  storageos: WithSecret,
})
export type Volume = z.infer<typeof Volume>

const Spec = z.object({
  serviceAccountName: z.string().nullish(),
  automountServiceAccountToken: z.boolean().nullish(),
  nodeName: z.string().nullish(),
  hostPID: z.boolean().nullish(),
  hostNetwork: z.boolean().nullish(),
  hostIPC: z.boolean().nullish(),
  securityContext: PodSecurity,
  imagePullSecrets: listOf(Ref),
  containers: listOf(Container),
  initContainers: listOf(Container),
  ephemeralContainers: listOf(Container),
  volumes: listOf(Volume),
})
export type PodSpec = z.infer<typeof Spec>

/**
 * Of volumes by their name, and where they are mounted, only those of the node: others have names made anew for each pod, and
 * pods of one template would have nothing in common.
 */
export const PodSpec = Spec.transform((spec): PodSpec => {
  const ofNode = new Set(spec.volumes.flatMap(({ name, hostPath }) => (name && hostPath ? [name] : [])))
  const mounting = (containers: PodSpec['containers']) =>
    containers.map((one) => ({
      ...one,
      volumeMounts: one.volumeMounts.filter(({ name }) => ofNode.has(name)),
    }))
  return {
    ...spec,
    containers: mounting(spec.containers),
    initContainers: mounting(spec.initContainers),
    ephemeralContainers: mounting(spec.ephemeralContainers),
    volumes: spec.volumes.map(({ name, ...volume }) => (volume.hostPath ? { name, ...volume } : volume)),
  }
})

const Placed = Metadata.extend({ namespace: Id })
export const Pod = z.object({ metadata: Placed, spec: PodSpec })
export type Pod = z.infer<typeof Pod>

const Template = z.object({ spec: PodSpec })
/** A controller that makes pods from a template. */
export const Controller = z.object({
  metadata: Placed,
  spec: z.object({ template: Template }),
})
export type Controller = z.infer<typeof Controller>
export const CronJob = z
  .object({
    metadata: Placed,
    spec: z.union([
      z.object({ jobTemplate: z.object({ spec: z.object({ template: Template }) }) }),
      // As it was decoded before: a file is decoded when it is opened, and again when it is asked.
      z.object({ template: Template }),
    ]),
  })
  .transform(({ metadata, spec }): Controller => ({
    metadata,
    spec: { template: 'template' in spec ? spec.template : spec.jobTemplate.spec.template },
  }))
