// A made-up cluster, connected, and the job that follows it: set up anew for each test of the file that asks for it.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'
import type { Connector } from '@/core/connector'
import kubernetes from '@/connectors/kubernetes/collect'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { scopeIdOf } from '@/inventory/scopes'
import { runJob } from '@/jobs'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import * as made from './objects'
import { LiveCluster } from './server'

/** How soon what happens in a cluster is seen. */
export const WITHIN = { timeout: 5_000, interval: 50 }
export const never = new AbortController().signal
export const connectorOf = async () => kubernetes as unknown as Connector

/** Only what hangs is given up: other tests may run at the same time. */
export const PATIENCE_MS = 60_000

/** Of the test that runs now. */
class Followed {
  cluster = new LiveCluster()
  connectionId = ''
  stopping = new AbortController()
  following: Promise<void> | undefined

  async begin() {
    this.cluster = new LiveCluster()
    this.cluster.put('namespaces', made.namespace('shop'))
    this.cluster.put('serviceaccounts', made.serviceAccount('shop', 'web', 'sa-web'))
    const web = made.deployment('shop', 'web', 'web')
    this.cluster.put('deployments', web)
    this.cluster.put('replicasets', made.replicaSet(web))
    this.cluster.put('pods', made.pod(made.replicaSet(web), 'web', 'pod-1'))
    const server = await this.cluster.start()
    const id = randomUUID()
    this.connectionId = id
    await db.connection.create({
      data: {
        id,
        connectorId: made.CONNECTOR,
        name: `cluster ${id}`,
        mode: 'live',
        settings: sealSettings(id, made.settingsFor(server)),
        intervalMinutes: 60,
        createdBy: 'test',
      },
    })
    this.stopping = new AbortController()
  }
  async end() {
    this.stopping.abort()
    await this.following?.catch(() => {})
    await db.connection.delete({ where: { id: this.connectionId } })
    await this.cluster.stop()
  }

  follow() {
    const at = { signal: never, stopping: this.stopping.signal, lastAttempt: true, connectorOf }
    this.following = runJob('follow-connection', { connectionId: this.connectionId }, at)
  }
  /** Follows until what is there is in the inventory and everything is watched. */
  async followed() {
    this.follow()
    const patience = { timeout: PATIENCE_MS }
    await vi.waitFor(async () => expect(await this.names()).toEqual(['shop/web']), patience)
    await vi.waitFor(() => expect(this.cluster.watches).toBeGreaterThan(10), patience)
  }
  runs() {
    return db.run.findMany({ where: { connectionId: this.connectionId }, orderBy: { createdAt: 'asc' } })
  }
  scope() {
    return scopeIdOf(made.CONNECTOR, false, this.cluster.uid)
  }
  /** Of the service accounts that are held. */
  async names() {
    const rows = await db.identity.findMany({
      where: { scopeId: this.scope(), retiredAt: null, type: 'kubernetes.service-account' },
      select: { name: true },
      orderBy: { name: 'asc' },
    })
    return rows.map(({ name }) => name)
  }
}

export function followedCluster(): Followed {
  const here = new Followed()
  beforeEach(() => here.begin())
  afterEach(() => here.end())
  afterAll(closeSender)
  return here
}
