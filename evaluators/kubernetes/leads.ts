// What a definition that is met leads to: the part that is about workloads, service accounts and nodes.
import type { Runner, StepTarget } from '@/core/access'
import type { Admission } from './admission'
import type { Cluster } from './cluster'
import { TEMPLATES, type Definition } from './definition'
import { throughPods } from './leads-nodes'
import { inWords, type NeedRight, type Right, type Rights } from './rights'
import type { Subject } from './subjects'
import { MORE, ownName, type Targets } from './targets'

/** A definition whose needs are met, in a namespace or in all. */
export type Hit = {
  definition: Definition
  needs: readonly NeedRight[]
  place: string | undefined
  rights: Rights
  subject: Subject
}
export type Lead = {
  by: string
  because: readonly string[]
  /** What keeps it from being sure; empty where nothing does. */
  missing: readonly string[]
  to: readonly StepTarget[]
}
export type Scene = { cluster: Cluster; targets: Targets; admission: Admission; heedsAdmission: boolean }

const NAMES_TOLD = 5

export function becauseOf({ definition, needs }: Hit, ...more: string[]): string[] {
  const { gives, id } = definition
  const sources = needs.flatMap(({ any, named }) => any ?? [...named.values()][0] ?? [])
  return [...new Set([`${gives} (${id})`, ...more, ...sources.map(inWords)])]
}

export function lead(
  hit: Hit,
  to: readonly StepTarget[],
  missing: readonly string[],
  ...more: string[]
): Lead {
  const { open, id } = hit.definition
  const words = [...(open === undefined ? [] : [open]), ...missing]
  return { by: id, because: becauseOf(hit, ...more), missing: words, to }
}

/** What may refuse the writes that it takes, in the namespace. */
export function refusals(
  { admission, heedsAdmission }: Scene,
  { admitted }: Definition,
  place?: string,
): string[] {
  if (!heedsAdmission || !admitted) return []
  return [
    ...new Set(admitted.flatMap(([operation, resource]) => admission.refusing(operation, resource, place))),
  ]
}

/** Namespaces by what may refuse it there; `undefined` stands for all of them alike. */
function byRefusal(
  scene: Scene,
  hit: Hit,
): [missing: readonly string[], places: readonly (string | undefined)[]][] {
  const { definition, place } = hit
  if (place !== undefined) return [[refusals(scene, definition, place), [place]]]
  if (!refusals(scene, definition).length) return [[[], [undefined]]]
  const groups = new Map<string, [readonly string[], string[]]>()
  for (const one of scene.cluster.namespaces) {
    const missing = refusals(scene, definition, one)
    const same = groups.get(missing.join('\n'))
    if (same) same[1].push(one)
    else groups.set(missing.join('\n'), [missing, [one]])
  }
  return [...groups.values()]
}

/** Service accounts that it can act as: all of the namespace, or those whose names the rule says. */
export function accounts(scene: Scene, hit: Hit, right: Right = hit.needs[0]!): Lead[] {
  const { targets, cluster } = scene
  const leads = byRefusal(scene, hit).flatMap(([missing, places]): Lead[] => {
    const found = places.map((place) =>
      right.any ? targets.accounts(place) : targets.accountsNamed(right.named.keys(), place),
    )
    const to = found.length === 1 ? found[0]! : found.flat()
    return to.length ? [lead(hit, to, missing)] : []
  })
  const unseen = cluster.unseen('principals')
  if (unseen.length)
    leads.push(lead(hit, [MORE], [`Which service accounts there are was not seen whole: ${unseen[0]}`]))
  return leads
}

/** Workloads whose template it can change: to run as each service account of their namespace. */
export function templates(scene: Scene, hit: Hit): Lead[] {
  const places = new Map<string, Runner>()
  const unsure = new Map<string, Runner>()
  for (const [resource, right] of hit.needs[0]!.by) {
    const kind = TEMPLATES[resource] ?? ''
    for (const [place, runners] of scene.targets.templatesOf(kind)) {
      if (hit.place !== undefined && hit.place !== place) continue
      const found = runners.find((runner) => right.any ?? right.named.has(ownName(runner)))
      if (found && !places.has(place)) places.set(place, found)
    }
    if (kind !== 'ReplicaSet') continue
    for (const [place, [first]] of scene.targets.templatesOf('Deployment'))
      if (first && (hit.place === undefined || hit.place === place)) unsure.set(place, first)
  }
  for (const place of places.keys()) unsure.delete(place)
  const owned = 'Its Deployment owns the replica set and may take the change back.'
  return [
    ...inPlaces(scene, hit, places, []),
    ...inPlaces(scene, hit, unsure, [owned]),
    ...noRunners(scene, hit),
  ]
}

