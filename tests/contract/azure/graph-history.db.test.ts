// A tenant over some days, through the whole pipeline: an application and its service principal are one identity whichever was
// seen first, live or in a file, and a vendor that is consented to anew is a successor.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onlyEntra } from '@/connectors/azure/entra/fixtures/only-entra'
import { openDirectory } from '@/connectors/azure/entra/import-directory'
import type { Connector } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { applyRun } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import type { GraphState } from './graph-answers'
import { graphServer } from './graph-server'
import * as tenant from './graph-tenant'
import { appId, objectId, principalId, TENANT } from './graph-tenant'

type Mode = 'live' | 'import'
async function see(transport: Transport, day: number, mode: Mode): Promise<void> {
  const at = `2026-11-${String(day).padStart(2, '0')}T08:00:00.000Z`
  const connection = await db.connection.create({
    data: {
      connectorId: 'entra',
      name: `entra ${day}`,
      mode,
      settings: Buffer.from('x'),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
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
    connector: onlyEntra as unknown as Connector,
    transport,
    connection: { id: connection.id, connectorId: 'entra', mode },
    runId: run.id,
    observedAt: at,
    signal: new AbortController().signal,
  })
  await applyRun({ runId: run.id, send: async () => undefined })
  await transport.close?.()
}
async function live(day: number, state: Partial<GraphState> = {}): Promise<void> {
  const server = await graphServer(state)
  await see(server.open(), day, 'live')
  await server.close()
}
async function imported(day: number, lists: Record<string, unknown>): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'history-')), 'entra.json')
  writeFileSync(path, JSON.stringify({ tenantId: TENANT, ...lists }))
  await see((await openDirectory(path)).transport, day, 'import')
}
const named = (name: string) =>
  db.identity.findMany({ where: { name, retiredAt: null }, orderBy: { firstSeenAt: 'asc' } })
const idsOf = async (name: string) => (await named(name)).map(({ nativeId }) => nativeId)
const hangingOn = async (nativeId: string) => {
  const { id } = await db.identity.findFirstOrThrow({ where: { nativeId } })
  const trusts = await db.trust.findMany({ where: { identityId: id, retiredAt: null } })
  const credentials = await db.credential.findMany({ where: { identityId: id, retiredAt: null } })
  return [...trusts, ...credentials].map((row) => row.nativeId.slice(0, 36))
}

test('applications of a file, then a directory that lags, then all of it: one identity each', async () => {
  await imported(1, { applications: tenant.applications })
  expect(await idsOf('Deployer')).toEqual([appId(2)])
  expect(await idsOf('Checkout')).toEqual([appId(1)])

  await live(2, { lagging: new Set([appId(2)]) })
  expect(await idsOf('Deployer')).toEqual([appId(2)])
  expect(await idsOf('Checkout')).toEqual([principalId(1)])
  expect(await hangingOn(principalId(1))).toContain(objectId(1))

  await live(3)
  expect(await idsOf('Deployer')).toEqual([principalId(2)])
  expect(new Set(await hangingOn(principalId(2)))).toEqual(new Set([objectId(2)]))
  expect(await hangingOn(appId(2))).toEqual([])

  // A file that knows applications alone says nothing else of what is known better.
  await imported(4, { applications: tenant.applications })
  expect(await idsOf('Deployer')).toEqual([principalId(2)])
  const [deployer] = await named('Deployer')
  expect(JSON.stringify(deployer?.doc)).toContain(objectId(2))
}, 60_000)

test('a look without the list of applications keeps what it told', async () => {
  const before = await named('Checkout')
  await live(5, {
    disturb: ({ url }) =>
      url.pathname === '/v1.0/applications'
        ? { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: '' } } }
        : undefined,
  })
  const [after] = await named('Checkout')
  const doc = after?.doc as { facets: { state: string; value: unknown[] } }
  expect(after?.id).toBe(before[0]?.id)
  expect(doc.facets).toMatchObject({
    state: 'known',
    value: [{ nativeId: objectId(1) }, { nativeId: principalId(1) }],
  })
  expect(await idsOf('Draft nobody uses')).toEqual([appId(5)])
}, 60_000)

test('a vendor that is consented to anew follows the one before', async () => {
  const [old] = await named('Northwind Monitoring')
  const again = 'b1000000-0000-4000-8000-000000000099'
  const principals = tenant.principals.map((one) =>
    one.id === principalId(20) ? { ...one, id: again } : one,
  )
  await imported(6, { applications: tenant.applications, servicePrincipals: principals })
  const [anew, ...more] = await named('Northwind Monitoring')
  expect(more).toEqual([])
  expect(anew).toMatchObject({ nativeId: again, predecessorId: old?.id })
}, 60_000)
