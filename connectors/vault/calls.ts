// Every call this connector can make, by the line of a policy that permits it. A call that is not here cannot be made; none
// of them gives out a value, a token or a credential.
import type { Permission } from '@/core/connector'

type Call = { gives: string; optional?: true; sudo?: true; open?: true; field?: string }

/** What can be asked only where there is such a mount; without the mount nothing is lost. */
const mounted = (gives: string, more: Pick<Call, 'field'> = {}): Call => ({ gives, optional: true, ...more })
/** What is asked only where the settings say so, or what an operator may well keep to themselves. */
const chosen = (gives: string, more: Pick<Call, 'field' | 'sudo'> = {}): Call => ({
  gives,
  optional: true,
  ...more,
})

/**
 * The verb is the capability, the rest the path: `<type>` stands for the path of a mount of that type, `+` for one name and
 * `*` for a path of several.
 */
export const CALLS = {
  'read sys/health': {
    gives: 'Which server it is, its version, and whether it is sealed. Needs no token.',
    open: true,
  },
  'update auth/<login>/login': {
    gives: 'Signs in with the AppRole, Kubernetes or JWT role of this connection; a given token skips it.',
    open: true,
  },
  'read sys/auth': { gives: 'The auth methods and how long their tokens may live.' },
  'read sys/mounts': { gives: 'The secrets engines and which of them keep versions.' },
  'list sys/policies/acl': { gives: 'The policies there are.' },
  'read sys/policies/acl/*': { gives: 'What each policy allows, by path and capability.' },
  'list identity/entity/id': { gives: 'The entities: whoever has signed in, and those made by hand.' },
  'read identity/entity/id/+': { gives: 'Policies, groups, aliases, owners and age of each entity.' },
  'list identity/group/id': { gives: 'The groups of entities.' },
  'read identity/group/id/+': { gives: 'Which policies the members of a group hold through it.' },
  'list auth/token/roles': { gives: 'The roles tokens are made by.' },
  'read auth/token/roles/+': { gives: 'Which policies such tokens may have and how long they live.' },
  'list auth/<approle>/role': mounted('The AppRoles.'),
  'read auth/<approle>/role/+': mounted('Policies and lifetimes of each AppRole.'),
  'list auth/<approle>/role/+/secret-id': mounted('The secret ids of each AppRole, by accessor.'),
  'update auth/<approle>/role/+/secret-id-accessor/lookup': mounted(
    'Age, end and use of each secret id; the secret id itself is not in the answer.',
    { field: 'secret_id_accessor' },
  ),
  'read auth/<kubernetes>/config': mounted('Which cluster a Kubernetes auth method belongs to.'),
  'list auth/<kubernetes>/role': mounted('The roles of service accounts.'),
  'read auth/<kubernetes>/role/+': mounted('Which service accounts may take each role, and its policies.'),
  'read auth/<jwt>/config': mounted('Whose tokens a JWT or OIDC auth method accepts.'),
  'list auth/<jwt>/role': mounted('The roles of outside workloads and people.'),
  'read auth/<jwt>/role/+': mounted('Which subjects and claims each role demands, and its policies.'),
  'list auth/<cert>/certs': mounted('The roles of TLS certificates.'),
  'read auth/<cert>/certs/+': mounted('Which names in a certificate each role demands, and its policies.'),
  'list auth/<userpass>/users': mounted('The users with a password.'),
  'read auth/<userpass>/users/+': mounted('Policies and lifetimes of each user.'),
  'list auth/<aws>/role': mounted('The roles of AWS principals.'),
  'read auth/<aws>/role/+': mounted('Which AWS principals may take each role, and its policies.'),
  'list auth/<azure>/role': mounted('The roles of Azure identities.'),
  'read auth/<azure>/role/+': mounted('Which Azure identities may take each role, and its policies.'),
  'list auth/<gcp>/role': mounted('The roles of Google service accounts.'),
  'read auth/<gcp>/role/+': mounted('Which Google service accounts may take each role, and its policies.'),
  'list <database>/roles': mounted('The roles that make database accounts.'),
  'read <database>/roles/+': mounted('How long such database accounts live.'),
  'list <database>/static-roles': mounted('The database accounts whose password is rotated.'),
  'read <database>/static-roles/+': mounted('When each such password was last rotated.'),
  'read <aws>/config/root': mounted(
    'By which access key id the AWS engine acts; the key is not in the answer.',
  ),
  'list <aws>/roles': mounted('The roles that make AWS credentials.'),
  'read <aws>/roles/+': mounted('Which AWS roles such credentials act as, and how long they live.'),
  'list <pki>/roles': mounted('The roles that issue certificates.'),
  'read <pki>/roles/+': mounted('How long such certificates live.'),
  'list <ssh>/roles': mounted('The roles that sign SSH keys.'),
  'read <ssh>/roles/+': mounted('How long such signatures live.'),
  'list <kubernetes>/roles': mounted('The roles that issue service account tokens.'),
  'read <kubernetes>/roles/+': mounted('Which service accounts such tokens act as, and how long they live.'),
  'list <kv>/metadata/*': mounted('The names of stored secrets (KV version 2 only).'),
  'read <kv>/metadata/*': mounted('Age and versions of each stored secret, never its value.'),
  'list sys/namespaces': chosen('Which namespaces there are, where the settings ask for all of them.'),
  'read sys/audit': chosen('Whether there is an audit device, whose log tells who used what.', {
    sudo: true,
  }),
  'list auth/token/accessors': chosen('The live tokens, by accessor. Only where the settings ask for it.', {
    sudo: true,
  }),
  'update auth/token/lookup-accessor': chosen('Age, end and policies of live tokens, never the token.', {
    field: 'accessor',
  }),
  'list sys/leases/lookup/*': chosen('The live leases. Only where the settings ask for it.', { sudo: true }),
  'update sys/leases/lookup': chosen('Age and end of each live lease.', { field: 'lease_id' }),
} as const satisfies Record<string, Call>
export type CallName = keyof typeof CALLS

