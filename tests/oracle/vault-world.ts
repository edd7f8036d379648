// Small namespaces of a server, with the rows as the connector of Vault writes them.
import type { Held, Principal, Realm, Thing, TrustStatement } from '@/core/access'

export type Path = Record<string, unknown> & { path: string; capabilities: string[] }
export const path = (
  at: string,
  capabilities: string | string[],
  rest: Record<string, unknown> = {},
): Path => ({
  path: at,
  capabilities: typeof capabilities === 'string' ? capabilities.split(' ').filter(Boolean) : capabilities,
  ...rest,
})
export const policy = (name: string, ...paths: Path[]): Held => ({
  id: name,
  name,
  language: 'vault',
  effect: 'allow',
  via: 'attached',
  document: { paths },
})
export const unread = (name: string): Held => ({
  id: name,
  name,
  language: 'vault',
  effect: 'allow',
  via: 'attached',
})
/** A grant of a policy that is not among those that were read. */
export const nameless = (name: string): Held => ({ ...unread(name), language: '' })
export const DEFAULT = policy(
  'default',
  path('auth/token/lookup-self', 'read'),
  path('auth/token/renew-self', 'update'),
  path('sys/capabilities-self', 'update'),
  path('identity/entity/id/{{identity.entity.id}}', 'read'),
  path('identity/entity/name/{{identity.entity.name}}', 'read'),
  path('cubbyhole/*', 'create read update delete list'),
)

export const trust = (of: string, rest: Partial<TrustStatement>): TrustStatement => ({
  id: `${of}/trust/${rest.principal ?? 'x'}`,
  principalType: 'federated',
  principal: '*',
  effect: 'allow',
  actions: ['login'],
  ...rest,
})
type Rest = Partial<Principal>
const principal = (id: string, type: string, name: string, rest: Rest): Principal => ({
  id,
  type,
  name,
  aliases: [],
  class: 'machine',
  enabled: true,
  tags: {},
  held: [],
  trusts: [],
  ...rest,
})
const FOLDERS: Readonly<Record<string, readonly [accessor: string, mount: string, folder: string]>> = {
  approle: ['auth_approle_1', 'approle', 'role'],
  kubernetes: ['auth_kubernetes_1', 'kubernetes', 'role'],
  jwt: ['auth_jwt_1', 'github', 'role'],
  aws: ['auth_aws_1', 'aws', 'role'],
  azure: ['auth_azure_1', 'azure', 'role'],
  gcp: ['auth_gcp_1', 'gcp', 'role'],
  cert: ['auth_cert_1', 'cert', 'certs'],
  userpass: ['auth_userpass_1', 'userpass', 'users'],
  token: ['auth_token_1', 'token', 'roles'],
}
export const roleId = (method: string, name: string): string => {
  const [accessor = '', , folder = ''] = FOLDERS[method] ?? []
  return `${accessor}/${folder}/${name}`
}
/** A role of a login method, as `<accessor>/<folder>/<name>`, going by its path. */
export function role(method: string, name: string, held: Held[], rest: Rest = {}): Principal {
  const [, mount = '', folder = ''] = FOLDERS[method] ?? []
  const type = method === 'userpass' ? 'vault.userpass-user' : `vault.${method}-role`
  return principal(roleId(method, name), type, name, {
    aliases: [`auth/${mount}/${folder}/${name}`],
    held,
    ...rest,
  })
}
export const entity = (id: string, name: string, held: Held[], rest: Rest = {}): Principal =>
  principal(id, 'vault.entity', name, { held, ...rest })
export const token = (id: string, held: Held[], rest: Rest = {}): Principal =>
  principal(id, 'vault.token', id, { held, ...rest })
export const alias = (
  of: string,
  id: string,
  mount: string,
  name: string,
  metadata?: Record<string, string>,
): TrustStatement => ({
  ...trust(of, { principal: `auth/${mount} ${name}`, principalType: 'identity' }),
  id: `${of}/trust/alias/${id}`,
  ...(metadata && { conditions: { metadata } }),
})

export const secret = (name: string): Thing => ({
  kind: 'secret',
  id: `kv_1/${name.slice(name.indexOf('/') + 1)}`,
  type: 'vault.kv-secret',
  name,
})
export const issuer = (engine: string, mount: string, name: string, sort?: string): Thing => ({
  kind: 'issuer',
  id: `${engine}_1/roles/${name}`,
  type: `vault.${engine === 'database' || engine === 'pki' || engine === 'ssh' ? engine : `${engine}-engine`}-role`,
  name: `${mount}/${name}${sort === undefined ? '' : ` (${sort})`}`,
})
export const unreadEngine = (mount: string, type: string): Thing => ({
  kind: 'issuer',
  id: `${type}_9`,
  type: 'vault.engine-unread',
  name: `${mount} (${type})`,
})

export const realmOf = (principals: Principal[], rest: Partial<Realm> = {}): Realm => ({
  id: 'cluster',
  type: 'vault.openbao-cluster',
  name: 'vault.example:8200',
  principals,
  elsewhere: [],
  runners: [],
  rulings: [],
  things: [],
  unseen: [],
  ...rest,
})