function inPlaces(scene: Scene, hit: Hit, places: ReadonlyMap<string, Runner>, missing: string[]): Lead[] {
  const groups = new Map<string, { missing: string[]; to: StepTarget[]; runner: Runner }>()
  for (const [place, runner] of places) {
    const words = [...missing, ...refusals(scene, hit.definition, place)]
    const group = groups.get(words.join('\n')) ?? { missing: words, to: [], runner }
    groups.set(words.join('\n'), group)
    group.to.push(...scene.targets.accounts(place))
  }
  const leads = [...groups.values()].map((one) =>
    lead(hit, one.to, one.missing, `There is ${one.runner.name}, for instance.`),
  )
  const nodes = places.size ? nodeOf(scene, hit, [...places.keys()], missing) : []
  return [...leads, ...nodes]
}

/** As whom pods run that it can get into. */
export function pods(scene: Scene, hit: Hit): Lead[] {
  const { any, named } = hit.needs[0]!
  const { place } = hit
  const refused = refusals(scene, hit.definition, place)
  const running = any
    ? scene.targets.runningIn(place)
    : scene.targets.runningAs(ofNames(scene, hit, named.keys(), true))
  const leads: Lead[] = []
  if (running.sure.length)
    leads.push(lead(hit, running.sure, refused, `There is ${running.example}, for instance.`))
  const passing = 'It can do so only while one of its jobs runs.'
  if (running.passing.length) leads.push(lead(hit, running.passing, [passing, ...refused]))
  if (!any) {
    const maybe = scene.targets.runningAs(ofNames(scene, hit, named.keys(), false))
    const to = [...maybe.sure, ...maybe.passing]
    const words = `Which pods there are by the names ${[...named.keys()].slice(0, NAMES_TOLD).join(', ')} is not told here.`
    if (to.length) leads.push(lead(hit, to, [words, ...refused]))
  }
  const into = any ? { place } : { runners: ofNames(scene, hit, named.keys(), true) }
  leads.push(...throughPods(scene, hit, into, refused))
  const isAdded = hit.definition.id === 'K14' && running.sure.length > 0
  const places = place === undefined ? [...scene.cluster.runners.keys()] : [place]
  return [...leads, ...(isAdded ? nodeOf(scene, hit, places, []) : []), ...noRunners(scene, hit)]
}

/** Runners by the names of their pods: bare pods and the first of a stateful set surely, others by how names begin. */
function ofNames({ targets }: Scene, { place }: Hit, names: Iterable<string>, isSure: boolean): Runner[] {
  const wanted = [...names]
  return targets.runners(place).filter((runner) => {
    const own = ownName(runner)
    const isBare = runner.type === 'kubernetes.pod'
    const first = runner.type === 'kubernetes.stateful-set' ? `${own}-0` : isBare ? own : undefined
    if (isSure) return first !== undefined && wanted.includes(first)
    return !isBare && wanted.some((name) => name !== first && name.startsWith(`${own.slice(0, BEGINNING)}`))
  })
}
/** Long names are cut when those of pods are made from them. */
const BEGINNING = 40

function noRunners({ cluster }: Scene, hit: Hit): Lead[] {
  const unseen = cluster.unseen('runners')
  return unseen.length
    ? [lead(hit, [MORE], [`Which workloads there are was not seen whole: ${unseen[0]}`])]
    : []
}

/** Nodes that a privileged pod would own, in the first namespace that lets one in; missing: what else has to hold. */
export function nodeOf(scene: Scene, hit: Hit, places: Iterable<string>, missing: readonly string[]): Lead[] {
  const { admission, targets } = scene
  let best: { words: string[]; level: string; place: string } | undefined
  for (const place of places) {
    const level = admission.levelOf(place)
    if (level === 'kept-out') continue
    const words = [...missing, ...LEVEL_WORDS[level](place), ...refusals(scene, hit.definition, place)]
    if (!best || words.length < best.words.length) best = { words, level, place }
    if (!words.length) break
  }
  if (!best) return []
  const lets = best.level === 'privileged' ? [`Namespace ${best.place} lets privileged pods in.`] : []
  return [lead(hit, [MORE, ...targets.nodes], best.words, ...lets)]
}
const LEVEL_WORDS: Readonly<Record<'privileged' | 'unset' | 'unseen', (place: string) => string[]>> = {
  privileged: () => [],
  unset: (place) => [
    `Namespace ${place} has no level of Pod Security: privileged pods are let in unless the API server is set to something else.`,
  ],
  unseen: (place) => [`Which level of Pod Security namespace ${place} has was not seen.`],
}
export const namespacesOf = ({ cluster }: Scene, { place }: Hit): Iterable<string> =>
  place === undefined ? cluster.namespaces : [place]
