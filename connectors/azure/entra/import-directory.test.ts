// A file made by the Azure CLI: the same mapping as a live look, what it does not hold unknown, and clear errors.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RollcallError } from '@/core/errors'
import { graphServer } from '@/tests/contract/azure/graph-server'
import * as tenant from '@/tests/contract/azure/graph-tenant'
import { appId, objectId, principalId, TENANT } from '@/tests/contract/azure/graph-tenant'
import { eventsOf, rowsOf, statesOf } from './fixtures/only-entra'
import { openDirectory } from './import-directory'

let files = 0
const folder = mkdtempSync(join(tmpdir(), 'directory-'))
function file(text: string): string {
  const path = join(folder, `${files++}.json`)
  writeFileSync(path, text)
  return path
}
const wrapper = (more: Record<string, unknown>): string => file(JSON.stringify({ tenantId: TENANT, ...more }))
const BOTH = { applications: tenant.applications, servicePrincipals: tenant.principals }
async function imported(path: string) {
  const { transport, report } = await openDirectory(path)
  const events = await eventsOf(transport)
  await transport.close?.()
  return { events, report: report() }
}
const refusal = async (path: string, max?: number): Promise<string> => {
  const error: unknown = await openDirectory(path, max).then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof RollcallError)) throw new Error(`expected a refusal, got ${String(error)}`)
  expect(error.message).not.toContain(folder)
  return error.message
}

describe('both lists', async () => {
  const server = await graphServer()
  const live = await eventsOf(server.open())
  await server.close()
  const { events, report } = await imported(wrapper(BOTH))
  const withoutUse = (rows: ReturnType<typeof rowsOf<'identity'>>) =>
    rows.filter(({ type }) => type !== 'azure.agent-identity').map(({ lastUsedAt: _, ...row }) => row)
  test('give the identities of a live look, but for when they were used', () => {
    expect(withoutUse(rowsOf(events, 'identity'))).toEqual(withoutUse(rowsOf(live, 'identity')))
    expect(rowsOf(events, 'credential').map(({ nativeId }) => nativeId)).toEqual(
      rowsOf(live, 'credential').map(({ nativeId }) => nativeId),
    )
    const used = [...rowsOf(events, 'identity'), ...rowsOf(events, 'credential')].map(
      ({ lastUsedAt }) => lastUsedAt,
    )
    expect(new Set(used.map((fact) => (fact.state === 'unknown' ? fact.why : fact.state)))).toEqual(
      new Set(['not-offered']),
    )
  })
  test('are complete for what they hold, and for nothing else', () => {
    expect(statesOf(events, 'applications')).toEqual({
      identity: 'complete',
      credential: 'complete',
      'owner-hint': 'complete',
    })
    const others = [
      'federated-credentials',
      'owners',
      'app-roles',
      'delegated-grants',
      'directory-roles',
      'agents',
    ]
    for (const stream of others) expect(Object.values(statesOf(events, stream))).not.toContain('complete')
  })
  test('say what was left out, and hold none of it', () => {
    expect(report.understood).toEqual([
      { what: 'applications', count: 7 },
      { what: 'service principals', count: 16 },
    ])
    expect(report.ignored).toEqual([expect.objectContaining({ what: 'agent identities', count: 1 })])
    const dropped = report.dropped.map(({ path }) => path)
    for (const path of [
      '$.applications[].keyCredentials[].key',
      '$.applications[].passwordCredentials[].hint',
      '$.servicePrincipals[].keyCredentials[].key',
      '$.servicePrincipals[].notes',
      '$.servicePrincipals[].passwordCredentials[].hint',
    ])
      expect(dropped).toContain(path)
    for (const canary of tenant.CANARIES) expect(JSON.stringify({ events, report })).not.toContain(canary)
  })
})

