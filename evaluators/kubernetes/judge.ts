// Which definitions somebody meets and where they lead, and from that how much it may do by itself.
import type { Privileges, PrivilegeLevel, Realm, Runner } from '@/core/access'
import { Admission } from './admission'
import type { Entry } from './access-entries'
import { NODE_MISSING, openNames } from './can'
import { Cluster, nameOf } from './cluster'
import type { Definition, Reach } from './definition'
import { DEFINITIONS } from './escalations'
import { entered } from './leads-entries'
import { fromAccount, fromNode, fromRunner, throughPods } from './leads-nodes'
import * as workloads from './leads'
import { lead, type Hit, type Lead, type Scene } from './leads'
import * as roles from './leads-roles'
import { levelOf, rankOf, strongest } from './levels'
import { Rights, inWords } from './rights'
import { MASTERS, type Subject } from './subjects'
import { ADMINISTRATOR, MORE, Targets } from './targets'

const REACHES: Readonly<Record<Reach, (scene: Scene, hit: Hit) => Lead[]>> = {
  all: (_, hit) => (hit.needs[0]?.any ? [lead(hit, [ADMINISTRATOR], [])] : []),
  masters: () => [],
  accounts: (scene, hit) => workloads.accounts(scene, hit),
  templates: workloads.templates,
  pods: workloads.pods,
  'every-pod': everyPod,
  node: roles.node,
  'relabelled-node': roles.relabelledNode,
  nodes: roles.everyNode,
  users: roles.users,
  groups: roles.groups,
  secrets: roles.secrets,
  'own-cluster-role': roles.ownClusterRole,
  'own-role': roles.ownRole,
  'gathering-role': roles.gatheringRole,
  'cluster-binding': roles.clusterBinding,
  'bound-cluster-role': roles.boundClusterRole,
  binding: roles.binding,
  'aws-auth': roles.awsAuth,
  'privileged-namespace': () => [],
  administrator: (scene, hit) => [lead(hit, [ADMINISTRATOR], workloads.refusals(scene, hit.definition))],
  more: (scene, hit) => [lead(hit, [MORE], workloads.refusals(scene, hit.definition, hit.place))],
  'node-itself': () => [],
  nothing: () => [],
}
/** Reaches that can end at every right in the cluster: only these are asked for a level. */
const TO_ADMINISTRATOR = new Set<Reach>([
  ...(['all', 'own-cluster-role', 'gathering-role', 'cluster-binding', 'bound-cluster-role'] as const),
  ...(['groups', 'aws-auth', 'administrator'] as const),
])

function everyPod(scene: Scene, hit: Hit): Lead[] {
  const { any } = hit.needs[0]!
  const { sure, passing } = scene.targets.runningIn(undefined)
  const missing = any ? [] : ['Which pods run on the nodes that it names is not told here.']
  const leads = [lead(hit, [MORE, ...sure], missing)]
  if (passing.length)
    leads.push(lead(hit, passing, [...missing, 'It can do so only while one of its jobs runs.']))
  return [...leads, ...throughPods(scene, hit, { place: undefined }, missing)]
}

export class Judge {
  readonly cluster: Cluster
  /** For levels, which do not ask who is strong or what may refuse a write. */
  private readonly plain: Scene
  private ranked: Scene | undefined
  private readonly rights = new Map<string, Rights>()
  private runners: ReadonlyMap<string, Runner> | undefined
  private readonly levels = new Map<string, Privileges>()
  /** Namespaces in which a service account is an administrator. */
  private strong: ReadonlySet<string> | undefined

  constructor(realm: Realm) {
    this.cluster = new Cluster(realm)
    const targets = new Targets(this.cluster, () => 0)
    const admission = new Admission(this.cluster)
    this.plain = { cluster: this.cluster, targets, admission, heedsAdmission: false }
  }

  /** For steps: the strongest service accounts go first. */
  private get scene(): Scene {
    this.ranked ??= {
      ...this.plain,
      targets: new Targets(this.cluster, (id) => rankOf(this.privileges(id).certain)),
      heedsAdmission: true,
    }
    return this.ranked
  }

  rightsOf(id: string, subject: Subject): Rights {
    const known = this.rights.get(id)
    if (known) return known
    const rights = new Rights(this.cluster.grantsOf(subject))
    this.rights.set(id, rights)
    return rights
  }

