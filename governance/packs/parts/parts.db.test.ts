// Each file of a pack holds exactly what the pages say of the same moment, and nothing that became known later.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { credentialColumns, identityColumns } from '@/inventory/queries/columns'
import { listCredentials } from '@/inventory/queries/list-credentials'
import { listDiff } from '@/inventory/queries/list-diff'
import { listFindings } from '@/inventory/queries/list-findings'
import { listIdentities } from '@/inventory/queries/list-identities'
import { safeCell } from '@/inventory/queries/csv-stream'
import { db } from '@/prisma/client'
import type { Actor } from '@/core/permissions'
import { actorAs } from '@/tests/actors'
import { actorFor } from '@/tests/campaign-world'
import { asked, fileOf, inPack, partOf, rowsOf, wholePack, written, type Given } from '@/tests/asked-pack'
import { FORMULA, goOn, packWorld, type PackWorld } from '@/tests/pack-world'
import { verifyActivity } from '../../activity/verify-activity'
import { packFacts } from '../facts'
import { parts } from '.'

const auditor = actorAs('auditor')
let world: PackWorld
/** Written before anything of it happened. */
const first: Record<string, Record<string, string>> = {}
const QUESTIONS: Record<string, (w: PackWorld) => Given> = {
  everything: () => ({}),
  'a filter': () => ({ filter: { owner: 'ann' }, controls: ['owasp-nhi'] }),
  'a period': (w) => ({ from: w.before.valid }),
  'a filter and a period': (w) => ({ from: w.before.valid, filter: { q: 'r' }, redact: ['people'] }),
}
const ask = (name: string) => asked({ moment: world.then, ...QUESTIONS[name]?.(world) })
const then = <T>(work: () => Promise<T>) => atMoment(world.then, work)
const sorted = (ids: (string | undefined)[]) => [...ids].sort()

