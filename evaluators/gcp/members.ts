// Who a member of a policy means: judged for one principal at a time. What only the directory or a token tells stays open.
import type { Principal } from '@/core/access'
import { any, depends, no, yes, type Answer } from '../three-valued'
import type { Hierarchy } from './hierarchy'
import { short, unseen } from './words'

/** A principal by the names that policies may call it. */
export type Who = {
  kind: 'account' | 'agent' | 'pool' | 'everyone' | 'other'
  id: string
  emails: ReadonlySet<string>
  project: string | undefined
  /** Of a pool: which, and what of it (`subject/…`, `attribute.x/…`, `*`). */
  pool: Pool | undefined
  groups: ReadonlySet<string>
}
export type Pool = { project: string; pool: string; rest: string }

const POOL =
  /^(?:principal(?:Set)?:\/\/|\/\/)iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)(?:\/(.+))?$/s
const CLUSTER = /^(?:serviceAccount:)?([^[\]@]+)\.svc\.id\.goog\[([^/\]]+)\/([^\]]+)\]$/
const EMAIL = /^[^\s/:@[\]]+@[^\s/:@[\]]+$/

/** Members of pools in one form, those of clusters too: their pool bears the id of their project. */
export function poolOf(member: string): Pool | undefined {
  const [, id, namespace, name] = CLUSTER.exec(member) ?? []
  if (id !== undefined)
    return { project: id, pool: `${id}.svc.id.goog`, rest: `subject/ns/${namespace}/sa/${name}` }
  const [, project, pool, rest] = POOL.exec(member) ?? []
  return project === undefined || pool === undefined ? undefined : { project, pool, rest: rest ?? '*' }
}
export const isCluster = ({ pool }: Pool): boolean => pool.endsWith('.svc.id.goog')

/** The project of a service account by its address, by id or number; undefined for those of Google. */
export function projectOfEmail(email: string): string | undefined {
  const [local = '', domain = ''] = email.split('@')
  if (domain === 'developer.gserviceaccount.com') return /^(\d+)-compute$/.exec(local)?.[1]
  if (domain === 'appspot.gserviceaccount.com') return unDotted(local)
  const id = /^([^@]+)\.iam\.gserviceaccount\.com$/.exec(domain)?.[1]
  return id === undefined || id.startsWith('gcp-sa-') || /^service-\d+$/.test(local)
    ? undefined
    : unDotted(id)
}
/** `shop.example.com` is how `example.com:shop` is written in an address. */
const unDotted = (text: string): string => {
  const dot = text.indexOf('.')
  return dot < 0 ? text : `${text.slice(dot + 1)}:${text.slice(0, dot)}`
}