describe('one list alone', () => {
  test('applications go by the client id that their service principals bear', async () => {
    const { events } = await imported(wrapper({ applications: tenant.applications }))
    const [checkout] = rowsOf(events, 'identity').filter(({ name }) => name === 'Checkout')
    expect(checkout).toMatchObject({ nativeId: appId(1), facets: { state: 'unknown', why: 'not-offered' } })
    expect(statesOf(events, 'applications')['identity']).toBe('partial')
  })
  test('service principals are those of a live look', async () => {
    const { events } = await imported(wrapper({ servicePrincipals: tenant.principals }))
    const [checkout] = rowsOf(events, 'identity').filter(({ name }) => name === 'Checkout')
    expect(checkout).toMatchObject({
      nativeId: principalId(1),
      aliases: [appId(1)],
      facets: { state: 'unknown', why: 'not-offered' },
      joiningUnseen: true,
    })
    expect(rowsOf(events, 'credential').map(({ nativeId }) => nativeId.slice(0, 36))).not.toContain(
      objectId(1),
    )
  })
})

test('many pages are read in their order, each element once', async () => {
  const many = Array.from({ length: 450 }, (_, n) => ({
    ...tenant.principals[0],
    id: `many-${n}`,
    appId: `app-${n}`,
    fieldOfTomorrow: n,
  }))
  const { events, report } = await imported(wrapper({ servicePrincipals: many }))
  expect(rowsOf(events, 'identity').map(({ nativeId }) => nativeId)).toEqual(many.map(({ id }) => id))
  expect(report.ignored).toEqual([
    expect.objectContaining({ what: '$.servicePrincipals[].fieldOfTomorrow', count: 450 }),
  ])
})

describe('a file that cannot be imported says why', () => {
  const [first] = tenant.applications
  test.each([
    [
      'the bare output',
      () => file(JSON.stringify(tenant.applications)),
      /does not say of which tenant.*az ad app list/,
    ],
    ['a sign-in page', () => file('<!doctype html>'), /web page/],
    ['something else', () => file('Please run az login'), /not JSON/],
    ['nothing', () => file(''), /empty/],
    ['no tenant', () => file(JSON.stringify({ applications: [first] })), /\$\.tenantId/],
    [
      'another thing as tenant',
      () => wrapper({ tenantId: 'acme.example', applications: [first] }),
      /\$\.tenantId/,
    ],
    ['no list', () => wrapper({}), /holds no applications/],
    [
      'no list where one should be',
      () => wrapper({ applications: { a: first } }),
      /\$\.applications: must be a list/,
    ],
    [
      'an element without its id',
      () => wrapper({ applications: [first, { ...first, appId: undefined }] }),
      /\$\.applications\[1\]\.appId/,
    ],
    [
      'a date that is none',
      () =>
        wrapper({ applications: [{ ...first, passwordCredentials: [{ keyId: 'k', endDateTime: 'soon' }] }] }),
      /\$\.applications\[0\]\.passwordCredentials\[0\]\.endDateTime: must be an ISO 8601 date/,
    ],
    [
      'two things under one id',
      () => wrapper({ applications: [first, { ...first, displayName: 'other' }] }),
      /\$\.applications\[1\]: has the same id as \$\.applications\[0\]/,
    ],
    [
      'the form of an old Azure CLI',
      () => wrapper({ servicePrincipals: [{ objectId: 'x', appId: 'y' }] }),
      /\$\.servicePrincipals\[0\]: .*update the Azure CLI/,
    ],
    [
      'where the Azure CLI stops',
      () =>
        wrapper({
          applications: Array.from({ length: 100 }, (_, n) => ({ ...first, id: `a-${n}`, appId: `b-${n}` })),
        }),
      /exactly 100.*--all/,
    ],
    [
      'half a file',
      () => file(JSON.stringify({ tenantId: TENANT, ...BOTH }).slice(0, 9000)),
      /cut short|not JSON/,
    ],
  ])('%s', async (_, path, expected) => expect(await refusal(path())).toMatch(expected))
  test('by line and column where it is not JSON', async () =>
    expect(await refusal(file(`{"tenantId":"${TENANT}",\n"applications":[nul]}`))).toMatch(
      /line 2, column \d+/,
    ))
  test('more than can be imported', async () =>
    expect(await refusal(wrapper(BOTH), 1000)).toMatch(/Connect the tenant/))
})