beforeAll(async () => {
  world = await packWorld()
  for (const name of Object.keys(QUESTIONS)) first[name] = await wholePack(await ask(name))
  await goOn(world)
}, 120_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe.each(Object.keys(QUESTIONS))('asked again about %s', (name) => {
  test('the same bytes come, whatever became known since', async () => {
    const again = await wholePack(await ask(name))
    for (const [file, text] of Object.entries(first[name] ?? {})) expect(again[file], file).toBe(text)
  })
  test('the facts are the same', async () => {
    const question = await ask(name)
    const facts = () => inPack(question, (at) => packFacts.report(at, []))
    expect(await facts()).toEqual(await facts())
  })
})

describe('population.csv', () => {
  test('is the list of identities, all columns, with cells that no spreadsheet runs', async () => {
    const question = await ask('a filter')
    const { rows } = await then(() => listIdentities(auditor, { sort: 'name', size: 100, owner: 'ann' }))
    const told = await rowsOf('population', question)
    expect(told.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(told[0]).toEqual(
      Object.fromEntries(identityColumns.map(({ key, csv }) => [key, safeCell(csv(rows[0] as never))])),
    )
    const everything = await rowsOf('population', await ask('everything'))
    expect(everything.map(({ name }) => name)).toContain(`'${FORMULA}`)
    expect(everything).toHaveLength(8)
  })
  test('is what was known then: what is gone since is in it, owners are who they were', async () => {
    const told = await rowsOf('population', await ask('everything'))
    expect(told.find(({ name }) => name === 'r0')).toMatchObject({ retiredAt: '', owner: 'none' })
    const { rows } = await then(() => listIdentities(auditor, { sort: 'name', size: 100 }))
    expect(rows).toHaveLength(8)
    expect(sorted(told.map(({ owner }) => owner))).not.toContain('sue@example.com')
  })
})

describe('credentials.csv', () => {
  test('of everything is the list, with what nobody holds', async () => {
    const told = await rowsOf('credentials', await ask('everything'))
    const { rows } = await then(() => listCredentials(auditor, { sort: 'name', size: 100 }))
    expect(told.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(told.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['key-nobody', 'key-unknown', 'secret-1']),
    )
    expect(told.find(({ name }) => name === 'key-unknown')?.identity).toBe('unknown')
    expect(told.find(({ name }) => name === 'key-nobody')?.identity).toBe('nobody')
  })
  test('of some is theirs alone', async () => {
    const told = await rowsOf('credentials', await ask('a filter'))
    const { rows } = await then(() => listCredentials(auditor, { sort: 'name', size: 100 }))
    const owned = new Set((await rowsOf('population', await ask('a filter'))).map(({ id }) => id))
    const mine = rows.filter(({ identity }) => owned.has(identity?.id ?? ''))
    expect(mine.length).toBeGreaterThan(3)
    const cells = (row: (typeof rows)[number]) =>
      Object.fromEntries(credentialColumns.map(({ key, csv }) => [key, safeCell(csv(row))]))
    const byId = (a: { id?: string }, b: { id?: string }) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)
    expect(told.sort(byId)).toEqual(mine.map(cells).sort(byId))
  })
})

test('entitlements.csv tells privilege, grants with their place, and trust with its conditions', async () => {
  const told = await rowsOf('entitlements', await ask('everything'))
  const of = (what: string, identity: string) =>
    told.filter((row) => row.what === what && row.identity === identity)
  expect(told.filter(({ what }) => what === 'privilege')).toHaveLength(8)
  expect(
    of('grant', 'r1')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['reader', 'writer'])
  expect(of('grant', 'r1')[0]).toMatchObject({ effect: 'allow', place: 'all of s1', exercised: 'unknown' })
  expect(of('trust', 'r0')).toMatchObject([
    { principal: '999', principalType: 'account', actions: 'assume', conditions: '{"equals":{"id":"x"}}' },
  ])
  const filtered = await rowsOf('entitlements', await ask('a filter'))
  expect(new Set(filtered.map(({ identity }) => identity))).toEqual(
    new Set((await rowsOf('population', await ask('a filter'))).map(({ name }) => name)),
  )
})

describe('findings.csv', () => {
  test('of everything is the list of what is open, with revision and facts', async () => {
    const told = await rowsOf('findings', await ask('everything'))
    const { rows, total } = await then(() =>
      listFindings(auditor, { sort: 'severity', size: 100, verdict: ['fail'] }),
    )
    const failing = told.filter(({ verdict }) => verdict === 'fail')
    expect(total).toBe(failing.length)
    expect(sorted(failing.map(({ id }) => id)).slice(0, 100)).toEqual(sorted(rows.map(({ id }) => id)))
    for (const row of told) {
      expect(row.revision).toMatch(/^[0-9a-f]{64}$/)
      expect(row.evidence, row.ruleId).not.toBe('')
    }
    expect(told.some(({ verdict }) => verdict === 'unknown')).toBe(true)
  })
  test('says what was excepted then, though the exception was ended since', async () => {
    const excepted = (await rowsOf('findings', await ask('everything'))).filter(
      ({ exceptedUntil }) => exceptedUntil !== 'no',
    )
    expect(excepted).toMatchObject([{ subject: 'key-r1', ruleId: 'credential-long-lived', exceptedBy: 'bo' }])
    const { expiresAt } = await db.exception.findUniqueOrThrow({ where: { id: world.exception } })
    expect(excepted[0]?.exceptedUntil).toBe(expiresAt.toISOString())
    expect(excepted[0]?.exceptedWhy).toBe("'=It goes in March, says Ann.")
  })
  test('of some and of a framework is about these alone', async () => {
    const told = await rowsOf('findings', await ask('a filter'))
    const mine = new Set((await rowsOf('population', await ask('a filter'))).map(({ id }) => id))
    expect(told.length).toBeGreaterThan(0)
    expect(
      told.every(
        ({ identityId, controls }) => mine.has(identityId ?? '') && controls?.includes('owasp-nhi:'),
      ),
    ).toBe(true)
  })
})

describe('decisions.csv', () => {
  test('has every decision up to then, which of them counts, and who signed it off', async () => {
    const told = await rowsOf('decisions', await ask('everything'))
    expect(told).toHaveLength(9)
    const of = (name: string) =>
      told
        .filter((row) => row.name === name)
        .map(({ decision, counts, signedBy }) => [decision, counts, signedBy])
    expect(of('r0')).toEqual([['remove', 'yes', 'ann']])
    expect(sorted(of('r1').map(String))).toEqual(['keep,no,', 'remove,yes,ann'])
    expect(
      told.every(({ campaign, source, by }) => campaign === 'Spring' && source === 'human' && by === 'ann'),
    ).toBe(true)
  })
  test('of a period that begins later it has none', async () => {
    const question = await asked({ moment: world.then, from: world.then.valid })
    expect(await rowsOf('decisions', question)).toEqual([])
  })
  test('before anything was decided there is none', async () => {
    expect(await rowsOf('decisions', await asked({ moment: world.before }))).toEqual([])
    expect(await rowsOf('exceptions', await asked({ moment: world.before }))).toEqual([])
  })
  test('about whom it was decided to remove is told although they are gone', async () => {
    const now = await asked({ filter: { q: 'r0' } })
    expect(await rowsOf('population', now)).toEqual([])
    expect(await rowsOf('decisions', now)).toMatchObject([{ name: 'r0', decision: 'remove' }])
    expect(await rowsOf('remediation', now)).toMatchObject([{ name: 'r0', state: 'verified-gone' }])
  })
})

test('whoever has yet to give a second look is not told by a pack what the first decided', async () => {
  const mia = await db.person.findFirstOrThrow({ where: { name: 'mia' } })
  const item = await db.campaignItem.findFirstOrThrow({ where: { name: 'r3' }, orderBy: { id: 'desc' } })
  const campaign = await db.campaign.findFirstOrThrow({ where: { name: 'Later' } })
  await db.secondLook.create({
    data: { itemId: item.id, why: 'sample', campaignId: campaign.id, reviewerId: mia.id },
  })
  const question = await ask('everything')
  const as = (actor: Actor) => inPack(question, (at) => written(partOf('decisions'), { ...at, actor }))
  await expect(as(actorFor('mia', 'analyst'))).rejects.toThrow('yet to give a second look in Later')
  expect((await as(actorFor('sue', 'analyst'))).rows).toBe(9)
  await db.secondLook.deleteMany({ where: { reviewerId: mia.id } })
})

test('exceptions.csv tells each as it stood then', async () => {
  expect(await rowsOf('exceptions', await ask('everything'))).toMatchObject([
    {
      state: 'approved',
      covers: '1',
      requester: 'mia',
      decider: 'bo',
      endedAt: '',
      endedBy: '',
      endedWhy: '',
    },
  ])
  const now = await asked({ from: world.before.valid })
  expect(await rowsOf('exceptions', now)).toMatchObject([
    { state: 'ended', endedBy: 'bo', endedWhy: 'It is gone.' },
  ])
})

test('remediation.csv tells how far each was then', async () => {
  const told = await rowsOf('remediation', await ask('everything'))
  expect(
    Object.fromEntries(told.map(({ name, state, appliedNote }) => [name, [state, appliedNote]])),
  ).toEqual({
    // A look since saw it whole, and it is of an earlier instant than the word that it was done.
    r0: ['applied', 'done by Ann'],
    r1: ['signed', ''],
  })
})

describe('changes.csv', () => {
  test('is the comparison of the two instants', async () => {
    const question = await asked({ from: world.then.valid })
    const told = await rowsOf('changes', question)
    const page = await listDiff(auditor, { from: world.then.valid, to: question.moment.valid, size: 100 })
    expect(told.map(({ id, kind, what }) => [kind, what, id])).toEqual(
      page.rows.map(({ id, kind, what }) => [kind, what, id]),
    )
    expect(told).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'identity', what: 'gone', name: 'r0' })]),
    )
  })
  test('of some is what fitted at either of the two', async () => {
    const told = await rowsOf('changes', await asked({ from: world.then.valid, filter: { q: 'r0' } }))
    expect(told.length).toBeGreaterThan(1)
    expect(told.every(({ identity }) => identity === 'r0')).toBe(true)
  })
  test('without a period there is none', async () => {
    expect(partOf('changes').onlyWithPeriod).toBe(true)
    expect(await rowsOf('changes', await ask('everything'))).toEqual([])
  })
})

