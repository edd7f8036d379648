// A cluster of any size: service accounts in namespaces of unequal size, roles bound to them, and what runs as them.
import type { Held, Principal, Realm, Runner } from '@/core/access'
import { oneOf, seeded, type Random } from '@/bench/queries/random'

type Rule = Readonly<Record<string, readonly string[]>>
const rule = (
  verbs: string,
  resources: string,
  apiGroups: readonly string[] = [''],
  names?: string[],
): Rule => ({
  verbs: verbs.split(' '),
  apiGroups,
  resources: resources.split(' '),
  ...(names && { resourceNames: names }),
})
const READ = 'get list watch'
const ALL = '*'

/** Of the whole cluster, with how many in a thousand bindings name each. */
const WIDE: readonly [name: string, weight: number, rules: readonly Rule[]][] = [
  ['view', 420, [rule(READ, 'pods services configmaps endpoints'), rule(READ, 'deployments', ['apps'])]],
  ['reader', 200, [rule(READ, 'pods nodes/metrics services')]],
  [
    'edit',
    150,
    [
      rule('*', 'pods pods/exec services configmaps secrets'),
      rule('*', 'deployments statefulsets', ['apps']),
    ],
  ],
  ['secret-reader', 60, [rule(READ, 'secrets')]],
  ['deployer', 90, [rule('get create update patch', 'deployments daemonsets', ['apps'])]],
  ['debugger', 40, [rule('create', 'pods/exec pods/portforward'), rule('get', 'pods')]],
  ['tokens', 10, [rule('create', 'serviceaccounts/token')]],
  [
    'binder',
    10,
    [rule('create update bind', 'rolebindings clusterrolebindings', ['rbac.authorization.k8s.io'])],
  ],
  ['node-keeper', 10, [rule('get patch update', 'nodes nodes/status')]],
  ['cluster-admin', 10, [rule(ALL, ALL, [ALL])]],
]

export type ClusterSize = { accounts: number; bindings: number }

const idOf = (number: number): string => `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const drawn = (random: Random, of: typeof WIDE): (typeof WIDE)[number] => {
  let left = random() * of.reduce((sum, [, weight]) => sum + weight, 0)
  return of.find(([, weight]) => (left -= weight) < 0) ?? oneOf(random, of)
}

/** A role that somebody wrote for one namespace. */
function ownRole(random: Random, place: string, at: number): Held {
  const rules = [rule(READ, 'configmaps pods')]
  if (random() < 0.3) rules.push(rule('get', 'secrets', [''], [`${place}-settings`]))
  if (random() < 0.15) rules.push(rule('create delete', 'pods jobs', ['', 'batch']))
  if (random() < 0.1) rules.push(rule('patch update', 'deployments', ['apps']))
  return {
    id: `role/${place}/own-${at}`,
    name: `own-${at}`,
    language: 'kubernetes-rbac',
    effect: 'allow',
    via: '',
    place,
    document: { rules },
  }
}

function bind(random: Random, number: number, place: string, own: readonly Held[]): Held {
  const isWide = random() < 0.08
  const binding = `${isWide ? 'ClusterRoleBinding' : 'RoleBinding'} binding-${number}`
  if (!isWide && random() < 0.6) return { ...oneOf(random, own), via: `attached ${binding}` }
  const [name, , rules] = drawn(random, WIDE)
  return {
    id: `clusterrole/${name}`,
    name,
    language: 'kubernetes-rbac',
    effect: 'allow',
    via: `attached ${binding}`,
    ...(!isWide && { place }),
    document: { rules },
  }
}

const runnerOf = (random: Random, { id, name }: Principal): Runner => {
  const kind = oneOf(random, ['Deployment', 'Deployment', 'Deployment', 'StatefulSet', 'CronJob'])
  return {
    id: id.replace(/^b/, 'c'),
    type:
      { Deployment: 'kubernetes.deployment', StatefulSet: 'kubernetes.stateful-set' }[kind] ??
      'kubernetes.cron-job',
    name,
    aliases: [`${kind}|${name}`],
    namespace: name.slice(0, name.indexOf('/')),
    uses: [id],
  }
}

export function clusterRealm({ accounts, bindings }: ClusterSize, seed: number): Realm {
  const random = seeded(seed)
  const places = Array.from({ length: Math.max(4, Math.round(accounts / 20)) }, (_, at) => `team-${at}`)
  const roles = new Map(places.map((place) => [place, [0, 1, 2].map((at) => ownRole(random, place, at))]))
  const placed = Array.from(
    { length: accounts },
    () => places[Math.floor(random() ** 2 * places.length)] ?? 'team-0',
  )
  const held: Held[][] = placed.map(() => [])
  for (let number = 0; number < bindings; number++) {
    const at = Math.floor(random() ** 1.5 * accounts)
    const place = placed[at] ?? ''
    held[at]?.push(bind(random, number, place, roles.get(place) ?? []))
  }
  const principals = placed.map((place, at): Principal => {
    const own = `app-${at}`
    return {
      id: idOf(at),
      type: 'kubernetes.service-account',
      name: `${place}/${own}`,
      aliases: [`system:serviceaccount:${place}:${own}`],
      class: 'machine',
      enabled: true,
      tags: {},
      held: held[at] ?? [],
      trusts: [],
    }
  })
  return {
    id: 'a0000000-0000-4000-8000-000000000001',
    type: 'kubernetes.cluster',
    name: 'measured',
    principals,
    elsewhere: [],
    runners: principals.filter(() => random() < 0.8).map((one) => runnerOf(random, one)),
    rulings: places.map((place) => ({
      id: `security/${place}`,
      type: 'kubernetes.pod-security',
      name: place,
      language: 'kubernetes-admission',
      aliases: [`namespace/${place}`],
      ...(random() < 0.5 && {
        document: { enforce: oneOf(random, ['baseline', 'restricted', 'privileged']) },
      }),
    })),
    things: placed
      .filter(() => random() < 0.4)
      .map((place, at) => ({
        kind: 'secret',
        id: `s0000000-${at}`,
        type: 'kubernetes.secret',
        name: `${place}/secret-${at}`,
      })),
    unseen: [],
  }
}
