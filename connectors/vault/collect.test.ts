// What each refusal costs: exactly its own facts, never a retirement. And what is never asked at all.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { replay } from '@/tests/conformance'
import { apply } from '@/tests/conformance/reference-inventory'
import { openClient } from './client'
import { DENIED, json, replayServer, type Asked } from './fixtures/replay-server'
import {
  eventsOf,
  NOW,
  observationsOf,
  OPENBAO,
  recordedWorld,
  settingsFor,
  VAULT,
  WHOLE,
} from './fixtures/recorded-world'

const recorded = await recordedWorld(VAULT)
const whole = await eventsOf(replay(recorded))
const bao = await recordedWorld(OPENBAO)
type Replace = (
  permission: string,
  params: Readonly<Record<string, unknown>>,
  answer: () => Promise<unknown>,
) => unknown
function estate(replace: Replace): Transport & { calls: string[] } {
  const world = replay(recorded)
  const calls: string[] = []
  return {
    calls,
    async send(permission, params, signal) {
      calls.push(permission)
      return await replace(permission, params, () => world.send(permission, params, signal))
    },
    explain: (error) => world.explain(error),
  }
}
const refuse = (permission: string, why: UpstreamError['why'] = 'denied'): never => {
  throw new UpstreamError(why, permission, 'refused by the test')
}
const without = (...permissions: string[]) =>
  estate((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer()))
/** The server as its settings say it is read. */
const withConnection = (more: Record<string, unknown>) =>
  estate(async (permission, _, answer) => {
    const given = (await answer()) as { connection?: object }
    return permission === 'read sys/health'
      ? { ...given, connection: { ...given.connection, ...more } }
      : given
  })

const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
  observationsOf(events).filter((o): o is Of<K> => o.kind === kind)
const states = (events: readonly Collected[], stream: string) =>
  Object.fromEntries(
    events.flatMap((e) =>
      e.type === 'coverage' && e.stream === stream
        ? Object.entries(e.kinds).map(([k, c]) => [k, c.state])
        : [],
    ),
  )
const partial = (events: readonly Collected[]) =>
  events.flatMap((e) =>
    e.type === 'coverage' && Object.values(e.kinds).some((c) => c.state === 'partial') ? [e.stream] : [],
  )
const lacks = (events: readonly Collected[], stream: string, kind: Kind) =>
  events.flatMap((e) => (e.type === 'coverage' && e.stream === stream ? [e.kinds[kind]] : []))[0]

describe('a whole look', () => {
  test('lacks only what the server cannot tell', () => {
    expect(partial(whole)).toEqual(['audit-log'])
    expect(lacks(whole, 'audit-log', 'usage')).toMatchObject({
      why: 'not-offered',
      detail: expect.stringContaining('import the log'),
    })
  })
  test('has what the recorded server has', () => {
    const count = (kind: Kind) => of(whole, kind).length
    expect(
      Object.fromEntries(
        (
          [
            'identity',
            'trust',
            'grant',
            'credential',
            'entitlement',
            'issuer',
            'secret',
            'owner-hint',
          ] as const
        ).map((kind) => [kind, count(kind)]),
      ),
    ).toEqual({
      identity: 45,
      trust: 33,
      // One of them is of whatever the maker of a token holds.
      grant: 67,
      credential: 29,
      entitlement: 14,
      issuer: 22,
      secret: 6,
      'owner-hint': 11,
    })
  })
  test('holds no value and no word that stands for one', () => {
    expect(JSON.stringify(recorded)).toContain('REDACTED')
    expect(JSON.stringify(whole)).not.toContain('REDACTED')
  })
})