describe('activity.ndjson', () => {
  const linesOf = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { place: number; before: string; hash: string; text: string })
  test('is a stretch of the chain that anybody can check', async () => {
    const lines = linesOf((await fileOf('activity', await ask('a period'))).text)
    expect(lines.length).toBeGreaterThan(10)
    lines.forEach(({ place, before, hash, text }, at) => {
      expect(createHash('sha256').update(`${before} ${text}`).digest('hex')).toBe(hash)
      const last = lines[at - 1]
      if (last) expect([place, before]).toEqual([last.place + 1, last.hash])
    })
    const { place = 0, hash = '' } = lines.at(-1) ?? {}
    expect((await verifyActivity(auditor, { head: { seq: place, hash } })).problems).toEqual([])
  })
  test('without a period is the head that was', async () => {
    const [line, ...others] = linesOf((await fileOf('activity', await ask('everything'))).text)
    expect(others).toEqual([])
    expect(line).toEqual(linesOf((await fileOf('activity', await ask('a period'))).text).at(-1))
  })
})

describe('without the names of people', () => {
  test('nobody is named in any file, and one word stands for one person', async () => {
    const question = await asked({ moment: world.then, from: world.before.valid, redact: ['people'] })
    const files = await wholePack(question)
    for (const [name, text] of Object.entries(files)) {
      // Accounts of people are accounts: only what stands for a person is replaced.
      expect(text.match(/\b(ann|bo|mia|Ann)(@example.com)?\b/)?.[0], name).toBeUndefined()
    }
    const decided = await rowsOf('decisions', question)
    expect(new Set(decided.map(({ by }) => by)).size).toBe(1)
    expect(decided[0]?.by).toMatch(/^person-[0-9a-f]{12}$/)
    const report = await inPack(question, (at) => packFacts.report(at, []))
    expect(JSON.stringify(report)).not.toMatch(/\b(ann|bo|mia|Ann)\b/)
    expect(report.redacted).toHaveLength(1)
  })
})

