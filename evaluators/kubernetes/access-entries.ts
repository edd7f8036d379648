// Access entries of EKS: as whom a cluster takes an AWS identity, and what AWS lets it do there beside the roles of the cluster.
// https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
import type { Guest, Realm } from '@/core/access'
import { fitsPattern } from '@/core/join'
import { accessPolicy } from './access-policies'
import type { Grant } from './cluster'
import type { Subject } from './subjects'

export const ENTRY_LANGUAGE = 'eks-access-entry'
const AUTHENTICATION = 'aws.eks-authentication'
const AUTHENTICATED = 'system:authenticated'
/** What nodes of EKS are, whatever their entry says: groups of another type cannot be set. */
const NODE_GROUPS = ['system:bootstrappers', 'system:nodes', AUTHENTICATED]
const NODE_TYPES = new Set(['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'EC2'])
/** The name of the session, chosen by whoever assumes the role; of a node its address. */
const TEMPLATE = /\{\{[A-Za-z0-9]+\}\}/g

/** One way in: an AWS identity as a user of the cluster. */
export type Entry = {
  guest: Guest
  /** Undefined where nothing that lets it in could be read. */
  subject: Subject | undefined
  /** Names that it can bear by how its session is called, with a star for what is chosen. */
  pattern: string | undefined
  grants: readonly Grant[]
  name: string
  /** What was not seen of it. */
  missing: readonly string[]
  /** Why it is not let in after all. */
  refused?: string
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/**
 * EKS keeps the unique id of whom an entry was made for, so that one who was made anew under the same ARN is not let in.
 * @returns undefined where there is nothing that lets it in
 */
export function entryOf(guest: Guest, namespaces: Iterable<string>): Entry | undefined {
  const places = [...namespaces]
  const lets = guest.lets.filter(({ document }) => !isOlder(document, guest))
  const [first] = lets
  if (!first) {
    const name = guest.lets[0]?.name
    if (name === undefined) return undefined
    const refused = `${name} was made for one who bore the ARN before: EKS keeps the unique id.`
    return { guest, subject: undefined, pattern: undefined, grants: [], name, missing: [], refused }
  }
  const told = lets.find(({ document, language }) => document && language === ENTRY_LANGUAGE)
  const { document } = told ?? {}
  if (!told || !document) {
    const missing = [`What the access entry ${first.name} says could not be read.`]
    return { guest, subject: undefined, pattern: undefined, grants: [], name: first.name, missing }
  }
  const username = textOf(document['username'])
  const isNode = NODE_TYPES.has(textOf(document['type']) ?? '')
  const isTemplate = username !== undefined && username.search(TEMPLATE) >= 0
  return {
    guest,
    name: told.name,
    subject: {
      kind: isNode ? 'node' : 'user',
      name: username ?? '',
      groups: isNode ? NODE_GROUPS : [...new Set([...textsOf(document['groups']), AUTHENTICATED])],
      hasOtherGroups: false,
      guest: guest.id,
    },
    pattern: isTemplate ? username.replace(TEMPLATE, '*') : undefined,
    grants: isNode ? [] : policiesOf(document['policies'], told.name, places),
    missing: username === undefined ? [`As which user ${told.name} lets it in is not told.`] : [],
  }
}

/** Whether the entry is older than whom it names: it was made for one who bore the ARN before. */
function isOlder(document: Guest['lets'][number]['document'], { createdAt }: Guest): boolean {
  const made = Date.parse(textOf(document?.['createdAt']) ?? '')
  return createdAt !== undefined && Date.parse(createdAt) > made
}

function policiesOf(policies: unknown, entry: string, namespaces: readonly string[]): Grant[] {
  if (!Array.isArray(policies)) return [grantOf('policies that could not be read', entry, undefined)]
  return policies.flatMap((one): Grant[] => {
    const { policy, scope, namespaces: named } = (one ?? {}) as Record<string, unknown>
    const name = textOf(policy) ?? 'a policy without a name'
    if (scope === 'cluster') return [grantOf(name, entry, undefined)]
    // A name can hold stars: then it is every namespace that fits.
    const places = textsOf(named).flatMap((text) =>
      text.includes('*') ? namespaces.filter((one) => fitsPattern(text, one)) : [text],
    )
    return [...new Set(places)].map((place) => grantOf(name, entry, place))
  })
}

function grantOf(policy: string, entry: string, place: string | undefined): Grant {
  const role = accessPolicy(policy)
  const held = {
    id: `access-policy/${policy}`,
    name: policy,
    language: ENTRY_LANGUAGE,
    effect: 'allow' as const,
    via: `access entry ${entry}`,
    ...(place !== undefined && { place }),
  }
  return { held, place, role, state: role ? 'read' : 'unread' }
}

/**
 * By what the cluster lets AWS identities in: `API`, `CONFIG_MAP` or `API_AND_CONFIG_MAP`; undefined where that is not known.
 * https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html#authentication-modes
 */
export const authenticationMode = ({ rulings }: Realm): string | undefined =>
  textOf(rulings.find(({ type }) => type === AUTHENTICATION)?.document?.['mode'])
