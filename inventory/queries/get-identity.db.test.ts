// One identity: every fact with its time, what happened to it, and who may see it.
import { beforeAll, describe, expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { connection, credential, identity, refused } from '@/tests/scripted-source'
import { getIdentity } from './get-identity'
import { resolveIdentity } from './resolve-identity'
import type { IdentityDetail } from './types'

const SOURCE = 'demo:List'
const DAYS = [1, 2, 3, 4].map((day) => `2026-06-0${day}T00:00:00.000Z`) as [string, string, string, string]

const SEEN = {
  from: '2026-03-01T00:00:00Z',
  to: '2026-05-30T00:00:00Z',
  actions: ['reports.read'],
  total: 3,
}

const grant = (id: string, of: string): Observation => ({
  kind: 'grant',
  nativeId: id,
  identity: of,
  entitlement: 'policy-1',
  entitlementName: 'Reader',
  effect: 'allow',
  via: 'attached',
})
const trust = (of: string, principal: string): Observation => ({
  kind: 'trust',
  nativeId: `${of}<-${principal}`,
  identity: of,
  principalType: 'identity',
  principal,
  effect: 'allow',
  actions: ['assume'],
})
const robot = (more = {}) =>
  identity('robot', { aliases: ['arn:demo:robot', 'ns/robot'], name: 'robot', ...more })
const others = [
  identity('other'),
  ownerHint('robot', 'ann@example.com'),
  trust('robot', 'other'),
  trust('robot', 'gone'),
]

let detail: IdentityDetail

beforeAll(async () => {
  const to = await connection()
  const at = (day: string, observations: Observation[], fails = false) =>
    look(to, { at: day, streams: { main: { observations, ...(fails && { fails: refused() }) } } })
  await at(DAYS[0], [
    robot({ lastUsedAt: known(DAYS[0], SOURCE) }),
    credential('old-key', 'robot'),
    ...others,
  ])
  await at(DAYS[1], [
    robot({ lastUsedAt: unknown('denied', 'demo:Use') }),
    credential('new-key', 'robot'),
    { ...grant('g', 'robot'), exercised: known(SEEN, 'demo:Insights') } as Observation,
    ...others,
  ])
  await at(DAYS[2], [
    robot({ lastUsedAt: unknown('denied', 'demo:Use'), description: known('moved', SOURCE) }),
    credential('new-key', 'robot'),
    { ...grant('g', 'robot'), exercised: unknown('denied', 'demo:Insights') } as Observation,
    ...others,
  ])
  // Refused: confirms nothing, retires nothing.
  await at(DAYS[3], [], true)
  detail = await getIdentity(analyst, await resolveIdentity(analyst, 'robot'))
})

describe('facts', () => {
  test('say when a complete look last confirmed them', () => {
    expect(detail.facts.createdAt).toMatchObject({ state: 'known', at: DAYS[2], source: SOURCE })
    expect(detail.confirmedAt).toBe(DAYS[2])
  })
  test('an answer that could not be confirmed keeps its own age', () => {
    expect(detail.facts.lastUsedAt).toMatchObject({
      state: 'known',
      value: DAYS[0],
      at: DAYS[0],
      unconfirmed: { why: 'denied', since: DAYS[1] },
    })
  })
  test('an unknown has a reason and no time', () => {
    expect(detail.facts.maxSessionSeconds).toEqual({ state: 'unknown', why: 'not-offered', source: SOURCE })
  })
  test('joined facts come from the rules', () => {
    expect(detail.facts.owner).toMatchObject({ state: 'known', value: { name: 'ann@example.com' } })
  })
})

describe('what belongs to it', () => {
  test('credentials: current ones first, then those that are gone', () => {
    expect(detail.credentials.rows.map((c) => [c.name, c.retiredAt])).toEqual([
      ['new-key', undefined],
      ['old-key', DAYS[1]],
    ])
    expect(detail.credentials.rows[0]?.valueMadeAt).toBe('2026-01-01T00:00:00.000Z')
  })
  test('permissions name what they grant', () => {
    expect(detail.grants.rows).toMatchObject([
      { entitlement: { name: 'Reader', documentKnown: false }, at: DAYS[2] },
    ])
  })
  test('what was seen in use of a permission is kept with its window when a later look may not ask', () => {
    expect(detail.grants.rows[0]?.exercised).toEqual({
      state: 'known',
      value: SEEN,
      source: 'demo:Insights',
      at: DAYS[1],
      unconfirmed: { why: 'denied', since: DAYS[2] },
    })
  })
  test('principals are linked where they are identities we hold', async () => {
    const other = await resolveIdentity(analyst, 'other')
    const linked = detail.trust.rows.map((t) => [t.principal, t.principalIdentity?.id])
    expect(linked).toEqual([
      ['gone', undefined],
      ['other', other],
    ])
  })
  test('the look that was refused is said', () => {
    expect(detail.looks.find((l) => l.kind === 'identity')).toMatchObject({
      state: 'partial',
      at: DAYS[3],
      completeAt: DAYS[2],
      why: 'denied',
    })
    expect(detail.completeness).toMatchObject({ state: 'partial', asOf: DAYS[2] })
    expect(detail.completeness.missing[0]).toMatchObject({
      why: 'denied',
      permission: 'demo:List',
      since: DAYS[2],
    })
  })
})

describe('the timeline', () => {
  const events = () => detail.timeline.events
  test('goes back from the newest', () => {
    const times = events().map((e) => e.at)
    expect(times).toEqual([...times].sort().reverse())
  })
  test('says which fields changed, old to new', () => {
    const changed = events().filter((e) => e.what === 'changed' && e.kind === 'identity')
    expect(changed).toMatchObject([
      { at: DAYS[2], changes: [{ field: 'description', from: 'none', to: 'moved' }] },
      {
        at: DAYS[1],
        changes: [{ field: 'lastUsedAt', to: expect.stringContaining('not confirmed') as string }],
      },
    ])
  })
  test('has what came and went', () => {
    const told = events().map((e) => [e.what, e.kind, e.name, e.at])
    expect(told).toContainEqual(['first-seen', 'identity', 'robot', DAYS[0]])
    expect(told).toContainEqual(['retired', 'credential', 'old-key', DAYS[1]])
    expect(told).toContainEqual(['first-seen', 'credential', 'new-key', DAYS[1]])
    expect(told).toContainEqual(['first-seen', 'grant', 'Reader', DAYS[1]])
    expect(told).not.toContainEqual(expect.arrayContaining(['trust', DAYS[0]]))
  })
  test('has findings as they opened', () => {
    expect(events().some((e) => e.what === 'finding-opened' && e.ruleId === 'credential-long-lived')).toBe(
      true,
    )
  })
})

describe('a thing that went and came back', () => {
  test('is told as both', async () => {
    const to = await connection()
    const seen = (day: string, observations: Observation[]) =>
      look(to, { at: day, scopes: ['s2'], streams: { main: { observations } } })
    await seen(DAYS[0], [identity('phoenix')])
    await seen(DAYS[1], [])
    await seen(DAYS[2], [identity('phoenix', { description: absent(SOURCE), enabled: known(false, SOURCE) })])
    const { timeline } = await getIdentity(analyst, await resolveIdentity(analyst, 'phoenix'))
    expect(timeline.events.filter((e) => e.kind === 'identity').map((e) => [e.what, e.at])).toEqual([
      ['restored', DAYS[2]],
      ['retired', DAYS[1]],
      ['first-seen', DAYS[0]],
      ['created', '2026-01-01T00:00:00.000Z'],
    ])
    expect(timeline.events.find((e) => e.what === 'restored' && e.kind === 'identity')?.changes).toEqual([
      { field: 'enabled', from: 'true', to: 'false' },
    ])
  })
})

describe('references', () => {
  test.each([
    'robot',
    'arn:demo:robot',
    'ns/robot',
    's1:robot',
    's1:ns/robot',
    's1:arn:demo:robot',
    ' robot ',
  ])('%o is the robot', async (reference) =>
    expect(await resolveIdentity(analyst, reference)).toBe(detail.identity.id),
  )
  test('its own id is the robot', async () => {
    expect(await resolveIdentity(analyst, detail.identity.id.toUpperCase())).toBe(detail.identity.id)
  })
  test('an alias that passed to a successor means the successor', async () => {
    const to = await connection()
    const seen = (day: string, id: string) =>
      look(to, {
        at: day,
        scopes: ['s3'],
        streams: { main: { observations: [identity(id, { aliases: ['arn:demo:reused'] })] } },
      })
    await seen(DAYS[0], 'first-holder')
    await seen(DAYS[1], 'second-holder')
    const found = await getIdentity(analyst, await resolveIdentity(analyst, 'arn:demo:reused'))
    expect(found.identity.nativeId).toBe('second-holder')
  })
  test('namesakes are a conflict that lists them; the scope tells them apart', async () => {
    const to = await connection()
    await look(to, {
      at: DAYS[0],
      scopes: ['s4', 's5'],
      streams: { main: { observations: [identity('twin')] } },
    })
    const refusal = await resolveIdentity(analyst, 'twin').catch((e: unknown) => e)
    expect(refusal).toMatchObject({ code: 'conflict', issues: [{}, {}] })
    const [a, b] = [await resolveIdentity(analyst, 'twin', 's4'), await resolveIdentity(analyst, 's5:twin')]
    expect(a).not.toBe(b)
  })
  test('what is not found says what was looked at', async () => {
    await expect(resolveIdentity(analyst, 'nobody')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/Looked at \d scopes.*denied: demo:List/s) as string,
    })
  })
})

