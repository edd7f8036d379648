// The home page, the sources and what every answer rests on, from nothing to a mixed estate.
import { beforeAll, describe, expect, test } from 'vitest'
import { known, unknown } from '@/core/fact'
import { FindingFilter } from '@/core/list'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { connection, credential, identity, observeLook, refused } from '@/tests/scripted-source'
import { completenessOf } from './completeness-of'
import { getRun } from './get-run'
import { getSource } from './get-source'
import { homeSummary } from './home-summary'
import { listFindings } from './list-findings'
import { listIdentities } from './list-identities'
import { listSources } from './list-sources'
import { runProgress } from './run-progress'

const DAYS = ['2026-06-01T00:00:00.000Z', '2026-06-01T00:30:00.000Z'] as const
const now = '2026-06-01T00:45:00.000Z'
const SOURCE = 'demo:List'
const ann = actorOf('owner', { email: 'ann@example.com' })

let live: Awaited<ReturnType<typeof connection>>

describe('an empty installation', () => {
  test('has looked at nothing, which is not the same as having nothing', async () => {
    const home = await homeSummary(analyst, { now })
    expect(home).toMatchObject({
      empty: true,
      identities: { total: 0 },
      completeness: { state: 'none', missingTotal: 0 },
    })
    expect(await listSources(analyst)).toMatchObject({ rows: [], completeness: { state: 'none' } })
  })
})

describe('a source that was never read', () => {
  test('is missing', async () => {
    live = await connection()
    const { rows, completeness } = await listSources(analyst)
    expect(rows).toMatchObject([{ state: 'never-run', scopeCount: 0, partialLooks: 0 }])
    expect(completeness).toMatchObject({ state: 'none', missing: [{ kind: 'scope', why: 'not-collected' }] })
    expect((await homeSummary(analyst, { now })).sources.attention).toMatchObject([
      { id: live.id, state: 'never-run' },
    ])
  })
})

describe('only the sample', () => {
  test('counts, and says so', async () => {
    const sample = await connection('sample')
    await look(sample, { at: DAYS[0], streams: { main: { observations: [identity('made-up')] } } })
    const home = await homeSummary(analyst, { now })
    expect(home).toMatchObject({ sample: true, identities: { total: 1 } })
  })
})

describe('a real estate', () => {
  const old = credential('old', 'deploy', { createdAt: known('2020-01-01T00:00:00.000Z', SOURCE) })
  const estate = [
    identity('deploy'),
    identity('ann-robot'),
    identity('person', { class: 'human' }),
    identity('cloud', { class: 'provider' }),
    ownerHint('ann-robot', 'ann@example.com'),
    old,
    credential('rotated', 'deploy', {
      createdAt: old.createdAt,
      rotatedAt: known('2026-05-01T00:00:00.000Z', SOURCE),
    }),
    credential('blind', 'ann-robot', { createdAt: old.createdAt, rotatedAt: unknown('denied', SOURCE) }),
    credential('off', 'deploy', { createdAt: old.createdAt, enabled: known(false, SOURCE) }),
    credential('renewing', 'deploy', { createdAt: old.createdAt, form: 'federated' }),
    credential('of-person', 'person', { createdAt: old.createdAt }),
  ]
  beforeAll(async () => {
    await look(live, { at: DAYS[0], streams: { main: { observations: estate } } })
    await look(live, {
      at: DAYS[1],
      streams: {
        main: { observations: [...estate.filter((o) => o.nativeId !== 'cloud'), identity('newcomer')] },
      },
    })
  })

  test('leaves the sample out, unless it is asked for', async () => {
    const home = await homeSummary(analyst, { now })
    expect(home).toMatchObject({
      empty: false,
      sample: false,
      identities: { total: 4, byClass: { machine: 3, human: 1, provider: 0, unclear: 0 } },
      ownerless: { count: 2, unknown: 0 },
      longLived: { count: 1, unknown: 1 },
      completeness: { state: 'complete', scopes: 1, asOf: DAYS[1] },
    })
    const sample = await db.scope.findFirstOrThrow({ where: { sample: true } })
    expect((await homeSummary(analyst, { now, scope: [sample.id] })).identities.total).toBe(1)
  })
  test('so do the lists: real and sample never mix in one count', async () => {
    const filter = { sort: 'name', size: 100 } as const
    const mixed = (rows: { scope: { sample: boolean } }[]) => new Set(rows.map((row) => row.scope.sample))
    const listed = await listIdentities(analyst, filter)
    expect([listed.total, listed.completeness.scopes, mixed(listed.rows)]).toEqual([4, 1, new Set([false])])
    expect((await listIdentities(analyst, { ...filter, scope: ['any'] })).total).toBe(5)
    const findings = await listFindings(analyst, { sort: 'severity', size: 100 })
    expect(mixed(findings.rows)).toEqual(new Set([false]))
    const sample = await db.scope.findFirstOrThrow({ where: { sample: true } })
    expect((await listIdentities(analyst, { ...filter, scope: [sample.id] })).total).toBe(1)
  })
  test('what came with the first look is not new; what came later is', async () => {
    const { week } = await homeSummary(analyst, { now })
    expect(week).toMatchObject({
      newIdentities: { count: 1, more: false },
      retiredIdentities: { count: 1 },
      newCredentials: { count: 0 },
    })
    const later = await homeSummary(analyst, { now: '2026-06-20T00:00:00.000Z' })
    expect(later.week).toMatchObject({ newIdentities: { count: 0 }, retiredIdentities: { count: 0 } })
  })
  test('the worst findings are real, open and failing', async () => {
    const { worst, findings } = await homeSummary(analyst, { now })
    expect(worst.length).toBe(Math.min(5, findings.failing))
    expect(worst.every((f) => !f.scope.sample && f.verdict === 'fail')).toBe(true)
  })
  test('an owner’s home counts what is theirs', async () => {
    const home = await homeSummary(ann, { now })
    expect(home).toMatchObject({
      identities: { total: 1 },
      ownerless: { count: 0 },
      longLived: { count: 0, unknown: 1 },
      sources: { total: 0, attention: [] },
      week: { newIdentities: { count: 0 }, retiredIdentities: { count: 0 } },
    })
    for (const [verdict, count] of [
      ['fail', home.findings.failing],
      ['unknown', home.findings.unknown],
    ] as const)
      expect((await listFindings(ann, FindingFilter.parse({ verdict }))).total).toBe(count)
    expect(home.worst.every((f) => f.subject.name === 'blind' || f.subject.name === 'ann-robot')).toBe(true)
  })
  test('old looks are stale after twice the interval', async () => {
    const stale = async (at: string) => (await completenessOf(analyst, { now: at, realOnly: true })).stale
    expect(await stale('2026-06-01T02:30:00.000Z')).toEqual([])
    expect(await stale('2026-06-01T02:31:00.000Z')).toEqual([{ scope: 's1', asOf: DAYS[1] }])
  })
})