describe('counts of a preview', () => {
  test.each(parts.map(({ id }) => id))('of %s are how many rows are written', async (id) => {
    const question = await ask('a filter and a period')
    const [count, { rows }] = await inPack(question, async (at) => [
      await partOf(id).count(at),
      await written(partOf(id), at),
    ])
    if (count) expect(count).toEqual({ rows, isExact: true })
  })
})

test('whoever is called off stops', async () => {
  const question = await ask('everything')
  const stopped = AbortSignal.abort(new Error('called off'))
  for (const part of parts)
    if (part.file.endsWith('.csv') && part.id !== 'changes')
      await expect(
        inPack(question, (at) => written(part, { ...at, signal: stopped })),
        part.id,
      ).rejects.toThrow('called off')
})

describe('reconciliation', () => {
  const identitiesOf = async () =>
    (await rowsOf('reconciliation', await asked())).find(({ kind }) => kind === 'identity')
  test('a look that was cut short takes nothing away, and says so', async () => {
    expect(await identitiesOf()).toMatchObject({ read: '7', held: '7', unexplained: '0', state: 'partial' })
  })
  test('what is not held although it was read, and nobody says why, is a gap of the whole pack', async () => {
    await db.identity.updateMany({ where: { name: 'r2' }, data: { retiredAt: new Date() } })
    expect(await identitiesOf()).toMatchObject({ read: '7', held: '6', unexplained: '1' })
    const report = await inPack(await asked(), (at) => packFacts.report(at, []))
    expect(report.complete).toBe(false)
    expect(report.gaps.filter((gap) => gap.startsWith('identity of s1: 7 read'))).toHaveLength(1)
    expect(report.sources.find(({ kind }) => kind === 'identity')?.excluded).toEqual([
      { count: 1, why: 'not explained: a gap' },
    ])
  })
})
