// Who a principal is to the API server: a user name and groups, as its authenticators tell them.
import type { Principal } from '@/core/access'

export const MASTERS = 'system:masters'
const AUTHENTICATED = 'system:authenticated'
const UNAUTHENTICATED = 'system:unauthenticated'
const ACCOUNTS = 'system:serviceaccounts'
const ACCOUNT = 'system:serviceaccount:'
const NODE = 'system:node:'

export type Subject = {
  kind: 'account' | 'node' | 'user' | 'group'
  /** User name, or name of the group. */
  name: string
  /** Of a service account. */
  namespace?: string
  /** Name of a service account within its namespace, or of a node. */
  own?: string
  /** All groups that the server surely puts it into. */
  groups: readonly string[]
  /** Whether there can be more: those of users are decided outside of the cluster. */
  hasOtherGroups: boolean
  /** Id of the identity of another system that is this one here: it has rights of its own beside those of the name. */
  guest?: string
}

/** Groups of service accounts are fixed: `serviceaccount.MakeGroupNames` of kubernetes/apiserver. */
function accountOf(name: string): Subject | undefined {
  const [namespace = '', own = '', ...more] = name.slice(ACCOUNT.length).split(':')
  if (!name.startsWith(ACCOUNT) || !namespace || !own || more.length) return undefined
  const groups = [ACCOUNTS, `${ACCOUNTS}:${namespace}`, AUTHENTICATED]
  return { kind: 'account', name, namespace, own, groups, hasOtherGroups: false }
}

const nodeOf = (name: string): Subject => ({
  kind: 'node',
  name,
  own: name.slice(NODE.length),
  groups: ['system:nodes', AUTHENTICATED],
  hasOtherGroups: false,
})

function userOf(name: string): Subject {
  if (name === 'system:anonymous')
    return { kind: 'user', name, groups: [UNAUTHENTICATED], hasOtherGroups: false }
  return { kind: 'user', name, groups: [AUTHENTICATED], hasOtherGroups: true }
}

/** A group stands for whoever is in it: its members are in these groups too. */
function groupOf(name: string): Subject {
  const above = name.startsWith(`${ACCOUNTS}:`) ? [ACCOUNTS] : []
  const signedIn = name === UNAUTHENTICATED || name === AUTHENTICATED ? [] : [AUTHENTICATED]
  return { kind: 'group', name, groups: [name, ...above, ...signedIn], hasOtherGroups: false }
}

/** Undefined where it is nothing that the API server knows: a SPIFFE ID, for instance. */
export function subjectOf({ id, type, name, aliases }: Principal): Subject | undefined {
  if (id.startsWith('user:')) return userOf(id.slice('user:'.length))
  if (id.startsWith('group:')) return groupOf(id.slice('group:'.length))
  const names = [id, ...aliases]
  const account = names.find((one) => one.startsWith(ACCOUNT))
  if (account !== undefined) return accountOf(account)
  const node = names.find((one) => one.startsWith(NODE))
  if (node !== undefined) return nodeOf(node)
  if (type === 'kubernetes.service-account' && name.includes('/'))
    return accountOf(`${ACCOUNT}${name.replace('/', ':')}`)
  return undefined
}

/** What a request says of the groups of a user: then they are known. Whoever signs in is authenticated. */
export function withGroups(
  subject: Subject,
  context: Readonly<Record<string, string | readonly string[]>> | undefined,
): Subject {
  if (!subject.hasOtherGroups || !context || !Object.hasOwn(context, 'groups')) return subject
  const said = context['groups'] ?? []
  const groups = new Set(typeof said === 'string' ? [said] : said)
  if (!groups.has(UNAUTHENTICATED)) groups.add(AUTHENTICATED)
  return { ...subject, groups: [...groups], hasOtherGroups: false }
}