describe('a look that was refused', () => {
  let runId: string
  beforeAll(async () => {
    ;({ runId } = await look(live, { at: now, streams: { main: { observations: [], fails: refused() } } }))
  })
  test('keeps everything and is said', async () => {
    const home = await homeSummary(analyst, { now })
    expect(home.identities.total).toBe(4)
    expect(home.completeness).toMatchObject({ state: 'partial', asOf: DAYS[1] })
    expect(home.completeness.missing).toContainEqual(
      expect.objectContaining({
        scope: 's1',
        kind: 'identity',
        why: 'denied',
        permission: 'demo:List',
        since: DAYS[1],
      }),
    )
  })
  test('makes the source partial', async () => {
    const detail = await getSource(analyst, live.id, { now: new Date(now) })
    expect(detail.source).toMatchObject({ state: 'partial', completeAt: DAYS[1], scopeCount: 1 })
    expect(detail.looks.rows.length).toBe(detail.source.partialLooks)
    expect(await getSource(analyst, detail.source.name, { now: new Date(now) })).toEqual(detail)
  })
  test('is in the run, the shortfalls first', async () => {
    const { run, coverage } = await getRun(analyst, runId)
    expect(run.state).toBe('partial')
    expect(coverage.rows[0]).toMatchObject({ state: 'partial', why: 'denied', scope: { name: 's1' } })
  })
})

describe('a run under way', () => {
  test('is running, and its progress says how many wait before it', async () => {
    const runId = await observeLook(live, { at: now, streams: {} })
    await db.run.update({ where: { id: runId }, data: { state: 'queued' } })
    const first = await db.run.create({
      data: {
        connectionId: live.id,
        state: 'queued',
        trigger: 'test',
        requestedBy: 'test',
        createdAt: new Date(0),
      },
    })
    expect((await getSource(analyst, live.id)).source.state).toBe('running')
    expect(await runProgress(analyst, runId)).toMatchObject({ state: 'queued', ended: false, queuedAhead: 1 })
    await db.run.deleteMany({ where: { id: { in: [runId, first.id] } } })
  })
})

describe('who may not', () => {
  test.each([
    ['sources', () => listSources(ann)],
    ['one source', () => getSource(ann, live.id)],
    ['a run', () => getRun(ann, live.id)],
    ['progress', () => runProgress(ann, live.id)],
  ])('%s', async (_, read) => {
    await expect(read()).rejects.toMatchObject({ code: 'forbidden' })
  })
})