describe('an owner', () => {
  const ann = actorOf('owner', { email: 'Ann@example.com' })
  const bob = actorOf('owner', { email: 'bob@example.com' })
  test('sees their own, and not what else is linked', async () => {
    const seen = await getIdentity(ann, detail.identity.id)
    expect(seen.identity).toEqual(detail.identity)
    expect(seen.trust.rows.every((t) => !t.principalIdentity)).toBe(true)
  })
  test('is not told that others exist', async () => {
    const refusal = { code: 'not-found' }
    await expect(getIdentity(bob, detail.identity.id)).rejects.toMatchObject(refusal)
    await expect(resolveIdentity(bob, 'robot')).rejects.toMatchObject(refusal)
  })
  test('is told of gaps everywhere, but not the names of other scopes', async () => {
    const refusal = await resolveIdentity(bob, 'robot').catch((e: Error) => e.message)
    expect(refusal).toContain('a source you do not see')
    expect(refusal).not.toContain('of s1')
  })
})

test('before the rules were asked, owner and privilege are unknown', async () => {
  await db.posture.deleteMany({ where: { identityId: detail.identity.id } })
  const { facts, identity: row, evaluatedAt } = await getIdentity(analyst, detail.identity.id)
  expect([facts.owner.state, facts.privilege.state, row.owner.state, row.privilege]).toEqual(
    Array(4).fill('unknown'),
  )
  expect(evaluatedAt).toBeUndefined()
  expect(row.credentials).toBe(1)
})