describe('what is asked', () => {
  async function askedBy(estateOf: typeof VAULT, more = WHOLE): Promise<Asked[]> {
    const server = await replayServer(estateOf)
    const client = openClient(settingsFor(server.url, more))
    await eventsOf(client)
    await client.close?.()
    await server.close()
    return server.asked
  }
  test('is never a value, a credential, a sign-in or a mount of version 1', async () => {
    const asked = [...(await askedBy(VAULT)), ...(await askedBy(OPENBAO))]
    expect(asked.length).toBeGreaterThan(200)
    const never =
      /\/(data|creds|static-creds|issue|sign|sts|login|role-id|revoke|renew|token\/create|database\/config)(\/|$)|legacy-kv/
    expect(
      asked.filter(({ path }) => never.test(path.replace(/^\/v1\/sys\/leases\/lookup\/.*/, ''))),
    ).toEqual([])
    expect(asked.filter(({ method, path }) => method === 'POST' && !/lookup/.test(path))).toEqual([])
  })
  test('is only sent with a token where one is needed', async () => {
    for (const { path, token } of await askedBy(VAULT))
      expect([path, token]).toEqual([path, path === '/v1/sys/health' ? undefined : 'token-of-a-test'])
  })
  test('without the choice for it, no tokens and no leases', async () => {
    const asked = await askedBy(VAULT, { clusters: [], namespaces: [] } as unknown as typeof WHOLE)
    expect(
      asked.filter(({ path }) => /accessor|leases|namespaces/.test(path.replace('secret-id-accessor', ''))),
    ).toEqual([])
  })
})

describe('a refusal', () => {
  test('of the cluster of a mount costs whom its roles let in, and not the roles', async () => {
    const events = await eventsOf(
      estate(async (permission, _, answer) => {
        if (permission === 'read auth/<kubernetes>/config') return refuse(permission)
        const given = (await answer()) as { connection?: object }
        return permission === 'read sys/health'
          ? { ...given, connection: { ...given.connection, clusters: [] } }
          : given
      }),
    )
    expect(states(events, 'kubernetes-roles')).toEqual({
      identity: 'complete',
      trust: 'partial',
      grant: 'complete',
    })
    expect(states(events, 'entities')).toMatchObject({ identity: 'complete', trust: 'partial' })
    expect(of(events, 'identity')).toEqual(of(whole, 'identity'))
  })
  test('of single roles leaves their names', async () => {
    const events = await eventsOf(without('read auth/<kubernetes>/role/+'))
    expect(states(events, 'kubernetes-roles')).toEqual({
      identity: 'complete',
      trust: 'partial',
      grant: 'partial',
    })
    const roles = of(events, 'identity').filter(({ type }) => type === 'vault.kubernetes-role')
    expect(roles.map(({ tags }) => tags.state)).toEqual(Array(11).fill('unknown'))
  })
  test('that is the same for all is not asked for again and again', async () => {
    const transport = without('read identity/entity/id/+')
    const events = await eventsOf(transport)
    expect(transport.calls.filter((call) => call === 'read identity/entity/id/+')).toHaveLength(10)
    expect(of(events, 'identity').filter(({ type }) => type === 'vault.entity')).toHaveLength(13)
    expect(states(events, 'entities')).toEqual({
      identity: 'complete',
      trust: 'partial',
      grant: 'partial',
      'owner-hint': 'partial',
    })
  })
  test('of groups costs what is held through them', async () => {
    const events = await eventsOf(without('list identity/group/id'))
    expect(states(events, 'entities')).toMatchObject({
      identity: 'complete',
      trust: 'complete',
      grant: 'partial',
    })
    expect(of(events, 'grant').filter(({ via }) => via === 'group')).toEqual([])
  })
  test('of one folder of secrets costs that folder', async () => {
    const events = await eventsOf(
      estate((permission, { path }, answer) =>
        permission === 'list <kv>/metadata/*' && path === 'payments/' ? refuse(permission) : answer(),
      ),
    )
    expect(states(events, 'kv-secrets')).toEqual({ secret: 'partial', 'owner-hint': 'partial' })
    expect(of(events, 'secret').map(({ name }) => name)).toEqual([
      'kv/ci/npm',
      'kv/erp/oracle',
      'kv/shop/legacy/ftp',
      'kv/shop/smtp',
    ])
  })
  test('of the mounts leaves every stream as it was', async () => {
    const events = await eventsOf(without('read sys/auth', 'read sys/mounts'))
    const { state } = apply(new Map(), whole, NOW)
    expect(apply(state, events, NOW).changes.filter(({ type }) => type !== 'updated')).toEqual([])
  })
  test('that begins between two looks retires nothing, and says which line of the policy would end it', async () => {
    const server = await replayServer(VAULT, ({ path }) =>
      path.startsWith('/v1/auth/approle') ? DENIED : undefined,
    )
    const client = openClient(settingsFor(server.url, WHOLE))
    const events = await eventsOf(client)
    await client.close?.()
    await server.close()
    expect(lacks(events, 'approle-roles', 'identity')).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('path "auth/approle/role" { capabilities = ["list"] }'),
    })
    expect(of(events, 'identity').filter(({ type }) => type === 'vault.approle-role')).toEqual([])
  })
})

