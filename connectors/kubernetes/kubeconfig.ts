// Checks a kubeconfig before it is used. It comes from a browser and is used on the server: it may not name files there, and
// run commands there only where that was allowed.
import { isAlias, parseDocument, visit } from 'yaml'
import { z } from 'zod'

const list = <T extends z.ZodType>(item: T) => z.array(item).nullish()
const Named = <T extends z.ZodType>(key: string, inner: T) =>
  z.looseObject({ name: z.string(), [key]: inner })
const ClusterEntry = z.looseObject({
  server: z.string(),
  'certificate-authority': z.unknown().optional(),
  'certificate-authority-data': z.string().optional(),
})
const UserEntry = z.looseObject({ exec: z.unknown().optional() }).nullish()
const ContextEntry = z.looseObject({ cluster: z.string(), user: z.string() })
const Shape = z.looseObject({
  'current-context': z.string().nullish(),
  clusters: list(Named('cluster', ClusterEntry)),
  users: list(Named('user', UserEntry)),
  contexts: list(Named('context', ContextEntry)),
})

export type KubeContext = { name: string; server: string; usesExec: boolean }
export type ReadKubeconfig = {
  config: Record<string, unknown>
  current: string | undefined
  contexts: KubeContext[]
}

/** Fields that name a file on the machine of the one who wrote it. Their contents can stand in the kubeconfig itself. */
const FILES = ['client-certificate', 'client-key', 'tokenFile', 'certificate-authority']
const INLINE = 'Run kubectl config view --raw --flatten --minify and paste its output.'

export function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host)
}
/** What is wrong with the address of an API server, if anything. A token must not travel in the clear. */
export function serverProblem(server: string): string | undefined {
  if (!URL.canParse(server)) return 'is not a URL'
  const { protocol, hostname, username } = new URL(server)
  if (username) return 'must not hold a user name'
  if (protocol === 'https:' || (protocol === 'http:' && isLocal(hostname))) return undefined
  return 'must begin with https:// (http:// only for this machine)'
}

function userProblem(name: string, user: Record<string, unknown>): string | undefined {
  const file = FILES.find((field) => user[field] !== undefined)
  if (file) return `The user ${name} names a file (${file}). ${INLINE}`
  if (user['auth-provider'] !== undefined)
    return `The user ${name} signs in through an auth-provider, which Kubernetes has given up. Use a token, a certificate or an exec plugin.`
  return undefined
}

/** The kubeconfig, or what is wrong with it as a sentence that holds nothing of its content but names. */
export function readKubeconfig(text: string): ReadKubeconfig | { problem: string } {
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' })
  const [error] = document.errors
  if (error) return { problem: `line ${error.linePos?.[0].line ?? 1}: this is not YAML. ${INLINE}` }
  let aliases = 0
  visit(document, { Node: (_, node) => void (isAlias(node) && aliases++) })
  if (aliases) return { problem: `Anchors and aliases are not read. ${INLINE}` }
  const config: unknown = document.toJS()
  const parsed = Shape.safeParse(config)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { problem: `${issue?.path.join('.') || 'It'}: this is not a kubeconfig. ${INLINE}` }
  }
  const { clusters, users, contexts } = parsed.data
  for (const { name, cluster } of clusters ?? []) {
    const { server, 'certificate-authority': file } = cluster as z.infer<typeof ClusterEntry>
    const wrong = serverProblem(server)
    if (wrong) return { problem: `The server of cluster ${String(name)} ${wrong}.` }
    if (file !== undefined) return { problem: `The cluster ${String(name)} names a file. ${INLINE}` }
  }
  const userOf = (name: string): Record<string, unknown> =>
    ((users ?? []).find((user) => user.name === name)?.['user'] ?? {}) as Record<string, unknown>
  const found: KubeContext[] = []
  for (const { name, context } of contexts ?? []) {
    const { cluster, user } = context as z.infer<typeof ContextEntry>
    const held = (clusters ?? []).find((one) => one.name === cluster)
    if (!held) return { problem: `The context ${String(name)} names a cluster that is not there.` }
    const wrong = userProblem(user, userOf(user))
    if (wrong) return { problem: wrong }
    const { server } = held['cluster'] as z.infer<typeof ClusterEntry>
    found.push({ name: String(name), server, usesExec: userOf(user)['exec'] != null })
  }
  return { config: parsed.data, current: parsed.data['current-context'] ?? undefined, contexts: found }
}
