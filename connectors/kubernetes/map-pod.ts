// What a pod takes with it: the service account it runs as, the Secrets it reads and how, the tokens it asks for, and which of its
// variables have their values in plain.
import type { PodSpec, Volume } from './shapes-pods'

/** Ways to read a Secret, each as the end of a sentence that begins with "It". */
const AS_ENV = 'takes it as environment variables'
const AS_FILE = 'mounts it as a file'
const TO_PULL = 'pulls images with it'
const TO_MOUNT = 'mounts storage with it'

type Container = PodSpec['containers'][number]
export type Token = { audience: string | undefined; seconds: number }
export type PodUse = {
  account: string
  /** Ways by the name of the Secret. */
  secrets: Map<string, Set<string>>
  /** Names of variables whose values stand in the pod, or in a ConfigMap that it takes them from. */
  plain: string[]
  /** Whether it takes variables from ConfigMaps without naming them. */
  takesUnnamed: boolean
  tokens: Token[]
  images: string[]
  /** Set to false where neither this nor the service account may hand it a token for the cluster. */
  automount: boolean | undefined
}

/** What the API server writes into a token volume that names no audience and no lifetime. */
const SECONDS_DEFAULT = 3600

function* secretsOf(volume: Volume): Generator<[name: string | null | undefined, how: string]> {
  const { cephfs, flexVolume, iscsi, rbd, scaleIO, storageos } = volume
  yield [volume.secret?.secretName, AS_FILE]
  for (const source of volume.projected?.sources ?? []) yield [source.secret?.name, AS_FILE]
  yield [volume.csi?.nodePublishSecretRef?.name, TO_MOUNT]
  yield [volume.azureFile?.secretName, TO_MOUNT]
  for (const storage of [cephfs, flexVolume, iscsi, rbd, scaleIO, storageos])
    yield [storage?.secretRef?.name, TO_MOUNT]
}

const tokensOf = (volume: Volume): Token[] =>
  (volume.projected?.sources ?? []).flatMap(({ serviceAccountToken }) =>
    serviceAccountToken
      ? [
          {
            audience: serviceAccountToken.audience || undefined,
            seconds: serviceAccountToken.expirationSeconds ?? SECONDS_DEFAULT,
          },
        ]
      : [],
  )

/** A ConfigMap keeps what it holds as plainly as the pod itself. */
const isPlain = ({ valueFrom }: Container['env'][number]): boolean =>
  !valueFrom || !!valueFrom.configMapKeyRef

/** @param pullSecrets of the service account: a pod that names none of its own gets these */
export function podUse(spec: PodSpec, pullSecrets: readonly string[]): PodUse {
  const secrets = new Map<string, Set<string>>()
  const add = (name: string | null | undefined, how: string): void => {
    if (name) secrets.set(name, (secrets.get(name) ?? new Set<string>()).add(how))
  }
  const containers = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers]
  for (const { env, envFrom } of containers) {
    for (const { valueFrom } of env) add(valueFrom?.secretKeyRef?.name, AS_ENV)
    for (const { secretRef } of envFrom) add(secretRef?.name, AS_ENV)
  }
  for (const volume of spec.volumes) for (const [name, how] of secretsOf(volume)) add(name, how)
  const own = spec.imagePullSecrets.flatMap((ref) => (ref ? [ref.name] : []))
  for (const name of own.length ? own : pullSecrets) add(name, TO_PULL)
  return {
    account: spec.serviceAccountName || 'default',
    secrets,
    plain: containers.flatMap(({ env }) => env.filter(isPlain).flatMap(({ name }) => name ?? [])),
    takesUnnamed: containers.some(({ envFrom }) => envFrom.some(({ configMapRef }) => configMapRef)),
    tokens: spec.volumes.flatMap(tokensOf),
    images: containers.flatMap(({ image }) => (image ? [image] : [])),
    automount: spec.automountServiceAccountToken ?? undefined,
  }
}
