// By what a container reaches the node it runs on: what Pod Security Standards keep out at level baseline, and how sure each is.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
import type { HostAccess } from '@/core/observation'

/** A way out of a container; `missing`: what it depends on, empty where nothing does. */
export type Door = { because: string; missing: readonly string[] }

/** Writing here makes the node run something, or gives what its agent signs in with. */
const FOLDERS = new Set([
  ...['/', '/etc', '/root', '/var', '/var/lib', '/var/lib/kubelet'],
  ...['/etc/kubernetes', '/etc/kubernetes/manifests'],
])
/** Whoever speaks to one of these starts containers as it likes; that the file itself is read only does not matter. */
const SOCKETS = new Set(
  ['/run', '/var/run'].flatMap((folder) => [
    folder,
    ...['docker.sock', 'dockershim.sock', 'cri-dockerd.sock'].map((name) => `${folder}/${name}`),
    ...['containerd', 'containerd/containerd.sock', 'crio', 'crio/crio.sock'].map(
      (name) => `${folder}/${name}`,
    ),
  ]),
)
/** With the processes of the node in sight, each of these enters them. */
const ENTERING = ['ALL', 'SYS_ADMIN', 'SYS_PTRACE']
/** Known ways out, if nothing else on the node forbids them. */
const STRONG = ['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF']
const PROFILES = 'Whether seccomp, AppArmor or SELinux of the node let it is not told here.'
const READ_ONLY = 'It can only read there: what that gives depends on what the node keeps there.'
const USERS: Readonly<Record<HostAccess['superuser'], readonly string[]>> = {
  yes: [],
  maybe: ['As which user it runs is left to its image, which is not read.'],
  no: ['It runs as another user than root: whether it can become root is not told.'],
}

/** The surest way out; undefined where there is none that is known. */
export function doorOf(host: HostAccess): Door | undefined {
  const doors = [...doorsOf(host)]
  const best = doors.find(({ missing }) => !missing.length) ?? doors[0]
  return best && { ...best, missing: [...best.missing, ...USERS[host.superuser]] }
}

function* doorsOf({ privileged, shares, capabilities, paths }: HostAccess): Generator<Door> {
  if (privileged) yield { because: 'It is privileged.', missing: [] }
  const entering = shares.includes('pid') ? capabilities.find((one) => ENTERING.includes(one)) : undefined
  if (entering !== undefined)
    yield { because: `It sees the processes of its node, and ${entering} lets it enter them.`, missing: [] }
  for (const { path, readOnly } of paths) {
    const bare = path.length > 1 ? path.replace(/\/+$/, '') : path
    if (SOCKETS.has(bare)) yield { because: `It reaches the container runtime by ${path}.`, missing: [] }
    else if (FOLDERS.has(bare))
      yield { because: `It mounts ${path} of its node.`, missing: readOnly ? [READ_ONLY] : [] }
  }
  const strong = capabilities.find((one) => STRONG.includes(one))
  if (strong !== undefined) yield { because: `It has the capability ${strong}.`, missing: [PROFILES] }
}