  /** Everything that somebody's rights lead to, definition by definition. */
  leads(subject: Subject, rights: Rights): Lead[] {
    const leads = rights.isNothing ? [] : this.leadsBy(DEFINITIONS, subject, rights, this.scene)
    const own = [...byItself(this.scene, subject), ...entered(this.scene, subject)]
    return [...own, ...leads, ...this.mysteries(rights)]
  }

  /** What whoever controls a runner comes to, beside acting as what it runs as. */
  runnerLeads(id: string): Lead[] {
    this.runners ??= new Map(this.cluster.realm.runners.map((runner) => [runner.id, runner]))
    const runner = this.runners.get(id)
    return runner ? fromRunner(this.scene, runner) : []
  }

  private leadsBy(some: readonly Definition[], subject: Subject, rights: Rights, scene: Scene): Lead[] {
    const wide = new Map<string, boolean>()
    const inPlace = new Set<string>()
    return some.flatMap((definition) => {
      const { unless, scope, reach } = definition
      if (unless !== undefined && wide.get(unless)) return []
      const found: Hit[] = []
      const all = hitOf(definition, rights, undefined, subject)
      const isUnlimited = all !== undefined && all.needs.every(({ any }) => any)
      if (all) {
        found.push(all)
        wide.set(definition.id, isUnlimited)
      }
      if (scope === 'namespace' && !isUnlimited)
        for (const place of rights.places) {
          if (unless !== undefined && inPlace.has(`${unless} ${place}`)) continue
          const hit = hitOf(definition, rights, place, subject)
          if (!hit) continue
          found.push(hit)
          if (hit.needs.every(({ any }) => any)) inPlace.add(`${definition.id} ${place}`)
        }
      if (reach === 'privileged-namespace') return found.flatMap((hit) => this.strongPlaces(hit))
      return found.flatMap((hit) => REACHES[reach](scene, hit))
    })
  }

  private strongPlaces(hit: Hit): Lead[] {
    this.strong ??= new Set(
      [...this.cluster.accounts].flatMap(([place, some]) =>
        some.some(({ id }) => this.privileges(id).certain === 'administrator') ? [place] : [],
      ),
    )
    const { place } = hit
    const found = place === undefined ? [...this.strong][0] : this.strong.has(place) ? place : undefined
    return found === undefined
      ? []
      : [lead(hit, [MORE], [], `In ${found} a service account is an administrator.`)]
  }

  /** What could not be read may give anything. */
  private mysteries(rights: Rights): Lead[] {
    return rights.grants.flatMap((own): Lead[] => {
      const { state, place, role } = own.grant
      const isOpen = state === 'unread' || state === 'unplaced' || state === 'foreign'
      if (!isOpen && !role?.mysteries.length) return []
      const to = place === undefined && state !== 'unplaced' ? [ADMINISTRATOR, MORE] : [MORE]
      const words = `${nameOf(own)} could not be read${isOpen ? '' : ' whole'}: what it gives is not known.`
      return [
        {
          by: 'K01',
          because: ['What a role that was not read gives can be everything.'],
          missing: [words],
          to,
        },
      ]
    })
  }

  privileges(id: string): Privileges {
    const known = this.levels.get(id)
    if (known) return known
    const judged = this.judged(id)
    this.levels.set(id, judged)
    return judged
  }

  private judged(id: string): Privileges {
    const subject = this.cluster.subjects.get(id)
    const entry = this.cluster.guests.get(id)
    if (entry && !subject) return unread(entry)
    const principal = this.cluster.principals.get(id)
    if (!subject || (!principal && !entry)) return stranger(id, principal?.held.length === 0)
    if (subject.groups.includes(MASTERS))
      return {
        certain: 'administrator',
        possible: 'administrator',
        because: [`It stands for ${MASTERS} (K02).`],
      }
    const rights = this.rightsOf(id, subject)
    const { certain, because } = this.certain(subject, rights)
    // What could add nothing is not worth a word.
    const open = this.openOf(subject, rights).filter(({ level }) => rankOf(level) < rankOf(certain.level))
    const possible = open.reduce((level, one) => strongest(level, one.level), certain.possible)
    const missing = [...new Set([...certain.missing, ...open.map(({ words }) => words)])].slice(0, WORDS_MAX)
    return { certain: certain.level, possible, because, ...(missing.length && { missing }) }
  }

