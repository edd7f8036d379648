// Who may become which application, joined with the systems that know: a cluster, the tenant itself, and one that nobody reads.
import { expect, test } from 'vitest'
import { onlyEntra } from '@/connectors/azure/entra/fixtures/only-entra'
import { defineConnector, type Connector } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { applyRun } from '@/inventory/apply'
import { joinChanges } from '@/inventory/joins/join-changes'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import { identity } from '@/tests/scripted-source'
import { graphServer } from './graph-server'

const ISSUER = 'oidc.prod-aks.azure.com/7f3a'
const nowhere: Transport = {
  send: () => Promise.reject(new Error('a scripted cluster asks nothing')),
  explain: () => undefined,
}
const account = (name: string) =>
  identity(`uid-${name}`, {
    name,
    keys: [{ type: 'oidc.subject', value: `${ISSUER}|system:serviceaccount:payments:${name}` }],
    links: [
      {
        relation: 'declared',
        means: 'this-becomes',
        to: 'azure.client-id',
        match: 'exact',
        value: 'c1000000-0000-4000-8000-000000000003',
        reason: 'Its annotation names this application.',
      },
    ],
  })
const cluster = (names: readonly string[]): Connector =>
  defineConnector({
    manifest: {} as Connector['manifest'],
    open: () => nowhere,
    openFile: () => Promise.reject(new Error('no files')),
    async *scopes() {
      yield { nativeId: 'aks', name: 'aks', type: 'demo.cluster', authorities: [`oidc:${ISSUER}`] }
    },
    streams: {
      accounts: {
        kinds: ['identity'],
        async *collect() {
          for (const name of names) yield account(name)
        },
      },
    },
  })

let runs = 0
async function sync(connectorId: string, connector: Connector, transport: Transport): Promise<void> {
  const at = `2026-11-22T0${runs++}:00:00.000Z`
  const connection =
    (await db.connection.findFirst({ where: { connectorId } })) ??
    (await db.connection.create({
      data: {
        connectorId,
        name: connectorId,
        mode: 'live',
        settings: Buffer.from('x'),
        intervalMinutes: 60,
        createdBy: 'test',
      },
    }))
  const run = await db.run.create({
    data: {
      connectionId: connection.id,
      trigger: 'test',
      requestedBy: 'test',
      startedAt: at,
      observedAt: at,
    },
  })
  await observe({
    connector,
    transport,
    connection: { id: connection.id, connectorId, mode: 'live' },
    runId: run.id,
    observedAt: at,
    signal: new AbortController().signal,
  })
  await applyRun({ runId: run.id, send: async () => undefined })
  await joinChanges()
}

/** Application ← who, with the state. */
async function edges(): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string; who: string | null; state: string; type: string }[]>`
    SELECT f.name, t.name AS who, e.state, e.key_type AS type FROM edge e
    JOIN identity f ON f.id = e.from_identity_id LEFT JOIN identity t ON t.id = e.to_identity_id
    WHERE e.to_kind = 'identity'`
  return rows.map(({ name, who, state, type }) => `${name} ${type} ${who ?? '?'} ${state}`).sort()
}

test('by federated credentials, blueprints, owners and annotations', async () => {
  const server = await graphServer()
  const client = server.open()
  await sync('entra', onlyEntra as unknown as Connector, client)
  await client.close?.()
  await server.close()
  const inside = [
    'Cluster writer azure.object-id Deployer matched',
    'Deployer azure.object-id id-pay matched',
    'Refund agent azure.client-id Support agents matched',
  ]
  expect(await edges()).toEqual(expect.arrayContaining([...inside, 'Cluster writer oidc.subject ? unknown']))

  await sync('demo', cluster(['writer', 'reader']), nowhere)
  expect(await edges()).toEqual(
    expect.arrayContaining([
      ...inside,
      'Cluster writer oidc.subject writer matched',
      'reader azure.client-id Cluster writer matched',
      'writer azure.client-id Cluster writer matched',
      // Nobody reads GitHub: that the repositories are there or not cannot be told.
      'Deployer oidc.subject ? unknown',
      'Pipelines of any branch oidc.subject ? unknown',
    ]),
  )

  await sync('demo', cluster(['reader']), nowhere)
  // Kept beside the service account that is gone: whoever makes one of that name anew is let in.
  expect(await edges()).toContain('Cluster writer oidc.subject writer dangling')
}, 60_000)
