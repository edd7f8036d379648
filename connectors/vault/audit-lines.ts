// What one line of an audit log says: who did what where, at which time. Only named fields are read; what the server has
// hashed stays hashed and is not kept.
import { z } from 'zod'
import { withoutSecretForm } from '@/core/secret-like'

const text = z.string().nullish()
export const AuditLine = z.object({
  time: z.iso.datetime({ offset: true, precision: undefined }),
  type: z.string(),
  error: text,
  auth: z
    .object({
      entity_id: text,
      policies: z.array(z.string()).nullish(),
      metadata: z.object({ role: text, role_name: text, username: text, cert_name: text }).nullish(),
      policy_results: z.object({ allowed: z.boolean() }).nullish(),
    })
    .nullish(),
  request: z.object({
    operation: text,
    path: z.string(),
    mount_type: text,
    mount_point: text,
    namespace: z.object({ id: text, path: text }).nullish(),
  }),
})
export type AuditLine = z.output<typeof AuditLine>

export type Use = {
  /** The namespace without slashes around it. */
  ns: string
  /** Ids or paths of the identities that did it. */
  identities: string[]
  what: string
  at: string
}

const ROLE_FOLDERS: Readonly<Record<string, string>> = { userpass: 'users', cert: 'certs' }
/** Paths at which a credential is handed out: the name of the role is worth knowing. */
const ISSUING = /^(creds|static-creds|issue|sign|sts)$/
const WRITES = new Set(['create', 'update', 'patch'])
const NAME_MAX = 200

const parts = (path: string): string[] => path.split('/').filter((part) => part !== '')

/** `auth/kubernetes`, `kv`: the mount a path begins with. Newer servers say it; of others the first part is taken. */
export function mountOf({ path, mount_point }: AuditLine['request']): string {
  if (mount_point) return mount_point.replace(/\/$/, '')
  const [first = '', second = ''] = parts(path)
  return first === 'auth' ? `auth/${second}` : first
}

const isLogin = ({ path }: AuditLine['request']): boolean =>
  /^auth\/.+\/login(\/|$)/.test(path) || /^auth\/.+\/oidc\/callback$/.test(path)

/** The role somebody signed in through, by its path; where the log tells it. */
function roleOf({ auth, request }: AuditLine): string | undefined {
  const mount = mountOf(request)
  const { role, role_name, username, cert_name } = auth?.metadata ?? {}
  const failed = request.mount_type === 'userpass' ? parts(request.path).at(-1) : undefined
  const name = role_name ?? role ?? username ?? cert_name ?? failed
  if (!name || name.length > NAME_MAX) return undefined
  return `${mount}/${ROLE_FOLDERS[request.mount_type ?? ''] ?? 'role'}/${withoutSecretForm(name)}`
}

const VERBS: Readonly<Record<string, string>> = { read: 'read', list: 'list', scan: 'list', delete: 'delete' }

/** What was done, in words that hold no name beyond the mount and the role that handed a credential out. */
function deedOf(request: AuditLine['request']): string {
  const { operation, path } = request
  const mount = mountOf(request)
  if (isLogin(request)) return `sign-in through ${mount}`
  if (mount === 'auth/token') {
    const [, , verb = '', role] = parts(path)
    if (/^create(-orphan)?$/.test(verb))
      return role === undefined ? 'token made' : `token made by role ${role.slice(0, NAME_MAX)}`
    if (verb.startsWith('renew')) return 'token renewed'
    if (verb.startsWith('revoke')) return 'token revoked'
    return 'token looked up'
  }
  if (mount === 'sys') return `${verbOf(operation)} on sys/${parts(path)[1] ?? ''}`
  const [word = '', role = ''] = parts(path.slice(mount.length))
  if (ISSUING.test(word)) return `credential from ${mount}/${word}/${role.slice(0, NAME_MAX)}`
  return `${verbOf(operation)} on ${mount}/…`
}
const verbOf = (operation: string | null | undefined): string =>
  VERBS[operation ?? ''] ?? (WRITES.has(operation ?? '') ? 'write' : 'call')

function identitiesOf(line: AuditLine, scopeOf: (ns: string) => string, ns: string): string[] {
  const { auth, request } = line
  const role = isLogin(request) ? roleOf(line) : undefined
  const madeBy =
    mountOf(request) === 'auth/token' ? /^auth\/token\/create\/([^/]+)/.exec(request.path)?.[1] : undefined
  const isRoot = !auth?.entity_id && auth?.policies?.includes('root') === true
  return [
    ...(auth?.entity_id ? [auth.entity_id] : []),
    ...(isRoot ? [`${scopeOf(ns)}/root`] : []),
    ...(role === undefined ? [] : [role]),
    ...(madeBy === undefined ? [] : [`auth/token/roles/${madeBy.slice(0, NAME_MAX)}`]),
  ]
}

/** What a line tells. @param scopeOf the id of the scope of a namespace */
export function useOf(line: AuditLine, scopeOf: (ns: string) => string): Use {
  const { error, request, time, auth } = line
  const ns = (request.namespace?.path ?? '').replace(/\/$/, '')
  const isDenied = /permission denied/.test(error ?? '') || auth?.policy_results?.allowed === false
  const how = isDenied ? 'denied ' : error ? 'failed ' : ''
  return {
    ns,
    identities: identitiesOf(line, scopeOf, ns),
    what: withoutSecretForm(`${how}${deedOf(request)}`),
    at: new Date(time).toISOString(),
  }
}