describe('a server that ends mid-way', () => {
  /** After so many requests the server answers otherwise. */
  async function after(count: number, status: number, errors: string[]) {
    let requests = 0
    const server = await replayServer(VAULT, () =>
      ++requests > count ? json(status, { errors }) : undefined,
    )
    const client = openClient(settingsFor(server.url, WHOLE))
    const events = await eventsOf(client)
    await client.close?.()
    await server.close()
    return events
  }
  test.each([
    ['its token has ended', 403, ['permission denied'], 'denied'],
    ['it was sealed', 503, ['Vault is sealed'], 'unreachable'],
    ['it became a standby', 307, [], 'unreachable'],
  ] as const)('%s', async (_, status, errors, why) => {
    const world = await recordedWorld(VAULT)
    const { state } = apply(new Map(), await eventsOf(replay(world)), NOW)
    for (const count of [5, 40, 120]) {
      const events = await after(count, status, [...errors])
      expect(apply(state, events, NOW).changes.filter(({ type }) => type === 'retired')).toEqual([])
      const coverage = events.flatMap((e) => (e.type === 'coverage' ? Object.values(e.kinds) : []))
      expect(coverage.at(-1)).toMatchObject({ state: 'partial', why })
    }
  })
})

describe('a limit', () => {
  const limits = { kvPathsMax: 20_000, secretIdsMax: 1000, tokenAccessorsMax: 5000, leasesMax: 5000 }
  test('of secrets in a mount is said, and leaves out the same ones each time', async () => {
    const events = await eventsOf(withConnection({ limits: { ...limits, kvPathsMax: 3 } }))
    expect(of(events, 'secret').map(({ name }) => name)).toEqual([
      'kv/ci/npm',
      'kv/erp/oracle',
      'kv/payments/db',
    ])
    expect(lacks(events, 'kv-secrets', 'secret')).toMatchObject({
      why: 'limited',
      detail: 'a mount has more than 3 secrets',
    })
  })
  test('of secret ids', async () => {
    const events = await eventsOf(withConnection({ limits: { ...limits, secretIdsMax: 1 } }))
    expect(of(events, 'credential').filter(({ type }) => type === 'vault.secret-id')).toHaveLength(3)
    expect(lacks(events, 'secret-ids', 'credential')).toMatchObject({ why: 'limited' })
  })
  test('of leases', async () => {
    const events = await eventsOf(withConnection({ limits: { ...limits, leasesMax: 1 } }))
    expect(of(events, 'credential').filter(({ type }) => type === 'vault.lease')).toHaveLength(1)
    expect(lacks(events, 'leases', 'credential')).toMatchObject({ why: 'limited' })
  })
  test('of tokens: a sample is told in groups, that stay the same', async () => {
    const transport = withConnection({ limits: { ...limits, tokenAccessorsMax: 5 } })
    const events = await eventsOf(transport)
    expect(transport.calls.filter((call) => call === 'update auth/token/lookup-accessor')).toHaveLength(5)
    const found = of(events, 'credential').filter(({ type }) => type.startsWith('vault.token'))
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['vault.tokens']))
    expect(lacks(events, 'tokens', 'credential')).toMatchObject({
      why: 'limited',
      detail: expect.stringMatching(/^there are \d+ live tokens, of which 5/),
    })
    expect(of(events, 'identity').filter(({ type }) => type === 'vault.token')).toEqual([])
  })
})

