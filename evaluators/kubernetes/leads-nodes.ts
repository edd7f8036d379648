// Between nodes and what runs on them: which containers reach their node, and whom a node acts as by the pods on it.
import type { Runner, StepTarget } from '@/core/access'
import { doorOf } from './doors'
import { lead, type Hit, type Lead, type Scene } from './leads'
import type { Subject } from './subjects'
import { MORE, type Targets } from './targets'

const OUT = 'K29'
const ON = 'K27'
const FROM_INSIDE = 'Only whoever acts from inside of its pod reaches the node: its token alone does not.'
const PASSING = 'It can do so only while one of its jobs runs.'
const NOWHERE = 'On which nodes it runs is not told.'
const UNSEEN_HOST = 'What of its node is open to it was not seen.'
const UNSEEN_NODE = 'Its node is not among those that were collected.'

type Out = { because: string; missing: readonly string[]; to: readonly StepTarget[] }

/** Where a runner gets to by leaving its container; undefined where it is known not to. */
function outOf({ cluster, targets }: Scene, runner: Runner): Out | undefined {
  const { host, runsOn, name } = runner
  if (!host) return { because: `${name} runs in containers.`, missing: [UNSEEN_HOST], to: [MORE] }
  const door = doorOf(host)
  if (!door) return undefined
  const because = `${name}: ${door.because}`
  const jobs = targets.isPassing(runner) ? [PASSING] : []
  const missing = [...door.missing, ...jobs]
  if (!runsOn) return { because, missing: [...missing, NOWHERE], to: [MORE] }
  const nodes = runsOn.flatMap((one) => cluster.nodesNamed(one).map(({ id }) => targets.of(id)))
  if (nodes.length) return { because, missing, to: nodes }
  return runsOn.length ? { because, missing: [...missing, UNSEEN_NODE], to: [MORE] } : undefined
}

/** What whoever controls the runner comes to. */
export function fromRunner(scene: Scene, runner: Runner): Lead[] {
  const out = outOf(scene, runner)
  return out ? [{ by: OUT, because: [out.because], missing: out.missing, to: out.to }] : []
}

/** The same of whoever acts as a service account: from inside of its pods, and not by its token. */
export function fromAccount(scene: Scene, { namespace, own = '' }: Subject): Lead[] {
  return scene.targets.accountsNamed([own], namespace).flatMap((account) =>
    scene.cluster.runnersAs('id' in account ? account.id : '').flatMap((runner): Lead[] => {
      const out = runner.host && outOf(scene, runner)
      return out
        ? [{ by: OUT, because: [out.because], missing: [FROM_INSIDE, ...out.missing], to: out.to }]
        : []
    }),
  )
}

/** Few of the many that run reach their node: worked out once for each namespace, by the targets that steps share. */
const reaching = new WeakMap<Targets, Map<string, readonly Out[]>>()
function outsIn(scene: Scene, place: string | undefined): readonly Out[] {
  const known = reaching.get(scene.targets) ?? new Map<string, readonly Out[]>()
  reaching.set(scene.targets, known)
  const found = known.get(place ?? '') ?? outsOf(scene, scene.targets.runners(place))
  known.set(place ?? '', found)
  return found
}
const outsOf = (scene: Scene, runners: readonly Runner[]): Out[] =>
  runners.flatMap((runner) => (runner.host && outOf(scene, runner)) ?? [])

/** Nodes of the containers that somebody gets into: of all in a namespace or in the cluster, or of some. */
export function throughPods(
  scene: Scene,
  hit: Hit,
  of: { place: string | undefined } | { runners: readonly Runner[] },
  refused: readonly string[],
): Lead[] {
  const groups = new Map<string, { out: Out; to: Set<StepTarget> }>()
  for (const out of 'runners' in of ? outsOf(scene, of.runners) : outsIn(scene, of.place)) {
    const key = out.missing.join('\n')
    const group = groups.get(key) ?? { out, to: new Set() }
    groups.set(key, group)
    for (const one of out.to) group.to.add(one)
  }
  return [...groups.values()].map(({ out, to }) =>
    lead(hit, [...to], [...out.missing, ...refused], out.because),
  )
}

/**
 * The agent of a node may have tokens issued for each service account whose pods are on it, and holds those they were given.
 * https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export function fromNode({ cluster, targets }: Scene, { own = '' }: Subject): Lead[] {
  const gives = 'Whoever acts as a node holds the tokens of all pods on it (K27)'
  const here = cluster.runnersOn(own)
  const { sure, passing, example } = targets.runningAs(here)
  const because = [gives, `${example} runs on it, for instance.`]
  const open = [...cluster.unseen('runners')]
  const adrift = cluster.realm.runners.filter(({ runsOn, uses }) => !runsOn && uses.length).length
  if (adrift) open.push(`On which nodes ${adrift} of the workloads run is not told.`)
  const more = open.length ? open : ['What the Secrets of pods on it let it do is not told here.']
  return [
    ...(sure.length ? [{ by: ON, because, missing: [], to: sure }] : []),
    ...(passing.length ? [{ by: ON, because, missing: [PASSING], to: passing }] : []),
    { by: ON, because: [gives], missing: more, to: [MORE] },
  ]
}
