// Microsoft Graph as its documentation describes it, read by the real client: limits, pages, licences, clouds and delays.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import { eventsOf, rowsOf, statesOf } from '@/connectors/azure/entra/fixtures/only-entra'
import { ALL_ROLES, type GraphRequest, type GraphState } from './graph-answers'
import { graphServer } from './graph-server'
import { appId, objectId, principalId } from './graph-tenant'

type Look = { events: Collected[]; waits: number[]; asked: string[] }
async function look(
  state: Partial<GraphState> = {},
  clock?: () => number,
  onSleep?: (ms: number) => void,
): Promise<Look> {
  const server = await graphServer(state)
  const client = server.open(undefined, clock)
  const waits: number[] = []
  const events = await eventsOf(client, {
    onSleep: (ms) => {
      waits.push(ms)
      onSleep?.(ms)
    },
  })
  await client.close?.()
  await server.close()
  return { events, waits, asked: server.asked.map(({ path }) => path) }
}
const partial = (events: readonly Collected[]): Record<string, string> =>
  Object.fromEntries(
    events.flatMap((event) =>
      event.type === 'coverage'
        ? Object.values(event.kinds).flatMap((one) =>
            one.state === 'partial' ? [[event.stream, one.why]] : [],
          )
        : [],
    ),
  )
const gapsOf = (events: readonly Collected[]): string[] =>
  events.flatMap((event) =>
    event.type === 'coverage'
      ? Object.values(event.kinds).flatMap((one) =>
          one.gaps.map(({ permission, why }) => `${why} ${permission}`),
        )
      : [],
  )
const ids = (events: readonly Collected[]) =>
  rowsOf(events, 'identity')
    .map(({ nativeId }) => nativeId)
    .sort()
const isList = ({ url }: GraphRequest, list: string) => url.pathname === `/v1.0${list}`
const TOO_MANY = { code: 'TooManyRequests', message: 'Please retry again later.' }

const calm = await look()

describe('pages', () => {
  test('of any size give the same', async () => {
    const small = await look({ pageMax: 2 })
    expect(ids(small.events)).toEqual(ids(calm.events))
    expect(rowsOf(small.events, 'grant').length).toBe(rowsOf(calm.events, 'grant').length)
    expect(small.asked.length).toBeGreaterThan(calm.asked.length)
    expect(partial(small.events)).toEqual({})
  })
  test('that are said to be on another host are not asked for', async () => {
    const { events, asked } = await look({
      disturb: (request) =>
        isList(request, '/oauth2PermissionGrants')
          ? {
              status: 200,
              body: { value: [], '@odata.nextLink': 'https://graph.example/v1.0/oauth2PermissionGrants?x' },
            }
          : undefined,
    })
    expect(partial(events)).toEqual({ 'delegated-grants': 'malformed' })
    expect(asked.filter((path) => path.includes('oauth2PermissionGrants'))).toHaveLength(1)
  })
  test('that go round end the look', async () => {
    const { events } = await look({
      disturb: (request) =>
        isList(request, '/directory/administrativeUnits')
          ? {
              status: 200,
              body: {
                value: [],
                '@odata.nextLink':
                  'https://graph.microsoft.com/v1.0/directory/administrativeUnits?$skiptoken=1',
              },
            }
          : undefined,
    })
    expect(partial(events)).toEqual({ 'administrative-units': 'malformed' })
  })
})

