// A cluster, compiled once: who is who, what each name is granted and where, and what runs in which namespace.
import type { Held, Principal, Realm, RealmPart, Runner } from '@/core/access'
import { fitsPattern } from '@/core/join'
import { authenticationMode, entryOf, type Entry } from './access-entries'
import { readRole, type Role } from './rules'
import { subjectOf, type Subject } from './subjects'

export const LANGUAGE = 'kubernetes-rbac'
const NAMESPACE = 'kubernetes.namespace'

/**
 * What came of a role: `gone`: there is none of that name, which gives nothing; `unread`, `unplaced` (a RoleBinding of an
 * unknown namespace) and `foreign` (not RBAC) may allow anything.
 */
type State = 'read' | 'gone' | 'unread' | 'unplaced' | 'foreign'
export type Grant = {
  held: Held
  state: State
  role: Role | undefined
  /** Of the namespace only; undefined: in the whole cluster. */
  place: string | undefined
}
/** A grant as somebody has it: by its own name, or through a group. */
export type Own = { grant: Grant; group: string | undefined }
export type Account = { id: string; namespace: string; own: string; isJoined: boolean }

export class Cluster {
  private readonly roles = new Map<string, Role | undefined>()
  private readonly byDocument = new Map<object, Role | undefined>()
  readonly subjects = new Map<string, Subject | undefined>()
  readonly principals = new Map<string, Principal>()
  /** Identities of other systems that are let in, by their own ids. */
  readonly guests = new Map<string, Entry>()
  private readonly granted = new Map<string, Grant[]>()
  readonly accounts = new Map<string, Account[]>()
  readonly nodes: { id: string; own: string }[] = []
  readonly users: { id: string; name: string }[] = []
  readonly groups: { id: string; name: string }[] = []
  readonly runners = new Map<string, Runner[]>()
  readonly namespaces = new Set<string>()
  private byNode: Map<string, Runner[]> | undefined
  private nodesByName: Map<string, { id: string; own: string }[]> | undefined
  private byAccount: Map<string, Runner[]> | undefined
  /** Stored Secrets, without what they hold. */
  readonly secrets: readonly { id: string; place: string; name: string }[]
  /** The only namespace that is read, where that is so. */
  readonly only: string | undefined
  private readonly owned = new Map<string, readonly Own[]>()
  /** Roles that somebody is bound to, whether they are there or not. */
  readonly bound = new Set<string>()

