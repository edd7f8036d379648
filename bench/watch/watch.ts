// A large cluster that changes all the time, followed by the job that does it: how far behind it the inventory is.
import { fork } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { connectorOf } from '@/governance/connector-registry'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { scopeIdOf } from '@/inventory/scopes'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'
import { CONNECTOR, settingsFor } from '@/tests/live-cluster/objects'
import type { Asked, Marker, Told, Truth } from '@/tests/live-cluster/churning'
import { atMost, peakMiB, secondsOf, spaced, type Figure, type Step } from '../contract'

const PODS_MAX = 100_000
const PER_MINUTE = 10_000
const CHURN_SECONDS = 90
const BEHIND_MAX_SECONDS = 5
const MEMORY_MAX_MIB = 512
const FIRST_LOOK_MAX_MS = 10 * 60_000
const ASK_MS = 100

type Cluster = {
  ask(asked: Asked): void
  told<K extends string>(what: K): Promise<Extract<Told, Record<K, unknown>>>
  end(): void
  onMarker(take: (marker: Marker) => void): void
}

function startCluster(): Cluster {
  const child = fork(new URL('../../tests/live-cluster/churning.ts', import.meta.url), {
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  const waiting: Told[] = []
  let marker: (marker: Marker) => void = () => {}
  child.on('message', (told: Told) => ('marker' in told ? marker(told.marker) : void waiting.push(told)))
  return {
    ask: (asked) => void child.send(asked),
    async told(what) {
      for (;;) {
        const at = waiting.findIndex((told) => what in told)
        if (at >= 0) return waiting.splice(at, 1)[0] as never
        if (child.exitCode !== null) throw new Error('the cluster ended')
        await wait(ASK_MS)
      }
    },
    onMarker: (take) => void (marker = take),
    end: () => void child.kill(),
  }
}

async function connect(url: string): Promise<string> {
  const id = newId()
  await db.connection.create({
    data: {
      id,
      connectorId: CONNECTOR,
      name: `Measured cluster ${id}`,
      mode: 'live',
      settings: sealSettings(id, settingsFor(url)),
      intervalMinutes: 1440,
      createdBy: 'bench',
    },
  })
  return id
}

type Row = { nativeId: string; replicas: number }
async function isEqual(scopeId: string, truth: Truth): Promise<boolean> {
  const accounts = await db.identity.findMany({
    where: { scopeId, retiredAt: null, nativeId: { in: truth.accounts } },
    select: { nativeId: true },
  })
  if (accounts.length !== truth.accounts.length) return false
  const rows = await db.$queryRaw<Row[]>`
    SELECT native_id AS "nativeId", (doc->'replicas'->>'value')::int AS replicas FROM workload
    WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL`
  return (
    rows.length === Object.keys(truth.replicas).length &&
    rows.every(({ nativeId, replicas }) => truth.replicas[nativeId] === replicas)
  )
}

async function until(is: () => Promise<boolean>, maxMs: number): Promise<number> {
  const began = performance.now()
  while (!(await is())) {
    if (performance.now() - began > maxMs) throw new Error('it did not come to be in time')
    await wait(ASK_MS)
  }
  return (performance.now() - began) / 1000
}

/** Seconds from an account's making until it is in the inventory, one after the other. */
function arrivals(scopeId: string, cluster: Cluster): number[] {
  const seconds: number[] = []
  cluster.onMarker(({ uid, at }) => {
    const there = async () => (await db.identity.count({ where: { scopeId, nativeId: uid } })) > 0
    void until(there, 60_000).then(() => seconds.push((Date.now() - at) / 1000))
  })
  return seconds
}

export const watch: Step = async ({ identities }) => {
  const pods = Math.min(identities, PODS_MAX)
  const cluster = startCluster()
  const stopping = new AbortController()
  const startMiB = peakMiB()
  try {
    const { url } = await cluster.told('url')
    cluster.ask({ ask: 'fill', pods })
    await cluster.told('filled')
    const connectionId = await connect(url)
    const began = performance.now()
    const never = new AbortController().signal
    const at = { signal: never, stopping: stopping.signal, lastAttempt: true, connectorOf }
    const following = runJob('follow-connection', { connectionId }, at)
    const scopes = () => db.connectionScope.findMany({ where: { connectionId } })
    await until(async () => (await scopes()).length > 0, FIRST_LOOK_MAX_MS)
    const scopeId = (await scopes())[0]?.scopeId ?? scopeIdOf(CONNECTOR, false, '')
    await until(
      async () => (await db.look.count({ where: { scopeId, stream: 'workloads' } })) > 0,
      FIRST_LOOK_MAX_MS,
    )
    const firstSeconds = (performance.now() - began) / 1000
    const firstMiB = peakMiB()
    await wait(3_000)
    const behind = arrivals(scopeId, cluster)
    cluster.ask({ ask: 'churn', perMinute: PER_MINUTE, seconds: CHURN_SECONDS })
    const { churned } = await cluster.told('churned')
    cluster.ask({ ask: 'truth' })
    const { truth } = await cluster.told('truth')
    const equalSeconds = await until(() => isEqual(scopeId, truth), 120_000)
    stopping.abort()
    await following
    return {
      figures: figuresOf({ pods, churned, behind, equalSeconds, firstSeconds, firstMiB, startMiB }),
      facts: {},
    }
  } finally {
    stopping.abort()
    cluster.end()
  }
}

type Measured = {
  pods: number
  churned: number
  behind: number[]
  equalSeconds: number
  firstSeconds: number
  firstMiB: number
  startMiB: number
}
function figuresOf({
  pods,
  churned,
  behind,
  equalSeconds,
  firstSeconds,
  firstMiB,
  startMiB,
}: Measured): Figure[] {
  const sorted = [...behind].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity
  const group = 'Following'
  return [
    {
      group,
      name: `First look at a cluster of ${spaced(pods)} pods`,
      measured: secondsOf(firstSeconds),
      verdict: 'told',
    },
    {
      group,
      name: `${spaced(PER_MINUTE)} changes a minute: a new account is in the inventory after`,
      aim: `at most ${BEHIND_MAX_SECONDS} s`,
      measured: `p50 ${secondsOf(at(0.5))}, p95 ${secondsOf(at(0.95))} (of ${sorted.length} while ${spaced(churned)} objects changed in ${CHURN_SECONDS} s)`,
      verdict: atMost(at(0.95), BEHIND_MAX_SECONDS),
    },
    {
      group,
      name: 'After the last change: every account and the replicas of every workload as in the cluster',
      aim: `within ${BEHIND_MAX_SECONDS} s`,
      measured: secondsOf(equalSeconds),
      verdict: atMost(equalSeconds, BEHIND_MAX_SECONDS),
    },
    {
      group,
      name: 'Most memory of the process that follows',
      aim: `at most ${MEMORY_MAX_MIB} MiB`,
      measured: `${peakMiB()} MiB; ${firstMiB} after the first look, ${startMiB} before`,
      verdict: atMost(peakMiB(), MEMORY_MAX_MIB),
    },
  ]
}
