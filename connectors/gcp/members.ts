// Members of bindings, as Google Cloud writes them, told apart.

export type Member = { text: string } & (
  | { kind: 'service-account'; email: string }
  /** A service account of a cluster: `<pool>[<namespace>/<name>]`. */
  | { kind: 'cluster-account'; name: string; pool: string }
  | { kind: 'deleted'; id: string | undefined; email: string | undefined }
  | { kind: 'pool'; pool: string; project: string; rest: string }
  /** Every service account, or everything, of a project, folder or organisation. */
  | { kind: 'resource-set'; resource: string }
  | { kind: 'group'; email: string }
  | { kind: 'everyone' }
  | { kind: 'agent' }
  | { kind: 'resource' }
  | { kind: 'person' }
  | { kind: 'other' }
)

const CLUSTER_ACCOUNT = /^serviceAccount:([^[\]]+\.svc\.id\.goog)\[([^/\]]+\/[^\]]+)\]$/
const DELETED = /^deleted:serviceAccount:([^?]+)(?:\?uid=(\d+))?$/
const POOL =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(\d+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/(.+)$/
const RESOURCE_SET =
  /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)(?:\/type\/ServiceAccount)?$/
/** Agents and sets of them, by the trust domain that Google runs for an organisation. */
const AGENT = /^principal(Set)?:\/\/[^/]+\.system\.id\.goog\//
/** Resources that act with an identity of their own, by the API they belong to. */
const RESOURCE =
  /^principal(Set)?:\/\/(?!iam\.|cloudresourcemanager\.)[a-z0-9-]+\.googleapis\.com\/projects\//
/** Workforce pools are of people; convenience values stand for whoever holds a basic role. */
const PERSON =
  /^(user:|domain:|project(Owner|Editor|Viewer):|deleted:(user|group|domain|principal):|principal(Set)?:\/\/(iam\.googleapis\.com\/locations\/global\/workforcePools|goog)\/)/

function kindOf(text: string): Record<string, unknown> & { kind: Member['kind'] } {
  const cluster = CLUSTER_ACCOUNT.exec(text)
  if (cluster) return { kind: 'cluster-account', pool: cluster[1], name: `${cluster[1]}[${cluster[2]}]` }
  if (text.startsWith('serviceAccount:'))
    return { kind: 'service-account', email: text.slice('serviceAccount:'.length).toLowerCase() }
  const deleted = DELETED.exec(text)
  if (deleted) return { kind: 'deleted', email: deleted[1], id: deleted[2] }
  if (text === 'allUsers' || text === 'allAuthenticatedUsers') return { kind: 'everyone' }
  if (text.startsWith('group:')) return { kind: 'group', email: text.slice('group:'.length).toLowerCase() }
  const pool = POOL.exec(text)
  if (pool) return { kind: 'pool', project: pool[1], pool: pool[2], rest: pool[3] }
  const set = RESOURCE_SET.exec(text)
  if (set) return { kind: 'resource-set', resource: set[1] }
  if (AGENT.test(text)) return { kind: 'agent' }
  if (RESOURCE.test(text)) return { kind: 'resource' }
  return { kind: PERSON.test(text) ? 'person' : 'other' }
}
export const readMember = (text: string): Member => ({ text, ...kindOf(text) }) as Member
