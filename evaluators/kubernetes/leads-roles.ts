// What a definition that is met leads to: the part that is about roles, bindings, impersonation and what is stored.
import type { StepTarget } from '@/core/access'
import { covers } from './covers'
import { accounts, lead, namespacesOf, nodeOf, refusals, type Hit, type Lead, type Scene } from './leads'
import { isEverything } from './levels'
import { holds, inWords, same, type Right, type Source } from './rights'
import type { Role } from './rules'
import { MASTERS } from './subjects'
import { ADMINISTRATOR, MORE } from './targets'

const CLUSTER_ROLE = 'clusterrole/'
const ROLES = 'roles.rbac.authorization.k8s.io'
const CLUSTER_ROLES = 'clusterroles.rbac.authorization.k8s.io'
const ANYWHERE = 'Every right in the namespace follows from that.'

const givesAll = (role: Role): boolean => role.rules.some(isEverything)
const anyName: Right = { any: undefined, named: new Map() }

/** A role that could not be read can be rewritten all the same. */
const IS_THERE = new Set(['read', 'unread'])

/** A ClusterRole that it holds and can rewrite. */
export function ownClusterRole(scene: Scene, hit: Hit): Lead[] {
  const right = same(hit.needs[0]!, hit.needs[1]!)
  const refused = refusals(scene, hit.definition)
  const leads: Lead[] = []
  const places = new Map<string, string>()
  for (const { grant } of hit.rights.grants) {
    const { id } = grant.held
    if (!id.startsWith(CLUSTER_ROLE)) continue
    const name = id.slice(CLUSTER_ROLE.length)
    if (!holds(right, name) || !IS_THERE.has(grant.state)) continue
    if (grant.place === undefined)
      return [lead(hit, [ADMINISTRATOR], refused, `It holds the ClusterRole ${name}.`)]
    places.set(grant.place, name)
  }
  for (const [place, name] of places)
    leads.push(...everythingIn(scene, hit, place, `It holds ${name} in ${place}.`))
  const others = [...right.named.keys()].filter((name) => scene.cluster.bound.has(`${CLUSTER_ROLE}${name}`))
  if (others.length)
    leads.push(
      lead(
        hit,
        [ADMINISTRATOR],
        [
          `It does not hold ${others.slice(0, 3).join(', ')} itself: whether it can act as one that does is another step.`,
        ],
      ),
    )
  return leads
}

/** Every right in a namespace: to act as each of its service accounts, among others. */
function everythingIn(scene: Scene, hit: Hit, place: string, ...because: string[]): Lead[] {
  const refused = refusals(scene, hit.definition, place)
  const to = [MORE, ...scene.targets.accounts(place)]
  return [lead(hit, to, refused, ...because, ANYWHERE)]
}

/** A Role of a namespace that it holds and can rewrite. */
export function ownRole(scene: Scene, hit: Hit): Lead[] {
  const right = same(hit.needs[0]!, hit.needs[1]!)
  const found = new Map<string, string>()
  for (const { grant } of hit.rights.grants) {
    const [kind, place, ...name] = grant.held.id.split('/')
    if (kind !== 'role' || place === undefined || (hit.place !== undefined && place !== hit.place)) continue
    if (IS_THERE.has(grant.state) && holds(right, name.join('/'))) found.set(place, name.join('/'))
  }
  const leads = [...found].flatMap(([place, name]) =>
    everythingIn(scene, hit, place, `It holds the Role ${name} in ${place}.`),
  )
  if (leads.length || (!right.any && !right.named.size)) return leads
  const prefix = hit.place === undefined ? 'role/' : `role/${hit.place}/`
  const others = scene.cluster
    .rolesBelow(prefix)
    .filter(([id]) => holds(right, id.split('/').slice(2).join('/')) && scene.cluster.bound.has(id))
  if (!others.length) return []
  return [lead(hit, [MORE], ['It holds none of the roles that it can rewrite: others do.'])]
}

/** A ClusterRole that it writes is taken in by one that it holds; or it holds one that is not there yet. */
export function gatheringRole(scene: Scene, hit: Hit): Lead[] {
  const [escalate = anyName, write = anyName] = hit.needs
  const right = same(escalate, write)
  if (!right.any && !right.named.size) return []
  const refused = refusals(scene, hit.definition)
  for (const { grant } of hit.rights.grants) {
    if (grant.place !== undefined) continue
    if (grant.state === 'gone' && hit.rights.right('create', CLUSTER_ROLES).any && escalate.any)
      return [
        lead(
          hit,
          [ADMINISTRATOR],
          refused,
          `It is bound to ${grant.held.name}, which is not there: it can make it.`,
        ),
      ]
    if (grant.state !== 'read' || !grant.role?.gathers) continue
    const words = right.any ? [] : ['Whether the roles that it can write are there was not looked at.']
    return [
      lead(
        hit,
        [ADMINISTRATOR],
        [...words, ...refused],
        `It holds ${grant.held.name}, which gathers others.`,
      ),
    ]
  }
  return []
}

