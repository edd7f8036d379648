// What differs between two instants: told from what was not looked at, from what only became known, and from what is the same.
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { DiffFilter, DIFF_KINDS, type DiffRow } from '@/core/diff'
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import {
  forgetEverything,
  knownAt,
  putCredential,
  putFinding,
  putGrant,
  putIdentity,
  putLook,
  putPosture,
  putRun,
  putScope,
  putSource,
  putTally,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { askedDiff } from './diff-slice'
import { eachDiff } from './each-diff'
import { listDiff } from './list-diff'

const auditor = actorAs('auditor')
const day = (n: number, hour = 0): Instant => new Date(Date.UTC(2026, 8, 1 + n, hour)).toISOString()
const [EARLY, LATE] = [day(10), day(20)]

const asked = (query: Record<string, string>) =>
  DiffFilter.parse({ from: EARLY, to: LATE, size: '100', ...query })
async function differences(query: Record<string, string> = {}, actor: Actor = auditor): Promise<DiffRow[]> {
  const rows: DiffRow[] = []
  const filter = asked(query)
  for await (const batch of eachDiff(actor, await askedDiff(actor, filter))) rows.push(...batch)
  const page = await listDiff(actor, filter)
  // Page and export are one list, and the counts count it.
  expect(page.rows).toEqual(rows.slice(0, 100))
  if (!query.kind)
    for (const { kind: one, count } of page.counts)
      expect([one, count]).toEqual([one, rows.filter((row) => row.kind === one).length])
  return rows
}
const words = (rows: DiffRow[]) => rows.map((row) => `${row.kind} ${row.name} ${row.what}`).sort()

/** One source with one scope that was seen whole before the earlier instant, unless said otherwise. */
async function estate({ whole = true } = {}) {
  await knownAt(day(1), async (tx) => {
    const id = await putSource(tx, 'North', { at: day(1), scopes: ['s1'] })
    await putRun(tx, id, day(1))
    for (const kind of ['identity', 'credential', 'grant']) await putLook(tx, 's1', kind, day(1), whole)
    await putTally(tx, 's1', day(1))
  })
}

beforeEach(forgetEverything)
afterAll(async () => {
  await closeMomentClient()
  await db.$disconnect()
})

describe('a row', () => {
  test('is added, gone, returned or changed, and says since when and by which run', async () => {
    await estate()
    await knownAt(day(2), async (tx) => {
      for (const name of ['same', 'changes', 'goes', 'was-gone']) await putIdentity(tx, 's1', name, day(2))
      await retire(tx, 'identity', uuid('identity', 's1', 'was-gone'), day(2, 1))
    })
    await knownAt(day(15), async (tx) => {
      await putIdentity(tx, 's1', 'changes', day(14), { tags: known({ team: 'b' }, 'demo:Other') })
      await putIdentity(tx, 's1', 'was-gone', day(14))
      await putIdentity(tx, 's1', 'new', day(14))
      await retire(tx, 'identity', uuid('identity', 's1', 'goes'), day(14))
    })
    // Seen again after that: it is as new as before.
    await knownAt(day(16), (tx) => putIdentity(tx, 's1', 'new', day(16), { tags: absent('demo:List') }))
    const rows = await differences()
    expect(words(rows)).toEqual([
      'identity changes changed',
      'identity goes gone',
      'identity new added',
      'identity was-gone returned',
    ])
    const of = (name: string) => rows.find((row) => row.name === name)
    expect(of('changes')).toMatchObject({
      trueAt: day(14),
      knownAt: day(15),
      changes: [{ field: 'tags', from: '{"team":"a"}', to: '{"team":"b"}' }],
      run: { id: uuid('run'), sourceId: uuid('connection', 'North'), source: 'North' },
      scope: { id: uuid('scope', 's1'), name: 's1', sample: false },
    })
    expect(of('new')).toMatchObject({ trueAt: day(14), knownAt: day(15), changes: [] })
    expect(of('goes')).not.toHaveProperty('removed')
  })

  test('that changed and changed back, or came and went, is no difference', async () => {
    await estate()
    await knownAt(day(2), (tx) => putIdentity(tx, 's1', 'swings', day(2)))
    await knownAt(day(12), async (tx) => {
      await putIdentity(tx, 's1', 'swings', day(12), { tags: absent('demo:List') })
      await putIdentity(tx, 's1', 'guest', day(12))
    })
    await knownAt(day(14), async (tx) => {
      await putIdentity(tx, 's1', 'swings', day(14))
      await retire(tx, 'identity', uuid('identity', 's1', 'guest'), day(14))
    })
    expect(await differences()).toEqual([])
    expect(words(await differences({ to: day(13) }))).toEqual([
      'identity guest added',
      'identity swings changed',
    ])
  })

  test('confirmed later, by another call, or not at all is the same', async () => {
    await estate()
    const tags = (fact: object) => ({ tags: { ...known({ team: 'a' }, 'demo:List'), ...fact } })
    await knownAt(day(2), (tx) => putIdentity(tx, 's1', 'one', day(2), tags({})))
    await knownAt(day(12), (tx) =>
      putIdentity(
        tx,
        's1',
        'one',
        day(12),
        tags({ source: 'demo:Other', unconfirmed: { why: 'denied', since: day(12) } }),
      ),
    )
    expect(await differences()).toEqual([])
  })

  test('of a kind never seen whole before is a first look, not an addition', async () => {
    await estate({ whole: false })
    await knownAt(day(2), (tx) => putIdentity(tx, 's1', 'seen-in-part', day(2)))
    await knownAt(day(15), async (tx) => {
      await putLook(tx, 's1', 'identity', day(15))
      await putIdentity(tx, 's1', 'seen-now', day(15))
      await putPosture(tx, 's1', 'seen-now', day(15), { privilege: 'administrator' })
      await putPosture(tx, 's1', 'seen-in-part', day(15), { owner: 'ann' })
      await putFinding(tx, 's1', 'seen-now', day(15))
      await putFinding(tx, 's1', 'seen-in-part', day(15))
    })
    await knownAt(day(16), (tx) => putIdentity(tx, 's1', 'really-new', day(16)))
    expect(words(await differences())).toEqual([
      'finding seen-in-part added',
      'finding seen-now first-look',
      'identity really-new first-look',
      'identity seen-now first-look',
      'owner seen-in-part first-look',
      'owner seen-now first-look',
      'privilege seen-in-part first-look',
      'privilege seen-now first-look',
    ])
    expect(words(await differences({ from: day(15, 1), kind: 'identity' }))).toEqual([
      'identity really-new added',
    ])
    expect(words(await differences({ what: 'added' }))).toEqual(['finding seen-in-part added'])
  })

  test('of which one instant does not know an answer is learned, not changed', async () => {
    await estate()
    await knownAt(day(2), async (tx) => {
      await putIdentity(tx, 's1', 'one', day(2), { tags: unknown('denied', 'demo:Tags') })
      await putIdentity(tx, 's1', 'two', day(2), { tags: unknown('denied', 'demo:Tags') })
      await putIdentity(tx, 's1', 'other-reason', day(2), { tags: unknown('denied', 'demo:Tags') })
    })
    await knownAt(day(15), async (tx) => {
      await putIdentity(tx, 's1', 'one', day(15))
      await putIdentity(tx, 's1', 'two', day(15), { class: 'human' })
      await putIdentity(tx, 's1', 'other-reason', day(15), { tags: unknown('throttled', 'demo:Tags') })
    })
    const rows = await differences()
    expect(words(rows)).toEqual(['identity one learned', 'identity two changed'])
    expect(rows.find((row) => row.name === 'two')?.changes).toEqual([
      { field: 'class', from: 'machine', to: 'human' },
      { field: 'tags', from: 'unknown', to: '{"team":"a"}', unseen: 'before' },
    ])
  })

  test('true later than it was known, by a clock that ran ahead, is found', async () => {
    await estate()
    await knownAt(day(9, 23), (tx) => putIdentity(tx, 's1', 'ahead', day(10, 1)))
    expect(words(await differences())).toEqual(['identity ahead added'])
  })
})

describe('known', () => {
  test('compares the truth instead of the knowledge', async () => {
    await estate()
    // It was there before the earlier instant, and nobody knew.
    await knownAt(day(15), (tx) => putIdentity(tx, 's1', 'late-news', day(5)))
    expect(words(await differences())).toEqual(['identity late-news added'])
    expect(await differences({ known: day(25) })).toEqual([])
    const page = await listDiff(auditor, asked({ known: day(25) }))
    expect(page.between).toEqual({ from: EARLY, to: LATE, known: day(25) })
  })
})

describe('a source that was removed', () => {
  test('takes its rows along: gone with the source, which says nothing about the things', async () => {
    await estate()
    await knownAt(day(2), async (tx) => {
      await putIdentity(tx, 's1', 'one', day(2))
      await putPosture(tx, 's1', 'one', day(2), { owner: 'ann' })
      await putFinding(tx, 's1', 'one', day(2))
      await putIdentity(tx, 's1', 'two', day(2))
      await retire(tx, 'identity', uuid('identity', 's1', 'two'), day(2, 1))
    })
    await knownAt(day(12), (tx) => putIdentity(tx, 's1', 'one', day(11), { class: 'human' }))
    await knownAt(day(15), async (tx) => {
      await tx.connection.deleteMany()
      await tx.finding.deleteMany()
      await tx.posture.deleteMany()
      await tx.scope.deleteMany()
    })
    const rows = await differences()
    expect(words(rows)).toEqual([
      'finding one gone',
      'identity one gone',
      'owner one gone',
      'privilege one gone',
      'scope s1 gone',
      'source North gone',
    ])
    expect(rows.every((row) => row.removed)).toBe(true)
    expect(rows.find((row) => row.kind === 'identity')).toMatchObject({
      knownAt: day(15),
      trueAt: day(15),
      scope: { name: 's1' },
    })
    // Connected again, it is what it was; and what that look saw first may have been there all along.
    await knownAt(day(17), async (tx) => {
      await putSource(tx, 'North', { at: day(17), scopes: ['s1'] })
      await putIdentity(tx, 's1', 'one', day(17))
      await putIdentity(tx, 's1', 'three', day(17))
    })
    expect(words(await differences({ kind: 'identity,source,scope' }))).toEqual(['identity three added'])
    expect(words(await differences({ from: day(16), kind: 'identity,source,scope' }))).toEqual([
      'identity one first-look',
      'identity three first-look',
      'scope s1 first-look',
      'source North added',
    ])
  })
})

describe('kinds', () => {
  test('owner, privilege, finding, grant, credential, source and scope', async () => {
    await estate()
    await knownAt(day(2), async (tx) => {
      for (const name of ['a', 'b']) {
        await putIdentity(tx, 's1', name, day(2))
        await putPosture(tx, 's1', name, day(2), { owner: 'ann' })
      }
      await putGrant(tx, 's1', 'read', 'a', day(2))
      await putCredential(tx, 's1', 'key', 'a', day(2))
      await putFinding(tx, 's1', 'a', day(2))
      await putFinding(tx, 's1', 'b', day(2), { verdict: 'unknown' })
    })
    await knownAt(day(15), async (tx) => {
      await putPosture(tx, 's1', 'a', day(15), { owner: 'bob', privilege: 'administrator' })
      await putPosture(tx, 's1', 'b', day(15), { owner: 'ann', failing: 3 })
      await tx.grant.update({
        where: { id: uuid('grant', 's1', 'read') },
        data: { identityId: uuid('identity', 's1', 'b'), validFrom: day(15) },
      })
      await retire(tx, 'credential', uuid('credential', 's1', 'key'), day(15))
      await putFinding(tx, 's1', 'a', day(15), { state: 'resolved' })
      await putFinding(tx, 's1', 'b', day(15), { verdict: 'fail', message: 'It is known now.' })
      await tx.connection.update({ where: { id: uuid('connection', 'North') }, data: { paused: true } })
      await putScope(tx, uuid('connection', 'North'), 's2', day(15))
    })
    const rows = await differences()
    expect(words(rows)).toEqual([
      'credential key gone',
      'finding a gone',
      'finding b learned',
      'grant read changed',
      'owner a changed',
      'privilege a changed',
      'scope s2 added',
      'source North changed',
    ])
    const changes = (kind: string) => rows.find((row) => row.kind === kind)?.changes
    expect(changes('grant')).toEqual([{ field: 'belongsTo', from: 'a', to: 'b' }])
    expect(changes('owner')).toEqual([{ field: 'owner', from: 'ann', to: 'bob' }])
    expect(changes('privilege')).toEqual([{ field: 'privilege', from: 'limited', to: 'administrator' }])
    expect(changes('source')).toEqual([{ field: 'paused', from: 'false', to: 'true' }])
    expect(rows.find((row) => row.kind === 'finding' && row.what === 'gone')?.changes).toEqual([
      { field: 'resolved', from: 'none', to: 'the rule passes now' },
    ])
    expect(words(await differences({ identity: uuid('identity', 's1', 'a') }))).toEqual([
      'credential key gone',
      'finding a gone',
      'owner a changed',
      'privilege a changed',
    ])
    expect(words(await differences({ q: 'NORTH' }))).toEqual(['source North changed'])
    expect(words(await differences({ q: 'key', kind: 'any' }))).toEqual(['credential key gone'])
    expect(words(await differences({ scope: 's2', kind: 'identity,scope' }))).toEqual(['scope s2 added'])
  })
})

describe('who asks', () => {
  test('an owner sees what is theirs, and no source', async () => {
    await estate()
    await knownAt(day(2), async (tx) => {
      for (const name of ['hers', 'was-hers', 'his']) await putIdentity(tx, 's1', name, day(2))
      await putPosture(tx, 's1', 'hers', day(2), { owner: 'Ann@example.com' })
      await putPosture(tx, 's1', 'was-hers', day(2), { owner: 'ann@example.com' })
      await putPosture(tx, 's1', 'his', day(2), { owner: 'bob@example.com' })
    })
    await knownAt(day(15), async (tx) => {
      for (const name of ['hers', 'was-hers', 'his'])
        await putIdentity(tx, 's1', name, day(15), { class: 'human' })
      await putPosture(tx, 's1', 'was-hers', day(15), { owner: 'bob@example.com' })
      await tx.connection.update({ where: { id: uuid('connection', 'North') }, data: { paused: true } })
    })
    const ann: Actor = { ...actorAs('owner'), email: 'ann@example.com' }
    expect(words(await differences({}, ann))).toEqual(['identity hers changed'])
    expect((await listDiff(ann, asked({}))).counts.map(({ kind }) => kind)).toEqual(
      DIFF_KINDS.filter((kind) => kind !== 'source' && kind !== 'scope'),
    )
    await expect(listDiff(ann, asked({ identity: uuid('identity', 's1', 'his') }))).rejects.toThrow(
      'No identity',
    )
  })
})

describe('instants', () => {
  test('without any: the last week, said in absolute terms, and the next page is about the same ones', async () => {
    await estate()
    const now = Date.now()
    await db.$transaction(async (tx) => {
      for (let n = 0; n < 60; n++) await putIdentity(tx, 's1', `new-${n}`, new Date(now - 1000).toISOString())
    })
    const first = await listDiff(auditor, DiffFilter.parse({ size: '50' }))
    expect(Date.parse(first.between.to) - Date.parse(first.between.from)).toBe(7 * 24 * 3600_000)
    expect(Math.abs(Date.parse(first.between.to) - now)).toBeLessThan(60_000)
    await putLater()
    const second = await listDiff(auditor, DiffFilter.parse({ size: '50', after: first.next }))
    expect(second.between).toEqual(first.between)
    const names = [...first.rows, ...second.rows].map(({ name }) => name)
    expect(new Set(names).size).toBe(60)
    expect(names).not.toContain('later')
    await expect(
      listDiff(auditor, DiffFilter.parse({ from: '2026-01-01', after: first.next })),
    ).rejects.toThrow('from is not the one this page belongs to')
  })
  const putLater = () => db.$transaction((tx) => putIdentity(tx, 's1', 'later', new Date().toISOString()))

  test.each([
    [{ from: LATE, to: EARLY }, 'from'],
    [{ to: '2999-01-01' }, 'to lies in the future'],
    [{ from: EARLY, to: LATE, known: EARLY }, 'known'],
  ])('%j is refused by name', async (query, text) => {
    await expect(listDiff(auditor, DiffFilter.parse(query))).rejects.toThrow(text)
  })
})

test('what could be seen is said for both instants', async () => {
  await estate({ whole: false })
  await knownAt(day(15), async (tx) => {
    for (const kind of ['identity', 'credential', 'grant']) await putLook(tx, 's1', kind, day(15))
  })
  const { completeness } = await listDiff(auditor, asked({}))
  expect([completeness.from.state, completeness.to.state]).toEqual(['partial', 'complete'])
})
