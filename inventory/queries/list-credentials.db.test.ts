// Pages of credentials and stored secrets: whatever the order and the filter, they are both tables merged once, in order.
import { beforeAll, describe, expect, test } from 'vitest'
import { CREDENTIAL_SORTS, CredentialFilter, type CredentialRow } from '@/core/list'
import { db } from '@/prisma/client'
import { actorOf, analyst, look } from '@/tests/queried-estate'
import { vaultful } from '@/tests/queried-secrets'
import { connection, LOOKED, refused, secret } from '@/tests/scripted-source'
import { askedScopes } from './asked-scopes'
import { credentialFacets } from './credential-facets'
import { eachCredential } from './each-credential'
import { listCredentials } from './list-credentials'

const COUNT = 80
const NOW = Date.now()
const filter = (given: Record<string, string> = {}) => CredentialFilter.parse({ size: '25', ...given })

async function pages(given: Record<string, string> = {}, actor = analyst) {
  const rows: CredentialRow[] = []
  let after: string | undefined
  do {
    const page = await listCredentials(actor, filter({ ...given, ...(after && { after }) }))
    expect(page.rows.length).toBeLessThanOrEqual(25)
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return rows
}
async function all(given: Record<string, string>, actor = analyst) {
  const rows: CredentialRow[] = []
  for await (const batch of eachCredential(actor, filter(given))) rows.push(...batch)
  return rows
}

/** Orders as the database does: by bytes. What has no date comes last, what is not known before what has none. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const LAST = { known: 0, unknown: 1, absent: 2 }
type Key = (row: CredentialRow) => [late: number, key: string]
const KEYS: Record<string, Key> = {
  age: ({ value }) => [value.at ? 0 : 1, value.at ?? ''],
  expires: ({ expires }) => [LAST[expires.state], expires.at ?? ''],
  name: ({ name }) => [0, name],
}
function inOrder(rows: CredentialRow[], sort: string) {
  const key = KEYS[sort.replace('-', '')] as Key
  return [...rows].sort((a, b) => {
    const [[aLate, aKey], [bLate, bKey]] = [key(a), key(b)]
    const sign = sort.startsWith('-') && !aLate ? -1 : 1
    return aLate - bLate || sign * (byBytes(aKey, bKey) || byBytes(a.id, b.id))
  })
}

let gone = ''
beforeAll(async () => {
  const to = await connection()
  const streams = vaultful(COUNT)
  const extra = secret('path/gone')
  const [main] = [streams.main!]
  await look(to, {
    at: '2026-06-01T00:00:00.000Z',
    streams: { main: { ...main, observations: [...main.observations, extra] } },
  })
  await look(to, { at: '2026-06-02T00:00:00.000Z', streams })
  gone = (await db.secret.findFirstOrThrow({ where: { nativeId: 'path/gone' } })).id
})

describe.each(CREDENTIAL_SORTS)('sorted by %s', (sort) => {
  test('pages are both tables merged once, in order', async () => {
    const rows = await pages({ sort })
    expect(rows).toHaveLength(2 * COUNT)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2 * COUNT)
    expect(rows.map(({ id }) => id)).toEqual(inOrder(rows, sort).map(({ id }) => id))
  })
  test('the export, which gathers nothing first, has the same rows in the same order', async () => {
    expect(await all({ sort })).toEqual(await pages({ sort }))
    const given = { sort, unused: 'unknown', kind: 'secret' }
    expect((await pages(given)).length).toBeGreaterThan(0)
    expect(await all(given)).toEqual(await pages(given))
  })
})

test('a place of another order is refused', async () => {
  const { next = '' } = await listCredentials(analyst, filter())
  const asked = listCredentials(analyst, filter({ after: next, sort: 'name' }))
  await expect(asked).rejects.toMatchObject({ code: 'invalid' })
})

describe('filters leave what they say, of all there is', () => {
  const old = (days: number) => new Date(NOW - days * 86_400_000).toISOString()
  const soon = (days: number) => new Date(NOW + days * 86_400_000).toISOString()
  const now = new Date(NOW).toISOString()
  const cases: [Record<string, string>, (row: CredentialRow) => boolean][] = [
    [{ kind: 'credential' }, (r) => r.kind === 'credential'],
    [{ kind: 'secret' }, (r) => r.kind === 'secret'],
    [{ form: 'password,token' }, (r) => r.form === 'password' || r.form === 'token'],
    [{ type: 'demo.certificate' }, (r) => r.type === 'demo.certificate'],
    [{ type: 'demo.certificate,demo.secret' }, (r) => r.type !== 'demo.key'],
    [{ age: '90' }, (r) => (r.value.at ?? now) < old(90)],
    [{ age: '180' }, (r) => (r.value.at ?? now) < old(180)],
    [{ age: 'unknown' }, (r) => r.value.state !== 'known'],
    [{ expiry: 'expired' }, (r) => (r.expires.at ?? soon(999)) < now],
    [{ expiry: 'never' }, (r) => r.expires.state === 'absent'],
    [{ expiry: 'unknown' }, (r) => r.expires.state === 'unknown'],
    [{ unused: '90' }, (r) => (r.lastUsed.at ?? now) < old(90)],
    [{ unused: 'never' }, (r) => r.lastUsed.state === 'absent'],
    [{ unused: 'unknown' }, (r) => r.lastUsed.state === 'unknown'],
    [{ q: 'a_b' }, (r) => r.name === 'a_b'],
    [{ q: 'zeta' }, (r) => r.name === 'zeta'],
    [{ q: 'AL' }, (r) => r.name === 'Alpha'],
    [{ q: 'path/7' }, (r) => r.nativeId === 'path/7'],
    [{ q: '%' }, () => false],
    [{ kind: 'secret', form: 'token' }, () => false],
    [{ scope: 'elsewhere' }, () => false],
  ]
  test.each(cases)('%o', async (given, fits) => {
    const whole = await pages()
    const rows = await pages(given)
    expect(rows.map(({ id }) => id)).toEqual(whole.filter(fits).map(({ id }) => id))
    const { total, totalIsMore } = await listCredentials(analyst, filter(given))
    expect([total, totalIsMore]).toEqual([rows.length, false])
  })
  test('each of these but the impossible ones leaves some', async () => {
    const whole = await pages()
    const empty = cases.filter(([, fits]) => !whole.some(fits)).map(([given]) => Object.keys(given).join())
    expect(empty).toEqual(['q', 'kind,form', 'scope'])
  })
  test.each([7, 30, 90])('what ends within %i days', async (days) => {
    const [row] = await pages({ kind: 'secret' })
    const ends = async (at: string) => {
      await db.secret.update({ where: { id: row!.id }, data: { expiresAt: at, expiresState: 'known' } })
      return (await pages({ expiry: String(days) })).map(({ id }) => id)
    }
    expect(await ends(soon(days - 1))).toEqual([row!.id])
    expect(await ends(soon(days + 1))).toEqual([])
    expect(await ends(old(1))).toEqual([])
    await db.secret.update({
      where: { id: row!.id },
      data: { expiresAt: row!.expires.at ?? null, expiresState: row!.expires.state },
    })
  })
  test('what is gone is left out unless asked for', async () => {
    expect((await pages({ state: 'gone' })).map(({ id }) => id)).toEqual([gone])
    expect((await pages({ state: 'any' })).length).toBe(2 * COUNT + 1)
  })
})

describe('a row', () => {
  test('says which of its facts are known, which are not there, and which nobody knows', async () => {
    const rows = await pages()
    const states = (of: (row: CredentialRow) => string | undefined) => new Set(rows.map(of))
    const three = new Set(['known', 'absent', 'unknown'])
    expect(states((r) => r.value.state)).toEqual(three)
    expect(states((r) => r.expires.state)).toEqual(three)
    expect(states((r) => r.lastUsed.state)).toEqual(three)
    expect(states((r) => r.identity?.state)).toEqual(new Set([...three, undefined]))
    for (const row of rows)
      for (const fact of [row.value, row.expires, row.lastUsed])
        expect(fact.at !== undefined).toBe(fact.state === 'known')
  })
  test('of a value that may have been rotated says not that it is as old as the thing', async () => {
    // Both say when they were made; of the first it is known that it was never rotated, of the second that is not known.
    const [made] = await pages({ q: 'path/7' })
    const [perhaps] = await pages({ q: 'path/1' })
    expect(made?.value).toEqual({ state: 'known', at: '2026-01-01T00:00:00.000Z' })
    expect(perhaps?.value).toEqual({ state: 'unknown' })
    expect((await pages({ age: 'unknown' })).map(({ id }) => id)).toContain(perhaps?.id)
  })
  test('names the identity it belongs to, and how many it stands for', async () => {
    const [row] = await pages({ q: 'key-10' })
    const robot = await db.identity.findFirstOrThrow({ where: { nativeId: 'robot-10' } })
    expect(row).toMatchObject({ identity: { state: 'known', id: robot.id, name: 'robot-10' }, count: 40 })
  })
  test('of a stored secret says whether it rotates and how often it is copied', async () => {
    const [copied] = await pages({ q: 'path/1' })
    const [once] = await pages({ q: 'path/2' })
    expect(copied).toMatchObject({
      rotates: { state: 'known', value: false },
      copiedEvery: { state: 'known', seconds: 3600 },
    })
    expect(once?.copiedEvery).toBeUndefined()
    expect([copied?.identity, copied?.form]).toEqual([undefined, undefined])
  })
})

describe('an owner', () => {
  const ann = actorOf('owner', { email: 'ann@example.com' })
  test('sees the credentials of what is theirs, and the secrets a hint says are theirs', async () => {
    const mine = await pages({}, ann)
    const expected = (await pages()).filter(({ kind, nativeId, identity }) => {
      const at = Number(/\d+/.exec(nativeId)?.[0])
      return kind === 'credential' ? at % 4 === 0 && identity?.state === 'known' : at % 5 === 0
    })
    expect(expected.length).toBeGreaterThan(20)
    expect(mine.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    expect(await all({}, ann)).toEqual(mine)
    expect((await listCredentials(ann, filter())).total).toBe(mine.length)
  })
  test('narrows by what is theirs alone', async () => {
    const { type, scope } = await credentialFacets(ann, filter(), await askedScopes(undefined))
    expect(type.rows.map(({ value }) => value)).toEqual(['demo.certificate', 'demo.key', 'demo.secret'])
    expect(scope.rows.map(({ title }) => title)).toEqual(['s1'])
    const cleo = actorOf('owner', { email: 'cleo@example.com' })
    const none = await credentialFacets(cleo, filter(), await askedScopes(undefined))
    expect([none.type.rows, none.scope.rows]).toEqual([[], []])
    expect(await pages({}, cleo)).toEqual([])
  })
  test('without an address or a known name sees nothing', async () => {
    expect(await pages({}, actorOf('owner', { name: ' ' }))).toEqual([])
  })
})

test('it can be narrowed to the types and scopes that hold any', async () => {
  const asked = await askedScopes(undefined)
  const { type, scope } = await credentialFacets(analyst, filter(), asked)
  expect(type).toEqual({
    rows: [{ value: 'demo.certificate' }, { value: 'demo.key' }, { value: 'demo.secret' }],
    more: false,
  })
  expect(scope.rows).toHaveLength(1)
  const ofSecrets = await credentialFacets(analyst, filter({ kind: 'secret' }), asked)
  expect(ofSecrets.type.rows).toEqual([{ value: 'demo.secret' }])
})

test('a look that was refused is said, and what was seen before stays', async () => {
  const to = await connection()
  const kinds = [...LOOKED, 'secret' as const]
  const at = (day: number) => `2026-06-0${day}T00:00:00.000Z`
  const scopes = ['s2']
  await look(to, { at: at(1), scopes, streams: { kept: { observations: [secret('path/kept')], kinds } } })
  const before = (await listCredentials(analyst, filter({ scope: 's2' }))).completeness
  await look(to, { at: at(2), scopes, streams: { kept: { observations: [], kinds, fails: refused() } } })
  const { rows, completeness } = await listCredentials(analyst, filter({ scope: 's2', kind: 'secret' }))
  expect(before.state).toBe('complete')
  expect(completeness).toMatchObject({
    state: 'partial',
    missing: [{ kind: 'secret', why: 'denied', permission: 'demo:List' }],
  })
  expect(rows).toMatchObject([{ nativeId: 'path/kept' }])
  expect(rows[0]?.retiredAt).toBeUndefined()
})