  constructor(readonly realm: Realm) {
    this.only = realm.type === NAMESPACE ? realm.id.slice(realm.id.indexOf('/') + 1) : undefined
    this.secrets = realm.things.flatMap(({ kind, type, id, name }) => {
      const [place = '', own = ''] = name.split('/')
      return kind === 'secret' && type === 'kubernetes.secret' ? [{ id, place, name: own }] : []
    })
    for (const principal of realm.principals) this.addPrincipal(principal)
    for (const runner of realm.runners) {
      const place = runner.namespace ?? ''
      push(this.runners, place, runner)
      if (place) this.namespaces.add(place)
    }
    for (const { id, document } of realm.rulings)
      if (document && /^(cluster)?role\//.test(id)) this.roles.set(id, this.compiled(document))
    for (const { aliases, type } of realm.rulings)
      if (type === 'kubernetes.pod-security')
        for (const alias of aliases)
          if (alias.startsWith('namespace/')) this.namespaces.add(alias.slice('namespace/'.length))
    for (const guest of realm.guests ?? []) this.addGuest(entryOf(guest, this.namespaces))
  }

  private addGuest(entry: Entry | undefined): void {
    if (!entry || this.principals.has(entry.guest.id)) return
    const { guest, subject } = entry
    this.guests.set(guest.id, entry)
    this.subjects.set(guest.id, subject)
  }

  private addPrincipal(principal: Principal): void {
    const subject = subjectOf(principal)
    const { id, tags = {} } = principal
    this.principals.set(id, principal)
    this.subjects.set(id, subject)
    if (!subject) return
    const { name, kind, namespace = '', own = '' } = subject
    if (kind === 'account') {
      const isJoined = CLOUD_TAGS.some((tag) => Object.hasOwn(tags, tag))
      push(this.accounts, namespace, { id, namespace, own, isJoined })
      this.namespaces.add(namespace)
    } else if (kind === 'node') this.nodes.push({ id, own })
    else (kind === 'user' ? this.users : this.groups).push({ id, name })
    const key = keyOf(kind, name)
    for (const held of principal.held) {
      const grant = this.grantOf(held)
      push(this.granted, key, grant)
      this.bound.add(held.id)
      if (grant.place) this.namespaces.add(grant.place)
    }
  }

  private grantOf(held: Held): Grant {
    const place = held.place === undefined || held.place === '' ? undefined : held.place
    const role = held.document && this.compiled(held.document)
    if (held.document) this.roles.set(held.id, role)
    return { held, place, role, state: this.stateOf(held, role) }
  }

  private stateOf({ language, effect, document, place, via, id }: Held, role: Role | undefined): State {
    const isOfNamespace = /(^| )RoleBinding /.test(via) || id.startsWith('role/')
    if (isOfNamespace && !place) return 'unplaced'
    // A role of which there is no row bears no language: where all were listed, there is none of that name.
    if (document === undefined && language === '') return this.unseen('rulings').length ? 'unread' : 'gone'
    if (language !== LANGUAGE || effect !== 'allow') return 'foreign'
    return role ? 'read' : 'unread'
  }

  private compiled(document: Readonly<Record<string, unknown>>): Role | undefined {
    if (this.byDocument.has(document)) return this.byDocument.get(document)
    const role = readRole(document)
    this.byDocument.set(document, role)
    return role
  }

  unseen(part: RealmPart): string[] {
    return this.realm.unseen.filter((one) => one.part === part).map(({ words }) => words)
  }
  /** What of the grants was not seen. */
  get unseenGrants(): string[] {
    const words = this.unseen('grants')
    if (this.only !== undefined)
      words.push(`Only the namespace ${this.only} is read: what ClusterRoleBindings give is not known.`)
    return words
  }

  /** A role by its id, with whether it is known at all. */
  roleOf(id: string): Role | undefined {
    return this.roles.get(id)
  }
  rolesBelow(prefix: string): [id: string, role: Role | undefined][] {
    return [...this.roles].filter(([id]) => id.startsWith(prefix))
  }

  /** Everything that is granted to a subject, by its name and by the groups it surely is in. */
  grantsOf({ kind, name, groups, guest }: Subject): readonly Own[] {
    const key = `${keyOf(kind, name)}\n${groups.join('\n')}\n${guest ?? ''}`
    const found = this.owned.get(key)
    if (found) return found
    const own = kind === 'group' ? [] : (this.granted.get(keyOf(kind, name)) ?? [])
    const brought = guest === undefined ? [] : (this.guests.get(guest)?.grants ?? [])
    const all: Own[] = [...brought, ...own].map((grant) => ({ grant, group: undefined }))
    for (const group of groups)
      for (const grant of this.grantsOfGroup(group))
        all.push({ grant, group: kind === 'group' && group === name ? undefined : group })
    this.owned.set(key, all)
    return all
  }
  grantsOfGroup(name: string): readonly Grant[] {
    return this.granted.get(keyOf('group', name)) ?? []
  }
  /** What is known to run on the node of that name. */
  runnersOn(node: string): readonly Runner[] {
    this.byNode ??= indexed(this.realm.runners, ({ runsOn }) => runsOn ?? [])
    return this.byNode.get(node) ?? []
  }
  /** What runs as the service account of that id. */
  runnersAs(account: string): readonly Runner[] {
    this.byAccount ??= indexed(this.realm.runners, ({ uses }) => uses)
    return this.byAccount.get(account) ?? []
  }
  /** A node may have been made anew under its name: then both are there until the older is gone. */
  nodesNamed(name: string): readonly { id: string }[] {
    this.nodesByName ??= indexed(this.nodes, ({ own }) => [own])
    return this.nodesByName.get(name) ?? []
  }
  /** Users that somebody who is let in from elsewhere can be by how its session is called. */
  usersLike({ pattern }: Entry): { id: string; name: string }[] {
    return pattern === undefined ? [] : this.users.filter(({ name }) => fitsPattern(pattern, name))
  }
  /** By what AWS identities are let in, where AWS was asked. */
  get authenticationMode(): string | undefined {
    return authenticationMode(this.realm)
  }
  /** Whether a name of somebody or of a role tells by whom the cluster is run. */
  isLike(test: (name: string) => boolean): boolean {
    const { principals, runners } = this.realm
    return (
      principals.some(({ name, held }) => test(name) || held.some((one) => test(one.name))) ||
      runners.some(({ name }) => test(name))
    )
  }
  *everyGrant(): Generator<Grant> {
    for (const grants of this.granted.values()) yield* grants
  }
}

/** Annotations that join a service account with an identity of a cloud. */
const CLOUD_TAGS = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
]

/** Users, service accounts and nodes have names of one kind: what is granted to a name is granted to whoever bears it. */
const keyOf = (kind: Subject['kind'], name: string): string => `${kind === 'group' ? 'g' : 'u'} ${name}`

function indexed<T>(some: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const one of some) for (const key of new Set(keysOf(one))) push(map, key, one)
  return map
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const same = map.get(key)
  if (same) same.push(value)
  else map.set(key, [value])
}

/** `ClusterRoleBinding ops (ClusterRole view), through the group dev` */
export function nameOf({ grant, group }: Own): string {
  const { id, name, via } = grant.held
  if (id.startsWith('access-policy/')) return `${via} (access policy ${name})`
  const binding = via.replace(/^(attached|inline|group) /, '')
  const role = `${id.startsWith('role/') ? 'Role' : 'ClusterRole'} ${name}`
  return `${binding} (${role})${group === undefined ? '' : `, through the group ${group}`}`
}