describe('live tokens', () => {
  const tokens = of(whole, 'credential').filter(({ type }) => type === 'vault.token')
  const holder = (name: string) => {
    const token = tokens.find((one) => one.name === name)!
    const id = token.identity.state === 'known' ? token.identity.value : ''
    return of(whole, 'identity').find(({ nativeId }) => nativeId === id)
  }
  test('belong to the entity, the role or the root policy they are for, or to nobody else', () => {
    expect(holder('kubernetes-payments-payments-api')).toMatchObject({
      type: 'vault.entity',
      name: 'payments-api',
    })
    expect(holder('token-forgotten-root')).toMatchObject({ type: 'vault.root' })
    expect(holder('token')).toMatchObject({ type: 'vault.token-role', name: 'deploy' })
    expect(holder('token-nomad-agent')).toMatchObject({ type: 'vault.token', name: 'token-nomad-agent' })
  })
  test('that never end are told from those whose end is not known', () => {
    expect(tokens.find(({ name }) => name === 'token-forgotten-root')?.expiresAt).toMatchObject({
      state: 'absent',
      note: 'it never ends',
    })
  })
  test('are left as they were once the settings leave them out', async () => {
    const { state } = apply(new Map(), whole, NOW)
    const events = await eventsOf(withConnection({ tokens: false, leases: false }))
    expect(apply(state, events, NOW).changes).toEqual([])
    expect(lacks(events, 'tokens', 'credential')).toMatchObject({ why: 'left-out' })
  })
})

describe('namespaces', () => {
  const scopesOf = (events: readonly Collected[]) =>
    events.flatMap((e) => (e.type === 'scope' ? [e.scope] : []))
  const coverage = (events: readonly Collected[]) => events.find((e) => e.type === 'scopes')?.coverage
  test('all there are, each with its own id', async () => {
    const events = await eventsOf(replay(bao))
    expect(scopesOf(events).map(({ nativeId, name, type }) => [nativeId, name, type])).toEqual([
      ['f98bfb62-0789-8df5-b5ca-22ef0bfb47ba', 'vault.acme.example:8200', 'vault.openbao-cluster'],
      [
        'f98bfb62-0789-8df5-b5ca-22ef0bfb47ba/team-data',
        'vault.acme.example:8200/team-data',
        'vault.openbao-cluster',
      ],
    ])
    expect(of(events, 'identity').filter(({ type }) => type === 'vault.root')).toHaveLength(1)
  })
  test('an edition without them has the root alone, and that is no error', () => {
    expect(scopesOf(whole).map(({ nativeId, type }) => [nativeId, type])).toEqual([
      ['3397602a-d4e8-0b45-d73d-7c0dd929fb4d', 'vault.cluster'],
    ])
    expect(coverage(whole)?.state).toBe('complete')
  })
  test('that may not be listed leave the list of scopes open', async () => {
    const events = await eventsOf(without('list sys/namespaces'))
    expect(scopesOf(events)).toHaveLength(1)
    expect(coverage(events)).toMatchObject({
      state: 'partial',
      why: 'denied',
      permission: 'list sys/namespaces',
    })
  })
  test('are as the settings say, the root among them by its name', async () => {
    const given = (namespaces: string[]) => eventsOf(withConnection({ namespaces }))
    const ids = async (namespaces: string[]) =>
      scopesOf(await given(namespaces)).map(({ nativeId }) => nativeId.slice(37) || 'root')
    expect(await ids([])).toEqual(['root'])
    expect(await ids(['root'])).toEqual(['root'])
  })
})

test('a server without an id goes by its address, and says so', async () => {
  const events = await eventsOf(
    estate(async (permission, _, answer) => {
      const given = (await answer()) as object
      return permission === 'read sys/health' ? { ...given, cluster_id: undefined } : given
    }),
  )
  const [scope] = events.flatMap((e) => (e.type === 'scope' ? [e.scope] : []))
  expect(scope).toMatchObject({
    nativeId: 'address:vault.acme.example:8200',
    name: 'vault.acme.example:8200 (known by its address)',
  })
})