export function whoIs(names: readonly string[], held: Principal['held'], hierarchy: Hierarchy): Who {
  const [id = ''] = names
  const emails = new Set(
    names.flatMap((name) => {
      const text = name.replace(/^serviceAccount:/, '').replace(/^projects\/[^/]+\/serviceAccounts\//, '')
      return EMAIL.test(text) ? [text.toLowerCase()] : []
    }),
  )
  const pool = names.map(poolOf).find((one) => one !== undefined)
  const named = names
    .map((name) => /^projects\/([^/]+)\/serviceAccounts\//.exec(name)?.[1])
    .find((one) => one !== undefined)
  const project = named ?? [...emails].map(projectOfEmail).find((one) => one !== undefined) ?? pool?.project
  const groups = new Set(held.flatMap(({ via }) => /^group (group:\S+)$/.exec(via)?.[1]?.toLowerCase() ?? []))
  const isEveryone = id === 'allUsers' || id === 'allAuthenticatedUsers'
  const isGoogle = [...emails].some((email) => email.endsWith('gserviceaccount.com'))
  const kind = isEveryone
    ? 'everyone'
    : pool
      ? 'pool'
      : isGoogle && project === undefined
        ? 'agent'
        : isGoogle
          ? 'account'
          : 'other'
  return {
    kind,
    id,
    emails,
    project: project === undefined ? undefined : hierarchy.projectId(project),
    pool,
    groups,
  }
}

const ACCOUNT =
  /^(?:serviceAccount:|principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/)([^?]+@[^?]+)$/
const DELETED =
  /^deleted:(?:serviceAccount:|principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/)([^?]+)(?:\?uid=(\d+))?$/
const GROUP = /^(?:group:|principalSet:\/\/goog\/group\/)(.+)$/
const WITHIN =
  /^(?:principalSet:)?\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)(\/type\/\w+)?$/
const PERSON =
  /^(user:|domain:|deleted:(user|group|domain|principal):|deleted:principal(Set)?:\/\/|principal:\/\/goog\/subject\/|(?:principal(Set)?:)?\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/)/

/** Whether the member means the principal. */
export function means(member: string, who: Who, hierarchy: Hierarchy): Answer {
  const account = ACCOUNT.exec(member)?.[1]
  if (account !== undefined && !CLUSTER.test(member))
    return who.emails.has(account.toLowerCase()) ? yes() : no()
  const deleted = DELETED.exec(member)
  if (deleted) return deleted[2] !== undefined && deleted[2] === who.id ? yes() : no()
  if (member === 'allUsers' || member === 'principalSet://goog/public:all') return yes()
  if (member === 'allAuthenticatedUsers') return authenticated(who)
  const group = GROUP.exec(member)?.[1]
  if (group !== undefined) return inGroup(`group:${group.toLowerCase()}`, who)
  const pool = poolOf(member)
  if (pool) return inPool(pool, who, hierarchy)
  const [, node, kind] = WITHIN.exec(member) ?? []
  if (node !== undefined) return belongs(node, kind, who, hierarchy)
  if (PERSON.test(member))
    return who.kind === 'other' ? depends(`Whether it is meant by ${short(member)} is not known.`) : no()
  return depends(`Whom ${short(member)} means is not known here.`)
}
/** Everyone who signed in to Google: service accounts too, workloads of pools not (cloud.google.com/iam/docs/principals-overview). */
function authenticated({ kind, id }: Who): Answer {
  if (kind === 'account' || kind === 'agent' || id === 'allAuthenticatedUsers') return yes()
  return kind === 'other' ? depends('Whether it has signed in to Google is not known.') : no()
}
function inGroup(group: string, { groups, kind }: Who): Answer {
  if (groups.has(group)) return yes()
  if (kind === 'everyone') return no()
  return depends(unseen(`whether it is in ${group} is not known.`))
}
function inPool({ project, pool, rest }: Pool, who: Who, hierarchy: Hierarchy): Answer {
  const own = who.pool
  if (!own || who.kind === 'account' || who.kind === 'agent')
    return who.kind === 'other' ? depends(`Whether it comes in through the pool ${pool} is not known.`) : no()
  if (own.pool !== pool) return no()
  const same = hierarchy.isUnder(`projects/${own.project}`, `projects/${hierarchy.projectId(project)}`)
  if (same.value === 'no' && !isCluster(own)) return no()
  if (rest === '*' || rest === own.rest) return isCluster(own) ? yes() : same
  const namespace = /^namespace\/(.+)$/.exec(rest)?.[1]
  const inside = /^subject\/ns\/([^/]+)\/sa\//.exec(own.rest)?.[1]
  if (namespace !== undefined && inside !== undefined) return namespace === inside ? yes() : no()
  // One subject is no other, and a set is not what one of it is.
  if (!own.rest.startsWith('subject/') || rest.startsWith('subject/')) return no()
  return depends(`Whether a token of ${short(own.rest)} comes out as ${short(rest)} is not known.`)
}
function belongs(node: string, kind: string | undefined, who: Who, hierarchy: Hierarchy): Answer {
  if (who.kind === 'everyone') return no()
  if (kind !== undefined && kind !== '/type/ServiceAccount')
    return depends(`Whether it is of the kind ${kind.slice(6)} is not known.`)
  if (kind !== undefined && who.kind === 'pool') return no()
  if (who.project === undefined) return depends(unseen(`of which project it is, is not known.`))
  const above = node.startsWith('projects/') ? `projects/${hierarchy.projectId(node.slice(9))}` : node
  return hierarchy.isUnder(`projects/${who.project}`, above)
}

export const meansAny = (members: readonly string[], who: Who, hierarchy: Hierarchy): Answer =>
  any(members.map((member) => means(member, who, hierarchy)))
