// Between nodes and what runs on them: each case from "Pod Security Standards", "Volumes: hostPath", "Using node authorization" and
// capabilities(7), worked out by hand.
import type { Runner } from '@/core/access'
import type { HostAccess } from '@/core/observation'
import { ACCOUNTS, BOT, deployment, placed, rule, wide, type Stepped } from './kubernetes-cases'
import { accountId, type World } from './kubernetes-realm'

const CLOSED: HostAccess = {
  privileged: false,
  shares: [],
  capabilities: [],
  paths: [],
  superuser: 'yes',
  gainsRights: false,
}
const NODES = ['n1', 'n2']
const mounts = (path: string, readOnly = false) => ({ paths: [{ path, readOnly }] })
/** Runs as shop/web on the nodes that are named. */
const agent = (
  host: Partial<HostAccess> | undefined,
  runsOn?: string[],
  more: Partial<Runner> = {},
): Runner => ({
  ...deployment('shop', 'agent', 'shop/web'),
  ...(host && { host: { ...CLOSED, ...host } }),
  ...(runsOn && { runsOn }),
  ...more,
})
const world = (...runners: Runner[]): World => ({ accounts: ACCOUNTS, nodes: NODES, runners })
const WEB = accountId('shop/web')
export const AGENT = 'run:shop/agent'

type FromRunner = { because: string; world: World; steps: string[] }
const on = (because: string, host: Partial<HostAccess>, ...steps: string[]): FromRunner => ({
  because,
  world: world(agent(host, ['n1'])),
  steps,
})
const SURE = 'yes K29 node:n1'
const OPEN = 'depends K29 node:n1'

/** What whoever controls the workload comes to. */
export const RUNNER_CASES: readonly FromRunner[] = [
  on('a privileged container owns its node', { privileged: true }, SURE),
  on('nothing open, no step', {}),
  on('root alone is no way out', { superuser: 'yes', gainsRights: true }),
  on('the network of the node alone is no way out', { shares: ['network', 'ipc'] }),
  on('processes of the node in sight, without a right to enter them', { shares: ['pid'] }),
  on(
    'processes of the node, and the right to trace them',
    { shares: ['pid'], capabilities: ['SYS_PTRACE'] },
    SURE,
  ),
  on('the right to trace, its own processes only', { capabilities: ['SYS_PTRACE'] }),
  on('SYS_ADMIN alone: profiles of the node may forbid it', { capabilities: ['SYS_ADMIN'] }, OPEN),
  on('NET_ADMIN is about its own network', { capabilities: ['NET_ADMIN', 'NET_BIND_SERVICE'] }),
  on('the root of the node', mounts('/'), SURE),
  on('the root of the node to be read', mounts('/', true), OPEN),
  on('the folder of the agent, with a slash behind it', mounts('/var/lib/kubelet/'), SURE),
  on('a folder of data', mounts('/var/lib/postgres')),
  on('logs', mounts('/var/log')),
  on('the socket of the runtime, be it read only', mounts('/run/containerd/containerd.sock', true), SURE),
  on('another file of that name', mounts('/data/docker.sock')),
  on('a user that is not root', { privileged: true, superuser: 'no' }, OPEN),
  on('a user that the image decides', { privileged: true, superuser: 'maybe' }, OPEN),
  {
    because: 'each node that it runs on',
    world: world(agent({ privileged: true }, NODES)),
    steps: ['yes K29 node:n1', 'yes K29 node:n2'],
  },
  {
    because: 'where it runs is not told',
    world: world(agent({ privileged: true })),
    steps: ['depends K29 more'],
  },
  {
    because: 'what is open to it was not seen',
    world: world(agent(undefined, ['n1'])),
    steps: ['depends K29 more'],
  },
  {
    because: 'it runs on a node that was not collected',
    world: world(agent({ privileged: true }, ['n9'])),
    steps: ['depends K29 more'],
  },
  {
    because: 'nothing of it runs now',
    world: world(agent({ privileged: true }, [])),
    steps: [],
  },
  {
    because: 'a job is there only while it runs',
    world: world(agent({ privileged: true }, ['n1'], { type: 'kubernetes.job' })),
    steps: [OPEN],
  },
]

/** What somebody comes to by its rights, or by what it is. */
export const NODE_CASES: readonly Stepped[] = [
  {
    because: 'K27: a node acts as each service account whose pods are on it, and as no other',
    world: {
      ...world(
        agent({}, ['n1']),
        { ...deployment('ci', 'build', 'ci/bot'), runsOn: ['n2'] },
        { ...deployment('shop', 'both', 'shop/admin'), runsOn: ['n1', 'n2'] },
      ),
    },
    who: 'node:n1',
    steps: [`yes K27 ${WEB}`, `yes K27 ${accountId('shop/admin')}`, 'depends K27 more'],
    level: ['none', 'sensitive'],
  },
  {
    because: 'K27: jobs come and go',
    world: world(agent({}, ['n1'], { type: 'kubernetes.cron-job' })),
    who: 'node:n1',
    steps: [`depends K27 ${WEB}`, 'depends K27 more'],
  },
  {
    because: 'K27: where a workload runs is not told',
    world: world(agent({})),
    who: 'node:n1',
    steps: ['depends K27 more'],
  },
  {
    because: 'K29: whoever acts as its service account does so from inside of the pod, or by a token alone',
    world: world(agent({ privileged: true }, ['n1'])),
    who: WEB,
    steps: ['depends K29 node:n1'],
    level: ['none'],
  },
  {
    because: 'K29: a service account of nothing that is open',
    world: world(agent({}, ['n1'])),
    who: WEB,
    steps: [],
    not: ['K29'],
    level: ['none'],
  },
  {
    because: 'K13: commands in a pod that owns its node',
    world: placed([rule('create', 'pods/exec')], {
      nodes: NODES,
      runners: [
        agent({ privileged: true }, ['n1']),
        { ...deployment('ci', 'build', 'ci/bot'), runsOn: ['n2'] },
      ],
    }),
    steps: [`yes K13 ${WEB}`, 'yes K13 node:n1'],
  },
  {
    because: 'K13: commands in pods of a namespace where none is open',
    world: placed([rule('create', 'pods/exec')], { nodes: NODES, runners: [agent({}, ['n1'])] }),
    steps: [`yes K13 ${WEB}`],
  },
  {
    because: 'K15: commands in every pod of every node',
    world: wide([rule('get', 'nodes/proxy')], {
      nodes: NODES,
      runners: [agent({ privileged: true }, ['n2'])],
    }),
    who: BOT,
    steps: [`yes K15 ${WEB}`, 'yes K15 more', 'yes K15 node:n2'],
  },
]
