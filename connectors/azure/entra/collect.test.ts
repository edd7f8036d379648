// What each refusal costs: exactly its own facts, never a retirement. What is asked, what is never asked, and what planted
// values come to.
import { afterAll, describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { replay } from '@/tests/conformance'
import { apply } from '@/tests/conformance/reference-inventory'
import { graphServer, settingsOf, TOKEN } from '@/tests/contract/azure/graph-server'
import { appId, CANARIES, objectId, principalId } from '@/tests/contract/azure/graph-tenant'
import * as calls from './calls'
import { eventsOf, NOW, recorded, rowsOf, statesOf } from './fixtures/only-entra'

const server = await graphServer()
afterAll(() => server.close())
const client = server.open()
const answers = await recorded(client)
const whole = await eventsOf(replay(answers))
const LATER = '2026-11-24T08:00:00.000Z'

type Replace = (
  permission: string,
  params: Readonly<Record<string, unknown>>,
  answer: () => Promise<unknown>,
) => unknown
function tenant(replace: Replace): Transport & { calls: string[] } {
  const world = replay(answers)
  const made: string[] = []
  return {
    calls: made,
    async send(permission, params, signal) {
      made.push(permission)
      return await replace(permission, params, () => world.send(permission, params, signal))
    },
    explain: (error) => world.explain(error),
  }
}
const refuse = (permission: string, why: UpstreamError['why'] = 'denied'): never => {
  throw new UpstreamError(why, permission, 'refused by the test')
}
const without = (...permissions: string[]) =>
  tenant((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer()))
const kinds = (events: readonly Collected[], kind: Kind) =>
  rowsOf(events, kind)
    .map(({ nativeId }) => nativeId)
    .sort()
const partial = (events: readonly Collected[]): string[] =>
  events.flatMap((event) =>
    event.type === 'coverage' && Object.values(event.kinds).some(({ state }) => state === 'partial')
      ? [event.stream]
      : [],
  )

describe('a whole look', () => {
  test('lacks nothing', () => expect(partial(whole)).toEqual([]))
  test('holds no planted value, and none is in what was decoded', () => {
    const text = JSON.stringify(whole)
    for (const canary of CANARIES) expect(text).not.toContain(canary)
    // They were in the answers: the test would say nothing otherwise.
    expect(JSON.stringify(answers)).toContain(CANARIES[0])
    expect(JSON.stringify(answers)).toContain(CANARIES[2])
  })
  test('never asks for the data of keys', () => expect(JSON.stringify(answers)).not.toContain(CANARIES[1]))
  test('tells an application and its service principal as one', () => {
    const ids = kinds(whole, 'identity')
    expect(ids).toContain(principalId(1))
    expect(ids).not.toContain(objectId(1))
    expect(ids).toContain(appId(5))
    expect(ids.length).toBe(17)
  })
  test('tells what Microsoft itself acts through apart', () =>
    expect(
      rowsOf(whole, 'identity')
        .filter((one) => one.class === 'provider')
        .map(({ name }) => name),
    ).toEqual(['Microsoft Graph']))
})

describe('what is asked', () => {
  test('is read only, is in the table, and carries the token to Microsoft Graph alone', () => {
    expect(server.asked.length).toBeGreaterThan(40)
    for (const { path, authorization } of server.asked) {
      expect(path).toMatch(/^\/(v1\.0|beta)\//)
      expect(authorization).toBe(`Bearer ${TOKEN}`)
    }
  })
  test('the preview is asked only for what version 1.0 cannot tell', () =>
    expect(
      [
        ...new Set(
          server.asked.filter(({ path }) => path.startsWith('/beta/')).map(({ path }) => path.split('?')[0]),
        ),
      ]
        .map((path) => path?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{id}'))
        .sort(),
    ).toEqual([
      '/beta/applications/{id}/federatedIdentityCredentials',
      '/beta/groups/{id}/transitiveMembers/microsoft.graph.servicePrincipal',
      '/beta/reports/appCredentialSignInActivities',
      '/beta/reports/servicePrincipalSignInActivities',
    ]))
  test('nothing of the preview where the settings leave it out', async () => {
    const other = await graphServer()
    const events = await eventsOf(other.open(settingsOf({ previewApis: false })))
    await other.close()
    expect(other.asked.filter(({ path }) => path.startsWith('/beta/'))).toEqual([])
    const [checkout] = rowsOf(events, 'identity').filter(({ nativeId }) => nativeId === principalId(1))
    expect(checkout?.lastUsedAt).toMatchObject({ state: 'unknown', why: 'left-out' })
    expect(statesOf(events, 'federated-credentials')).toEqual({ trust: 'partial', issuer: 'complete' })
    expect(statesOf(events, 'directory-roles')).toEqual({ grant: 'partial', entitlement: 'partial' })
  })
})

describe('a refusal', () => {
  test('of the applications leaves every service principal, and retires no unused application', async () => {
    const events = await eventsOf(without(calls.APPLICATIONS))
    expect(kinds(events, 'identity')).toEqual(kinds(whole, 'identity').filter((id) => id !== appId(5)))
    expect(statesOf(events, 'applications')).toEqual({
      identity: 'partial',
      credential: 'partial',
      'owner-hint': 'partial',
    })
    const [checkout] = rowsOf(events, 'identity').filter(({ nativeId }) => nativeId === principalId(1))
    expect(checkout?.facets).toMatchObject({ state: 'unknown', why: 'denied' })
    const [vendor] = rowsOf(events, 'identity').filter(({ nativeId }) => nativeId === principalId(20))
    expect(vendor).toEqual(rowsOf(whole, 'identity').find(({ nativeId }) => nativeId === principalId(20)))
  })
  test('of the service principals tells nothing of applications: they would look unused', async () => {
    const events = await eventsOf(without(calls.PRINCIPALS))
    expect(kinds(events, 'identity')).toEqual([principalId(50)])
    expect(partial(events)).toContain('applications')
  })
  test('of the second page of service principals leaves nobody looking unused', async () => {
    const paged = await graphServer({
      pageMax: 4,
      disturb: ({ url }) =>
        url.pathname === '/v1.0/servicePrincipals' && url.searchParams.get('$skiptoken') === '4'
          ? { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: '' } } }
          : undefined,
    })
    const events = await eventsOf(paged.open())
    await paged.close()
    const ids = kinds(events, 'identity')
    expect(ids.filter((id) => id.startsWith('c1'))).toEqual([])
    expect(ids.length).toBeGreaterThan(1)
    expect(statesOf(events, 'applications')['identity']).toBe('partial')
  })
  test.each([
    [calls.FEDERATED, ['federated-credentials']],
    [calls.FEDERATED_BETA, ['federated-credentials']],
    [calls.APPLICATION_OWNERS, ['owners']],
    [calls.APP_ROLES_GIVEN, ['app-roles']],
    [calls.DELEGATED, ['delegated-grants']],
    [calls.GROUP_MEMBERS, ['directory-roles', 'eligible-roles']],
    [calls.UNITS, ['administrative-units']],
    [calls.ROLES_GIVEN, ['directory-roles']],
    [calls.ROLES_ELIGIBLE, ['eligible-roles']],
    [calls.AGENTS, ['agents']],
    [calls.AGENT_SPONSORS, ['agents']],
    [calls.CREDENTIAL_USE, []],
    [calls.PRINCIPAL_USE, []],
  ])('of %s costs its own stream alone', async (permission, streams) => {
    const events = await eventsOf(without(permission))
    expect(partial(events)).toEqual(streams)
    const { state } = apply(new Map(), whole, NOW)
    expect(apply(state, events, LATER).changes.filter(({ type }) => type !== 'updated')).toEqual([])
  })
  test('of the reports makes last use unknown, and no credential unused', async () => {
    const events = await eventsOf(without(calls.CREDENTIAL_USE, calls.PRINCIPAL_USE))
    const states = new Set(
      [...rowsOf(events, 'credential'), ...rowsOf(events, 'identity')].map(
        ({ lastUsedAt }) => lastUsedAt.state,
      ),
    )
    expect([...states]).toEqual(['unknown'])
  })
  test('of every single question is not asked for ever', async () => {
    const world = without(calls.APPLICATION_OWNERS, calls.PRINCIPAL_OWNERS)
    await eventsOf(world)
    const asked = world.calls.filter((one) => one === calls.PRINCIPAL_OWNERS)
    // Ten refusals for service principals, and as many for agents at most.
    expect(asked.length).toBeLessThanOrEqual(11)
  })
})

describe('owners whose names are not shown', () => {
  test('are said to be lacking, with what to grant', async () => {
    const narrow = await graphServer({ granted: new Set(['Application.Read.All']) })
    const events = await eventsOf(narrow.open())
    await narrow.close()
    expect(
      rowsOf(events, 'owner-hint')
        .filter(({ via }) => via.startsWith('owner'))
        .map(({ value }) => value),
    ).toEqual(['Deployer'])
    const coverage = events.find((event) => event.type === 'coverage' && event.stream === 'owners')
    expect(coverage).toMatchObject({
      kinds: {
        'owner-hint': { state: 'partial', why: 'denied', detail: expect.stringContaining('User.Read.All') },
      },
    })
  })
})

test('a foreign application that is consented to anew is another principal', async () => {
  const events = await eventsOf(
    tenant(async (permission, params, answer) => {
      const again = 'b1000000-0000-4000-8000-000000009999'
      if (String(params['path']).includes(again)) return { value: [] }
      const given = (await answer()) as { value?: { id: string }[] }
      return permission === calls.PRINCIPALS && given.value
        ? {
            ...given,
            value: given.value.map((one) => (one.id === principalId(20) ? { ...one, id: again } : one)),
          }
        : given
    }),
  )
  const [anew] = rowsOf(events, 'identity').filter(({ name }) => name === 'Northwind Monitoring')
  expect(anew?.nativeId).not.toBe(principalId(20))
  expect(anew?.aliases).toEqual([appId(20)])
})
