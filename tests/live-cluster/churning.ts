// A large cluster in a process of its own that changes at a given pace, and tells what it holds: what a follower is measured
// against.
import { setTimeout as wait } from 'node:timers/promises'
import * as made from './objects'
import { LiveCluster } from './server'

export type Asked =
  { ask: 'fill'; pods: number } | { ask: 'churn'; perMinute: number; seconds: number } | { ask: 'truth' }
/** What an inventory has to say as well. */
export type Truth = { accounts: string[]; replicas: Record<string, number> }
/** An account made at an instant, to see when it arrives. */
export type Marker = { uid: string; at: number }
export type Told =
  { url: string } | { filled: true } | { marker: Marker } | { churned: number } | { truth: Truth }

const REPLICAS = 20
const TICK_MS = 100
const MARKER_MS = 3_000
const NAMESPACES = 50

const cluster = new LiveCluster()
const sets: ReturnType<typeof made.replicaSet>[] = []
const nameOf = (index: number) => `app-${index}`
const namespaceOf = (index: number) => `team-${index % NAMESPACES}`

function fill(pods: number): void {
  for (let index = 0; index < NAMESPACES; index++) cluster.put('namespaces', made.namespace(`team-${index}`))
  cluster.put('clusterroles', made.clusterRole('view', ['get', 'list']))
  for (let index = 0; index * REPLICAS < pods; index++) {
    const [space, name] = [namespaceOf(index), nameOf(index)]
    cluster.put('serviceaccounts', made.serviceAccount(space, name, `sa-${index}`))
    cluster.put('rolebindings', made.binding(space, name, 'view', name))
    const deployment = made.deployment(space, name, name)
    const set = made.replicaSet(deployment)
    cluster.put('deployments', deployment)
    cluster.put('replicasets', set)
    sets.push(set)
    for (let n = 0; n < REPLICAS; n++) cluster.put('pods', made.pod(set, name, `pod-${index}-${n}`))
  }
}

/** One change: most are pods that come and go, some are accounts and who may do what. */
function change(count: number): void {
  const index = (count * 7919) % sets.length
  const set = sets[index]
  if (!set) return
  const [space, name] = [namespaceOf(index), nameOf(index)]
  const turn = count % 20
  if (turn < 8) cluster.put('pods', made.pod(set, name, `new-${count}`))
  else if (turn < 16) cluster.delete('pods', `new-${count - 8}`)
  else if (turn === 16)
    cluster.put('serviceaccounts', made.serviceAccount(space, `${name}-${count}`, `new-sa-${count}`))
  else if (turn === 17) cluster.delete('serviceaccounts', `new-sa-${count - 21}`)
  else cluster.put('rolebindings', made.binding(space, `extra-${count % 500}`, 'view', name))
}

async function churn(perMinute: number, seconds: number): Promise<void> {
  const began = Date.now()
  let count = 0
  let marked = 0
  while (Date.now() - began < seconds * 1000) {
    for (const due = ((Date.now() - began) / 60_000) * perMinute; count < due; count++) change(count)
    if (Date.now() - marked >= MARKER_MS) {
      marked = Date.now()
      const uid = `marker-${marked}`
      cluster.put('serviceaccounts', made.serviceAccount('team-0', uid, uid))
      tell({ marker: { uid, at: marked } })
    }
    await wait(TICK_MS)
  }
  tell({ churned: count })
}

function truth(): Truth {
  const replicas: Record<string, number> = {}
  for (const { metadata } of cluster.of('pods').values()) {
    const [owner] = metadata['ownerReferences'] as { uid: string }[]
    const deployment = owner?.uid.replace(/^rs-/, '') ?? ''
    replicas[deployment] = (replicas[deployment] ?? 0) + 1
  }
  return { accounts: [...cluster.of('serviceaccounts').keys()].sort(), replicas }
}

const tell = (told: Told) => process.send?.(told)
process.on('message', (asked: Asked) => {
  if (asked.ask === 'fill') {
    fill(asked.pods)
    tell({ filled: true })
  } else if (asked.ask === 'churn') void churn(asked.perMinute, asked.seconds)
  else tell({ truth: truth() })
})
process.on('disconnect', () => process.exit())
setInterval(() => cluster.bookmark(), 30_000).unref()
tell({ url: await cluster.start() })