  private certain(subject: Subject, rights: Rights) {
    let level: PrivilegeLevel = 'none'
    let because = ['No rule lets it see or change anything.']
    for (const own of rights.grants) {
      const { state, role, place } = own.grant
      if (state !== 'read' || !role) continue
      const found = levelOf(role, place !== undefined)
      if (rankOf(found.level) >= rankOf(level) || !found.rule) continue
      level = found.level
      because = [inWords({ own, rule: found.rule })]
    }
    if (level === 'administrator')
      return { certain: { level, possible: level, missing: [] as string[] }, because }
    const leads = rights.isNothing ? [] : this.leadsBy(STRONGEST, subject, rights, this.plain)
    const ends = leads.filter(({ to }) => to.includes(ADMINISTRATOR))
    const sure = ends.find(({ missing }) => !missing.length)
    if (sure)
      return {
        certain: { level: 'escalates' as const, possible: 'escalates' as const, missing: [] as string[] },
        because: [...sure.because],
      }
    const maybe = ends[0]
    const possible = maybe ? strongest('escalates', level) : level
    return {
      certain: { level, possible, missing: [...(maybe?.missing ?? [])] },
      because: [...because, ...(maybe?.because ?? [])],
    }
  }

  /** What is not known, and how much it could add. */
  private openOf(subject: Subject, { grants }: Rights): { level: PrivilegeLevel; words: string }[] {
    const open: { level: PrivilegeLevel; words: string }[] = this.cluster.unseenGrants.map((words) => ({
      level: 'administrator',
      words,
    }))
    for (const own of grants) {
      const { state, place, role } = own.grant
      if (state === 'gone' || (state === 'read' && !role?.mysteries.length)) continue
      // Even in one namespace: together with what it holds elsewhere it may be what is lacking.
      const level = place === undefined ? 'administrator' : 'escalates'
      open.push({ level, words: `${nameOf(own)} could not be read whole: what it gives is not known.` })
    }
    for (const words of openNames(this.cluster, subject)) open.push({ level: 'administrator', words })
    if (subject.kind === 'node') open.push({ level: 'sensitive', words: NODE_MISSING })
    if (subject.hasOtherGroups)
      open.push({
        level: 'administrator',
        words: `Which groups ${subject.name} is in is decided outside of the cluster.`,
      })
    return open
  }
}
const WORDS_MAX = 10
const STRONGEST = DEFINITIONS.filter(({ reach }) => TO_ADMINISTRATOR.has(reach))

/** Undefined where a need is not met. */
function hitOf(
  definition: Definition,
  rights: Rights,
  place: string | undefined,
  subject: Subject,
): Hit | undefined {
  if (!definition.asks.length) return undefined
  const needs = []
  for (const need of definition.asks) {
    const met = rights.met(need, place)
    if (!met) return undefined
    needs.push(met)
  }
  return { definition, needs, place, rights, subject }
}

/** What somebody has by who it is. */
function byItself(scene: Scene, subject: Subject): Lead[] {
  if (subject.groups.includes(MASTERS)) {
    const { gives = '' } = DEFINITIONS.find(({ id }) => id === 'K02') ?? {}
    return [{ by: 'K02', because: [`${gives} (K02)`], missing: [], to: [ADMINISTRATOR] }]
  }
  if (subject.guest !== undefined) return []
  if (subject.kind === 'node') return fromNode(scene, subject)
  return subject.kind === 'account' ? fromAccount(scene, subject) : []
}

/** What could not be read may let it do anything. */
const unread = ({ name, missing, refused }: Entry): Privileges =>
  refused === undefined
    ? { certain: 'none', possible: 'administrator', because: [`${name} lets it in.`], missing }
    : { certain: 'none', possible: 'none', because: [refused] }

function stranger(id: string, holdsNothing: boolean): Privileges {
  if (holdsNothing)
    return {
      certain: 'none',
      possible: 'none',
      because: ['It is nobody whom the API server knows, and holds nothing.'],
    }
  return {
    certain: 'none',
    possible: 'administrator',
    because: ['Who is asked about is not known here.'],
    missing: [`${id} is not among the principals that were collected, or nobody whom the API server knows.`],
  }
}
