// What of its node is open to a pod: what Pod Security Standards ask about, by names alone.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
import { known, unknown, type Fact } from '@/core/fact'
import { CAPABILITIES_MAX, HOST_PATHS_MAX, type HostAccess } from '@/core/observation'
import type { PodSpec } from './shapes-pods'

type Container = PodSpec['containers'][number]
export type HostUse = {
  privileged: boolean
  shares: Set<HostAccess['shares'][number]>
  capabilities: Set<string>
  /** Whether each path is mounted to be read only, wherever it is mounted. */
  paths: Map<string, boolean>
  /** Of containers to which something is open, and of all of them. */
  superuser: { open: Superuser | undefined; any: Superuser | undefined }
  gainsRights: boolean
}
type Superuser = HostAccess['superuser']

export const newHostUse = (): HostUse => ({
  privileged: false,
  shares: new Set(),
  capabilities: new Set(),
  paths: new Map(),
  superuser: { open: undefined, any: undefined },
  gainsRights: false,
})

/** @param spec of one of its pods, or of the template they are made from */
export function addHostUse(use: HostUse, spec: PodSpec): void {
  if (spec.hostPID) use.shares.add('pid')
  if (spec.hostNetwork) use.shares.add('network')
  if (spec.hostIPC) use.shares.add('ipc')
  const hostPaths = new Map(
    spec.volumes.flatMap(({ name, hostPath }) => (name && hostPath ? [[name, hostPath.path] as const] : [])),
  )
  for (const container of [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers])
    addContainer(use, spec, container, hostPaths)
}

function addContainer(
  use: HostUse,
  spec: PodSpec,
  { securityContext: own, volumeMounts }: Container,
  hostPaths: ReadonlyMap<string, string>,
): void {
  const isHostProcess = own?.windowsOptions?.hostProcess ?? spec.securityContext?.windowsOptions?.hostProcess
  const isPrivileged = own?.privileged === true || isHostProcess === true
  const added = own?.capabilities?.add ?? []
  const mounted = volumeMounts.filter(({ name }) => hostPaths.has(name))
  if (isPrivileged) use.privileged = true
  for (const capability of added) use.capabilities.add(capability.replace(/^CAP_/, ''))
  for (const { name, readOnly } of mounted) {
    const path = hostPaths.get(name)
    if (path !== undefined) use.paths.set(path, (use.paths.get(path) ?? true) && readOnly === true)
  }
  // Whoever is privileged, or may administrate the system, may always gain rights.
  const mayGain = isPrivileged || use.capabilities.has('SYS_ADMIN')
  if (mayGain || own?.allowPrivilegeEscalation !== false) use.gainsRights = true
  const user = isHostProcess === true ? 'yes' : superuserOf(spec, own)
  use.superuser.any = surer(use.superuser.any, user)
  if (isPrivileged || added.length || mounted.length) use.superuser.open = surer(use.superuser.open, user)
}

/** What a container says goes before what its pod says. */
function superuserOf({ securityContext: pod }: PodSpec, own: Container['securityContext']): Superuser {
  const user = own?.runAsUser ?? pod?.runAsUser
  if (user != null) return user === 0 ? 'yes' : 'no'
  return (own?.runAsNonRoot ?? pod?.runAsNonRoot) === true ? 'no' : 'maybe'
}

const ORDER: readonly (Superuser | undefined)[] = ['yes', 'maybe', 'no']
const surer = (first: Superuser | undefined, second: Superuser): Superuser =>
  first !== undefined && ORDER.indexOf(first) < ORDER.indexOf(second) ? first : second

const SHARED = ['pid', 'network', 'ipc'] as const
/** Longer names are none that anything could be mounted by. */
const NAME_CHARS_MAX = 500
export function hostFact(use: HostUse, source: string): Fact<HostAccess> {
  const { capabilities, paths, superuser } = use
  const isLong = [...capabilities, ...paths.keys()].some((text) => !text || text.length > NAME_CHARS_MAX)
  if (isLong || capabilities.size > CAPABILITIES_MAX || paths.size > HOST_PATHS_MAX)
    return unknown('limited', source, 'it names more of its node than is told one by one')
  return known(
    {
      privileged: use.privileged,
      shares: SHARED.filter((one) => use.shares.has(one)),
      capabilities: [...capabilities].sort(),
      paths: [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, readOnly]) => ({ path, readOnly })),
      superuser: superuser.open ?? superuser.any ?? 'maybe',
      gainsRights: use.gainsRights,
    },
    source,
  )
}