type Gain = 'all' | 'some' | 'unknown' | 'none'
/** What binding a role to itself would add to what it holds. */
function gainOf(scene: Scene, { rights }: Hit, id: string, place: string | undefined): Gain {
  const role = scene.cluster.roleOf(id)
  if (!role) {
    // Every cluster is started with it, and the API server puts it back.
    if (id === `${CLUSTER_ROLE}cluster-admin`) return 'all'
    return scene.cluster.unseen('rulings').length || scene.cluster.bound.has(id) ? 'unknown' : 'none'
  }
  if (givesAll(role)) return 'all'
  const held = rights.grants.filter(({ grant }) => grant.place === undefined || grant.place === place)
  const covered = covers(held, role)
  return covered === undefined ? 'unknown' : covered ? 'none' : 'some'
}

/** ClusterRoles that it can bind to itself in the whole cluster. */
export function clusterBinding(scene: Scene, hit: Hit): Lead[] {
  const [bind = anyName] = hit.needs
  const refused = refusals(scene, hit.definition)
  if (bind.any) return [lead(hit, [ADMINISTRATOR], refused)]
  return [...bind.named.keys()].flatMap((name): Lead[] => {
    const gain = gainOf(scene, hit, `${CLUSTER_ROLE}${name}`, undefined)
    if (gain === 'none') return []
    const missing = gain === 'unknown' ? [`What the ClusterRole ${name} gives is not known.`] : []
    const to = gain === 'some' ? MORE : ADMINISTRATOR
    return [lead(hit, [to], [...missing, ...refused], `It can bind the ClusterRole ${name}.`)]
  })
}

/** ClusterRoles that are bound already, to whose bindings it can add itself. */
export function boundClusterRole(scene: Scene, hit: Hit): Lead[] {
  const [bind = anyName, write = anyName] = hit.needs
  const unsure = write.any
    ? []
    : ['Which role is given by the bindings that it can change was not looked at.']
  const missing = [...unsure, ...refusals(scene, hit.definition)]
  const bound = new Set<string>()
  for (const { held, place, state } of scene.cluster.everyGrant())
    if (place === undefined && state !== 'unplaced' && held.id.startsWith(CLUSTER_ROLE)) bound.add(held.id)
  let more: Lead | undefined
  for (const id of bound) {
    const name = id.slice(CLUSTER_ROLE.length)
    if (!holds(bind, name)) continue
    const gain = gainOf(scene, hit, id, undefined)
    if (gain === 'all') return [lead(hit, [ADMINISTRATOR], missing, `A ClusterRoleBinding gives ${name}.`)]
    if (gain !== 'none' && !more) {
      const words = gain === 'unknown' ? [`What the ClusterRole ${name} gives is not known.`] : []
      more = lead(hit, [MORE], [...words, ...missing], `A ClusterRoleBinding gives ${name}.`)
    }
  }
  return more ? [more] : []
}

/** Roles that it can bind to itself in a namespace. */
export function binding(scene: Scene, hit: Hit): Lead[] {
  const { by } = hit.needs[0]!
  const wide = by.get(CLUSTER_ROLES) ?? anyName
  const all = [...wide.named.keys()].filter(
    (name) => gainOf(scene, hit, `${CLUSTER_ROLE}${name}`, hit.place) === 'all',
  )
  if (wide.any || all.length) {
    const words = wide.any ? [] : [`It can bind the ClusterRole ${all[0]}.`]
    return [lead(hit, [MORE], refusals(scene, hit.definition, hit.place), ...words, ANYWHERE)].concat(
      accounts(scene, hit, { any: wide.any ?? wide.named.get(all[0]!), named: new Map() }),
    )
  }
  const own = by.get(ROLES) ?? anyName
  const ids = [...wide.named.keys()].map((name) => `${CLUSTER_ROLE}${name}`)
  for (const [id] of scene.cluster.rolesBelow(hit.place === undefined ? 'role/' : `role/${hit.place}/`))
    if (holds(own, id.split('/').slice(2).join('/'))) ids.push(id)
  for (const unsure of [false, true])
    for (const id of ids) {
      const place = id.startsWith('role/') ? id.split('/')[1] : hit.place
      const gain = gainOf(scene, hit, id, place)
      if (gain === 'none' || (gain === 'unknown') !== unsure) continue
      const name = id.slice(id.indexOf('/') + 1)
      const missing = unsure ? [`What the role ${name} gives is not known.`] : []
      return [
        lead(hit, [MORE], [...missing, ...refusals(scene, hit.definition, place)], `It can bind ${name}.`),
      ]
    }
  return []
}