export const LOGIN = 'update auth/<login>/login' satisfies CallName
export const PERMISSIONS: readonly Permission[] = Object.entries<Call>(CALLS).map(
  ([name, { gives, optional }]) => ({ name, gives, ...(optional && { optional }) }),
)

export const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name)
export type CallParams = Readonly<Record<string, unknown>>
export type Sent = { method: 'GET' | 'POST'; path: string; list: boolean; body?: Record<string, string> }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** Names hold whatever somebody typed: each part of a path is escaped by itself. */
const escaped = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/')
const templateOf = (name: CallName): string => name.slice(name.indexOf(' ') + 1)
const verbOf = (name: CallName): string => name.slice(0, name.indexOf(' '))

/** The request a call is sent as. Lists go as GET with `list=true`: not everything on the way knows the verb LIST. */
export function requestOf(name: CallName, params: CallParams): Sent {
  // In one pass: what is put in may itself hold such signs.
  const path = templateOf(name).replace(/<[a-z]+>|[+*]/g, (sign) => {
    if (sign === '+') return encodeURIComponent(text(params['name']))
    return escaped(text(params[sign === '*' ? 'path' : 'mount']))
  })
  const { field } = CALLS[name] as Call
  return {
    method: verbOf(name) === 'update' ? 'POST' : 'GET',
    path: path.replace(/\/$/, ''),
    list: verbOf(name) === 'list',
    ...(field !== undefined && { body: { [field]: text(params['id']) } }),
  }
}

export type PolicyLine = { path: string; capabilities: string[] }

/** The lines of a policy that permit a call on a mount; none where no token is needed. */
export function policyLinesOf(name: CallName, mount = ''): PolicyLine[] {
  const { sudo, open } = CALLS[name] as Call
  if (open) return []
  const path = templateOf(name).replace(/<[a-z]+>/, () => mount)
  const capabilities = [verbOf(name), ...(sudo ? ['sudo'] : [])]
  // Listing is asked of the path with a slash at its end: where a name stands in the middle, or root rights are needed,
  // older servers want the slash in the policy as well.
  const paths = verbOf(name) === 'list' && (path.includes('+') || sudo) && !path.endsWith('*')
  return [path, ...(paths ? [`${path}/`] : [])].map((one) => ({ path: one, capabilities }))
}

export const asHcl = ({ path, capabilities }: PolicyLine): string =>
  `path ${JSON.stringify(path)} { capabilities = [${capabilities.map((one) => JSON.stringify(one)).join(', ')}] }`

/** The type of mount a call is for: `auth/kubernetes` and `kubernetes` are two. */
export const mountTypeOf = (name: CallName): string | undefined => {
  const type = /^(auth\/)?<([a-z]+)>/.exec(templateOf(name))
  return type ? `${type[1] ?? ''}${type[2] ?? ''}` : undefined
}
