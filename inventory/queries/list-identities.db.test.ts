// Pages of identities: whatever the order and the filter, they are the whole list once, in order.
import { beforeAll, describe, expect, test } from 'vitest'
import { IDENTITY_SORTS, IdentityFilter, type IdentityRow } from '@/core/list'
import { RollcallError } from '@/core/errors'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { eachIdentity } from './each-identity'
import { identityFacets } from './identity-facets'
import { listIdentities } from './list-identities'

const COUNT = 130
const filter = (given: Record<string, string> = {}) => IdentityFilter.parse({ size: '25', ...given })

async function pages(given: Record<string, string>, actor = analyst) {
  const rows: IdentityRow[] = []
  let after: string | undefined
  do {
    const page = await listIdentities(actor, filter({ ...given, ...(after && { after }) }))
    expect(page.rows.length).toBeLessThanOrEqual(25)
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return rows
}
async function all(given: Record<string, string>, actor = analyst) {
  const rows: IdentityRow[] = []
  for await (const batch of eachIdentity(actor, filter(given))) rows.push(...batch)
  return rows
}

/** Orders as the database does: by bytes, nothing last. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const KEYS: Record<
  (typeof IDENTITY_SORTS)[number],
  [key: (r: IdentityRow) => string | undefined, sign: number]
> = {
  name: [(r) => r.name, 1],
  '-name': [(r) => r.name, -1],
  lastUsed: [(r) => r.lastUsed.at, 1],
  '-lastUsed': [(r) => r.lastUsed.at, -1],
  created: [(r) => r.createdAt, 1],
  '-created': [(r) => r.createdAt, -1],
  worst: [(r) => String(r.worst ? ['critical', 'high', 'medium', 'low', 'info'].indexOf(r.worst) : 9), 1],
  oldestCredential: [(r) => r.oldestCredentialAt, 1],
}
function inOrder(rows: IdentityRow[], sort: (typeof IDENTITY_SORTS)[number]) {
  const [key, sign] = KEYS[sort]
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === undefined || y === undefined) return x === y ? byBytes(a.id, b.id) : x === undefined ? 1 : -1
    return sign * (byBytes(x, y) || byBytes(a.id, b.id))
  })
}

beforeAll(async () => {
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(COUNT) })
})

describe.each(IDENTITY_SORTS)('sorted by %s', (sort) => {
  test('pages are the whole list once, in order', async () => {
    const rows = await pages({ sort })
    expect(rows).toHaveLength(COUNT)
    expect(rows.map((r) => r.id)).toEqual(inOrder(rows, sort).map((r) => r.id))
  })
  test('the export has the same rows in the same order', async () => {
    expect(await all({ sort, class: 'machine' })).toEqual(await pages({ sort, class: 'machine' }))
  })
})

describe('a place in a list', () => {
  const refused = (after: string, more = {}) => listIdentities(analyst, filter({ after, ...more }))
  test.each(['x', 'a.b.c.d.e', '', 'bmFtZQ.0.eA.eA.AAAAAAAA'])('%o is refused', async (after) => {
    if (after) await expect(refused(after)).rejects.toMatchObject({ code: 'invalid' })
  })
  test('one that was changed, or belongs to another order, is refused', async () => {
    const { next = '' } = await listIdentities(analyst, filter())
    const turned = next.slice(0, 10) + (next[10] === 'A' ? 'B' : 'A') + next.slice(11)
    await expect(refused(turned)).rejects.toThrow(RollcallError)
    await expect(refused(next, { sort: '-name' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused(next)).resolves.toBeDefined()
  })
})

describe('filters', () => {
  const names = async (given: Record<string, string>) => new Set((await pages(given)).map((r) => r.name))
  test('wildcards of a search are taken literally', async () => {
    expect(await names({ q: 'a_b' })).toEqual(new Set(['a_b']))
    expect(await names({ q: 'a%b' })).toEqual(new Set(['a%b']))
    expect(await names({ q: 'a%' })).toEqual(new Set(['a%b']))
    expect(await names({ q: '%' })).toEqual(new Set())
  })
  test('a search finds a native id, an alias and an id', async () => {
    const [row] = await pages({ q: 'id-001' })
    expect(row?.nativeId).toBe('id-001')
    expect(await pages({ q: 'arn:demo:id-001' })).toEqual([row])
    expect(await pages({ q: row?.id ?? '' })).toEqual([row])
  })
  test('a name of 150 wide characters is whole', async () => {
    const [row] = await pages({ q: '名前'.repeat(75) })
    expect(row?.name).toHaveLength(150)
  })
  test('absent and unknown are told apart', async () => {
    for (const [unused, state] of [
      ['never', 'absent'],
      ['unknown', 'unknown'],
    ] as const) {
      const rows = await pages({ unused })
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(rows.map((r) => r.lastUsed.state))).toEqual(new Set([state]))
    }
  })
  test('owners: one of them, nobody, any', async () => {
    expect((await pages({ owner: 'ann@' })).every((r) => r.owner.name === 'Ann@Example.com')).toBe(true)
    expect((await pages({ owner: 'none' })).every((r) => r.owner.state === 'absent')).toBe(true)
    expect(await pages({ owner: 'any' })).toHaveLength(COUNT)
  })
  test('a rule leaves the identities it fails for', async () => {
    const rows = await pages({ rule: 'identity-ownerless' })
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((r) => r.owner.state === 'absent' && r.failing > 0)).toBe(true)
  })
  test('a scope is named by its id at the source; one that does not exist holds nothing', async () => {
    expect(await pages({ scope: 's1' })).toHaveLength(COUNT)
    expect(await pages({ scope: 'elsewhere' })).toEqual([])
  })
  test('facets count what the list would hold', async () => {
    const { class: classes, owner } = await identityFacets(analyst, filter({ class: 'human' }))
    for (const { value, count } of classes.rows) expect(await pages({ class: value })).toHaveLength(count)
    expect(classes.rows.map((c) => c.value).sort()).toEqual(['human', 'machine'])
    for (const { value, count } of owner.rows)
      expect(await pages({ class: 'human', owner: value })).toHaveLength(count)
  })
})

describe('an owner', () => {
  const ann = actorOf('owner', { email: 'ann@example.com' })
  test('sees what is theirs, whatever the filter', async () => {
    const mine = await pages({}, ann)
    expect(mine.length).toBeGreaterThan(0)
    expect(new Set(mine.map((r) => r.owner.name))).toEqual(new Set(['Ann@Example.com']))
    expect(await pages({ owner: 'bob@example.com' }, ann)).toEqual([])
    expect(await all({}, ann)).toEqual(mine)
    expect((await listIdentities(ann, filter())).total).toBe(mine.length)
  })
  test('counts only what is theirs', async () => {
    const { owner, type } = await identityFacets(ann, filter())
    expect(owner.rows.map((o) => o.value)).toEqual(['Ann@Example.com'])
    expect(type.rows.map((t) => t.count)).toEqual([(await pages({}, ann)).length])
  })
  test('without an address or a known name sees nothing', async () => {
    expect(await pages({}, actorOf('owner', { name: ' ' }))).toEqual([])
  })
})