/** Users by whose name it can act. */
export function users({ cluster, targets }: Scene, hit: Hit): Lead[] {
  const right = hit.needs[0]!
  const to = cluster.users.flatMap(({ id, name }) => (holds(right, name) ? [targets.of(id)] : []))
  return to.length ? [lead(hit, to, [])] : []
}

const first = ({ any, named }: Right): Source | undefined => any ?? [...named.values()][0]

/** Groups as whose member it can act: only together with somebody whom it can impersonate. */
export function groups({ cluster, targets }: Scene, hit: Hit): Lead[] {
  const { rights } = hit
  const right = hit.needs[0]!
  const asUser = rights.right('impersonate', 'users')
  const places = [undefined, ...rights.places]
  const asAccount = places.map((place) => first(rights.right('impersonate', 'serviceaccounts', place)))
  const source = [first(asUser), ...asAccount].find((one) => one !== undefined)
  if (!source) return []
  const words = inWords(source)
  if (holds(right, MASTERS)) return [lead(hit, [ADMINISTRATOR], [], `That includes ${MASTERS}.`, words)]
  const found = cluster.groups.flatMap(({ id, name }) => (holds(right, name) ? [targets.of(id)] : []))
  const nodes = holds(right, 'system:nodes')
    ? cluster.nodes.flatMap(({ id, own }) => (holds(asUser, `system:node:${own}`) ? [targets.of(id)] : []))
    : []
  const to = [...found, ...nodes]
  return to.length ? [lead(hit, to, [], words)] : []
}

/** Secrets that it can read, and whatever they let it do. */
export function secrets({ cluster, targets }: Scene, hit: Hit): Lead[] {
  const right = hit.needs[0]!
  const found: StepTarget[] = []
  for (const { name, target } of targets.secrets(hit.place)) if (holds(right, name)) found.push(target)
  const leads = found.length ? [lead(hit, found, [])] : []
  const unseen = cluster.secrets.length
    ? cluster.unseen('things')
    : ['which Secrets there are is not collected.']
  if (!found.length && !unseen.length) return []
  const words = 'What Secrets hold is not read: tokens of service accounts, or keys to other systems'
  return [...leads, lead(hit, [MORE], [unseen[0] === undefined ? `${words}.` : `${words}; ${unseen[0]}`])]
}

const EKS = /^eks[:-]/
/** The ConfigMap by which EKS knows AWS identities. */
export function awsAuth(scene: Scene, hit: Hit): Lead[] {
  const { cluster } = scene
  if (hit.place !== undefined && hit.place !== 'kube-system') return []
  const { authenticationMode: mode } = cluster
  if (mode === 'API') return []
  if (mode !== undefined) {
    const { open: _, ...sure } = hit.definition
    const words = `AWS says that the cluster reads it (${mode}).`
    return [lead({ ...hit, definition: sure }, [ADMINISTRATOR], refusals(scene, sure, 'kube-system'), words)]
  }
  return cluster.isLike((name) => EKS.test(name) || name === 'kube-system/aws-node')
    ? [lead(hit, [ADMINISTRATOR], [])]
    : []
}

/** Nodes of a cluster, whatever Pod Security says of the namespace. */
export const everyNode = (scene: Scene, hit: Hit): Lead[] => [
  lead(hit, [MORE, ...scene.targets.nodes], refusals(scene, hit.definition, hit.place)),
]

/** Nodes by a namespace whose level it can change: only where that keeps privileged pods out. */
export function relabelledNode(scene: Scene, hit: Hit): Lead[] {
  const right = hit.needs[0]!
  for (const place of namespacesOf(scene, hit)) {
    if (!holds(right, place) || scene.admission.levelOf(place) === 'privileged') continue
    const to = [MORE, ...scene.targets.nodes]
    return [lead(hit, to, refusals(scene, hit.definition, place), `It can relabel namespace ${place}.`)]
  }
  return []
}
export const node = (scene: Scene, hit: Hit): Lead[] => nodeOf(scene, hit, namespacesOf(scene, hit), [])
