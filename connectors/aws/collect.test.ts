// What each refusal costs: exactly its own facts, never a retirement and never a crash.
import { expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Observation, Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2026-09-30T12:00:00Z')
type Replace = (
  permission: string,
  params: Readonly<Record<string, unknown>>,
  answer: () => Promise<unknown>,
) => unknown
const refuse = (permission: string, why: UpstreamError['why'] = 'denied'): never => {
  throw new UpstreamError(why, permission, 'refused by the test')
}
function estate(replace: Replace = (_, __, answer) => answer()): Transport & { calls: string[] } {
  const sample = sampleTransport(NOW)
  const calls: string[] = []
  return {
    calls,
    async send(permission, params, signal) {
      calls.push(permission)
      return await replace(permission, params, () => sample.send(permission, params, signal))
    },
    explain: sample.explain,
  }
}
const without = (...permissions: string[]) =>
  estate((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer()))

const all = (events: readonly Collected[]): Observation[] =>
  events.flatMap((e) => (e.type === 'observations' ? e.observations.filter((o) => o.kind !== 'ended') : []))
const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
  all(events).filter((o): o is Of<K> => o.kind === kind)
const states = (events: readonly Collected[], stream: string) =>
  Object.fromEntries(
    events.flatMap((e) =>
      e.type === 'coverage' && e.stream === stream
        ? Object.entries(e.kinds).map(([k, c]) => [k, c.state])
        : [],
    ),
  )
const ids = (events: readonly Collected[], kind: Kind) =>
  of(events, kind)
    .map((o) => o.nativeId)
    .sort()

const whole = await eventsOf(estate())

test('without the account details: identities and trust from the listings, the rest is not looked at', async () => {
  // The sample's listing holds no trust policies: give it those of the details, as the real one has them.
  const sample = sampleTransport(NOW)
  const roles = await Promise.all(
    [{}, { Marker: 'page-2' }].map((page) =>
      sample.send(
        'iam:GetAccountAuthorizationDetails',
        { Filter: ['Role'], ...page },
        AbortSignal.timeout(1000),
      ),
    ),
  )
  const Roles = roles.flatMap((page) => (page as { RoleDetailList: object[] }).RoleDetailList)
  const events = await eventsOf(
    estate((permission, _, answer) => {
      if (permission === 'iam:GetAccountAuthorizationDetails') return refuse(permission)
      return permission === 'iam:ListRoles' ? { Roles, IsTruncated: false } : answer()
    }),
  )
  expect(states(events, 'principals')).toEqual({
    identity: 'complete',
    trust: 'complete',
    grant: 'partial',
    'owner-hint': 'partial',
    entitlement: 'partial',
  })
  expect(ids(events, 'identity')).toEqual(ids(whole, 'identity'))
  expect(ids(events, 'trust')).toEqual(ids(whole, 'trust'))
  // What the root user may do needs no look.
  expect(of(events, 'grant').map((g) => g.entitlementName)).toEqual(['Everything (root user)'])
  expect(
    of(events, 'identity').filter((i) => i.type !== 'aws.root-user' && i.tags.state !== 'unknown'),
  ).toEqual([])
})

test('without ListRoles only session length and description are missing', async () => {
  const events = await eventsOf(without('iam:ListRoles'))
  expect(Object.values(states(events, 'principals'))).toEqual(Array(5).fill('complete'))
  const roles = of(events, 'identity').filter((i) => i.type === 'aws.iam-role')
  expect(roles).toHaveLength(57)
  for (const role of roles) {
    expect(role.maxSessionSeconds).toMatchObject({ state: 'unknown', why: 'denied', source: 'iam:ListRoles' })
    expect(role.tags.state).toBe('known')
  }
})

test('without any listing of principals nothing is called complete, and the root user is still there', async () => {
  const events = await eventsOf(
    without('iam:GetAccountAuthorizationDetails', 'iam:ListRoles', 'iam:ListUsers'),
  )
  expect(Object.values(states(events, 'principals'))).toEqual(Array(5).fill('partial'))
  expect(of(events, 'identity').map((i) => i.type)).toEqual(['aws.root-user'])
})

test('without groups, what users hold through them is not looked at', async () => {
  const events = await eventsOf(
    estate((permission, params, answer) =>
      String(params['Filter']) === 'Group' ? refuse(permission) : answer(),
    ),
  )
  expect(states(events, 'principals')).toMatchObject({
    identity: 'complete',
    grant: 'partial',
    entitlement: 'partial',
    'owner-hint': 'complete',
  })
})

test('a group that was not among the groups makes the grants partial', async () => {
  const events = await eventsOf(
    estate((_, params, answer) =>
      String(params['Filter']) === 'Group' ? { GroupDetailList: [], IsTruncated: false } : answer(),
    ),
  )
  expect(states(events, 'principals')).toMatchObject({
    grant: 'partial',
    entitlement: 'partial',
    trust: 'complete',
  })
})

test('an unreadable trust policy makes trust partial, and its role unclear', async () => {
  const events = await eventsOf(
    estate(async (_, __, answer) =>
      JSON.parse(
        JSON.stringify(await answer()).replace(
          '"Principal":{"Service":"backup.amazonaws.com"}',
          '"Principal":7',
        ),
      ),
    ),
  )
  expect(states(events, 'principals')).toMatchObject({
    identity: 'complete',
    trust: 'partial',
    grant: 'complete',
  })
  expect(of(events, 'identity').find((i) => i.name === 'backup')).toMatchObject({ class: 'unclear' })
})

test('without the credential report users are unclear and passwords come from the user listing', async () => {
  const transport = without('iam:GetCredentialReport')
  const events = await eventsOf(transport)
  const users = of(events, 'identity').filter((i) => i.type === 'aws.iam-user')
  expect(
    users.every(
      (u) => u.class === 'unclear' && u.classReason.includes('denied') && u.lastUsedAt.state === 'unknown',
    ),
  ).toBe(true)
  expect(states(events, 'credential-report')).toEqual({ identity: 'partial', credential: 'partial' })
  expect(transport.calls.filter((call) => call === 'iam:GetLoginProfile')).toHaveLength(10)
})

test('a permission that is missing for every user is not asked for thousands of times', async () => {
  const transport = without('iam:ListSSHPublicKeys', 'iam:ListAccessKeys')
  const events = await eventsOf(transport)
  for (const permission of ['iam:ListSSHPublicKeys', 'iam:ListAccessKeys'])
    expect(transport.calls.filter((call) => call === permission)).toHaveLength(10)
  expect(states(events, 'access-keys')).toEqual({ credential: 'partial', usage: 'partial' })
  expect(states(events, 'ssh-keys')).toEqual({ credential: 'partial' })
})

test('a user refused among others costs only that user, and makes the look partial', async () => {
  const events = await eventsOf(
    estate((permission, params, answer) =>
      permission === 'iam:ListAccessKeys' && params['UserName'] === 'svc-jenkins'
        ? refuse(permission)
        : answer(),
    ),
  )
  expect(of(events, 'credential').filter((c) => c.type === 'aws.access-key')).toHaveLength(18)
  expect(states(events, 'access-keys')).toEqual({ credential: 'partial', usage: 'partial' })
})

test('a user and a key that vanish in between have simply none', async () => {
  const gone = { why: 'not-offered' as const, detail: 'gone', code: 'NoSuchEntity' }
  class Gone extends Error {}
  const base = estate((permission, params, answer) => {
    if (params['UserName'] === 'svc-jenkins' && permission === 'iam:ListAccessKeys') throw new Gone()
    if (permission === 'iam:GetAccessKeyLastUsed' && params['AccessKeyId'] === keyOf('svc-tableau'))
      throw new Gone()
    return answer()
  })
  const events = await eventsOf({
    ...base,
    explain: (error) => (error instanceof Gone ? gone : base.explain(error)),
  })
  expect(of(events, 'credential').filter((c) => c.type === 'aws.access-key')).toHaveLength(17)
  expect(states(events, 'access-keys')).toEqual({ credential: 'complete', usage: 'complete' })
})
const keyOf = (name: string): string => {
  const user = of(whole, 'identity').find((i) => i.name === name)
  return of(whole, 'credential').find(
    (c) => c.type === 'aws.access-key' && c.identity.state === 'known' && c.identity.value === user?.nativeId,
  )!.nativeId
}

test('without the last use of keys, keys are complete and usage is not', async () => {
  const transport = without('iam:GetAccessKeyLastUsed')
  const events = await eventsOf(transport)
  expect(states(events, 'access-keys')).toEqual({ credential: 'complete', usage: 'partial' })
  const keys = of(events, 'credential').filter(
    (c) => c.type === 'aws.access-key' && !c.nativeId.includes('root'),
  )
  expect(keys.every((c) => c.lastUsedAt.state === 'unknown')).toBe(true)
  expect(transport.calls.filter((call) => call === 'iam:GetAccessKeyLastUsed')).toHaveLength(10)
})

test('a page token that comes again ends the sweep instead of going round', async () => {
  const transport = estate((_, params, answer) =>
    String(params['Filter']) === 'Role'
      ? { RoleDetailList: [], IsTruncated: true, Marker: 'again' }
      : answer(),
  )
  const events = await eventsOf(transport)
  expect(states(events, 'principals')['identity']).toBe('partial')
  expect(transport.calls.filter((c) => c === 'iam:GetAccountAuthorizationDetails').length).toBeLessThan(6)
})

test('service credentials without the user listing have no identity yet, and stay', async () => {
  const events = await eventsOf(without('iam:ListUsers'))
  const found = of(events, 'credential').filter((c) => c.type === 'aws.service-credential')
  expect(found.map((c) => c.identity.state)).toEqual(['unknown', 'unknown'])
})