describe('a limit', () => {
  test('that says how long to wait is waited for', async () => {
    let left = 2
    const { events, waits } = await look({
      disturb: (request) =>
        isList(request, '/applications') && left-- > 0
          ? { status: 429, headers: { 'retry-after': '7' }, body: { error: TOO_MANY } }
          : undefined,
    })
    expect(waits).toEqual([7000, 7000])
    expect(partial(events)).toEqual({})
    expect(ids(events)).toEqual(ids(calm.events))
  })
  test('that lasts longer than a look may ends what needs it, and retires nothing', async () => {
    const { events, waits } = await look({
      disturb: (request) =>
        isList(request, '/roleManagement/directory/roleAssignments')
          ? { status: 429, headers: { 'retry-after': '900' }, body: { error: TOO_MANY } }
          : undefined,
    })
    expect(waits).toEqual([])
    expect(partial(events)).toEqual({ 'directory-roles': 'throttled' })
  })
  test('of the reports is never met: calls are spread as the service states it', async () => {
    let now = 0
    const clock = () => now
    const state: Partial<GraphState> = { pageMax: 1, now: () => now / 1000 }
    const { events, waits, asked } = await look(state, clock, (ms) => {
      now += ms
    })
    const reports = asked.filter((path) => path.includes('/reports/'))
    // Three rows each, one a page.
    expect(reports).toHaveLength(6)
    // One wait of ours; a refusal would have made another.
    expect(waits).toEqual([10_000])
    expect(gapsOf(events)).toEqual([])
  })
  test('of the reports that others used up is waited for, though it does not say how long', async () => {
    let left = 2
    const { events, waits } = await look({
      disturb: ({ url }) =>
        url.pathname.startsWith('/beta/reports/') && left-- > 0
          ? { status: 429, body: { error: TOO_MANY } }
          : undefined,
    })
    expect(waits).toHaveLength(2)
    expect(gapsOf(events)).toEqual([])
  })
})

describe('without an app role', () => {
  test.each([
    [
      'Directory.Read.All',
      {
        'delegated-grants': 'denied',
        'directory-roles': 'denied',
        'eligible-roles': 'denied',
        'administrative-units': 'denied',
        owners: 'denied',
        agents: 'denied',
      },
    ],
    ['RoleManagement.Read.Directory', {}],
    ['AgentIdentity.Read.All', { agents: 'denied' }],
    ['AuditLog.Read.All', {}],
  ])('%s', async (role, expected) => {
    const { events } = await look({ granted: new Set([...ALL_ROLES].filter((one) => one !== role)) })
    expect(partial(events)).toEqual(expected)
  })
  test('that reads applications nothing is known, and nothing is called absent', async () => {
    const { events } = await look({ granted: new Set() })
    expect(rowsOf(events, 'identity')).toEqual([])
    expect(Object.keys(partial(events)).length).toBe(9)
  })
})

describe('without a licence', () => {
  test('nobody can be eligible, and last use is not told', async () => {
    const { events } = await look({ premium: false })
    expect(partial(events)).toEqual({})
    expect(statesOf(events, 'eligible-roles')).toEqual({ grant: 'complete', entitlement: 'complete' })
    const [checkout] = rowsOf(events, 'credential')
    expect(checkout?.lastUsedAt).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
})

describe('another cloud', () => {
  test('has no agents, and no reports', async () => {
    const { events } = await look({ national: true })
    expect(partial(events)).toEqual({})
    expect(rowsOf(events, 'identity').filter(({ type }) => type === 'azure.agent-identity')).toEqual([])
    expect(rowsOf(events, 'identity')[0]?.lastUsedAt).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
})

describe('a directory that lags', () => {
  test('shows an application before its service principal: the two become one by its client id', async () => {
    const early = await look({ lagging: new Set([appId(2)]) })
    const later = calm
    expect(ids(early.events)).toContain(appId(2))
    expect(ids(early.events)).not.toContain(principalId(2))
    const one = rowsOf(later.events, 'identity').find(({ nativeId }) => nativeId === principalId(2))
    expect(one?.aliases).toContain(appId(2))
    // What hung on the one hangs on the other, under the same ids.
    const trusts = (look: Look) =>
      rowsOf(look.events, 'trust')
        .map(({ nativeId }) => nativeId)
        .sort()
    expect(trusts(early)).toEqual(trusts(later))
    expect(
      rowsOf(early.events, 'trust').find(({ nativeId }) => nativeId.startsWith(objectId(2)))?.identity,
    ).toBe(appId(2))
  })
  test('lists an application that is gone when it is asked about', async () => {
    const { events } = await look({
      disturb: ({ url }) =>
        url.pathname.startsWith(`/v1.0/applications/${objectId(5)}/`)
          ? { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: '' } } }
          : undefined,
    })
    expect(partial(events)).toEqual({})
  })
})
