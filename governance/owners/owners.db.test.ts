// Who answers for identities: said by those who may, of all or of nothing, handed over, disputed, taken back, and judged.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Actor } from '@/core/permissions'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { importPeople } from '@/governance/directory/import-people'
import { listActivity } from '@/governance/activity/list-activity'
import { getIdentity } from '@/inventory/queries/get-identity'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { assignOwner } from './assign-owner'
import { delegateOwner, endDelegation } from './delegate'
import { disputeOwner, settleDispute } from './dispute-owner'
import { ownershipOf } from './ownership-of'
import { transferOwner } from './transfer-owner'
import { undoOwnership } from './undo-ownership'

const administrator = actorOf('administrator')
const NOW = new Date('2026-06-10T12:00:00.000Z')
const nobody = '00000000-0000-4000-8000-000000000000'
const WHY = 'It moved to another team.'
const ada = actorOf('owner', { id: 'ada', name: 'Ada', email: 'ada@b.c' })
const bo = actorOf('owner', { id: 'bo', name: 'Bo', email: 'bo@b.c' })

let ids: Record<string, string>
let scopeId: string
const at = () => ({ now: new Date() })
const id = (name: string) => ids[name] ?? nobody
const judge = () =>
  evaluateScope({ scopeId, signal: new AbortController().signal, now: new Date().toISOString() })
const waiting = async () => (await pendingJobs('evaluate-scope', { scopeId, runId: null })).length
const postureOf = (name: string) => db.posture.findUniqueOrThrow({ where: { identityId: id(name) } })

beforeAll(async () => {
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    streams: {
      main: {
        observations: [
          ...['hinted', 'other', 'third', 'fourth'].map((name) => identity(name)),
          ownerHint('hinted', 'Ada@b.c'),
        ],
      },
    },
  })
  const rows = await db.identity.findMany()
  ids = Object.fromEntries(rows.map((row) => [row.nativeId, row.id]))
  scopeId = rows[0]?.scopeId ?? ''
  const csv = ['name,email,team', 'Ada,ada@b.c,Platform', 'Bo,bo@b.c,Data', 'Cy,cy@b.c,'].join('\n')
  await importPeople(administrator, { csv }, { now: new Date('2026-06-01T00:00:00.000Z') })
  for (const { id: userId, name, email = '' } of [ada, bo]) {
    await db.user.create({ data: { id: userId, name, email, role: 'owner' } })
    const person = await db.person.findUniqueOrThrow({ where: { email } })
    const said = { source: 'members', externalId: userId, isActive: true }
    await db.personSource.create({
      data: { ...said, personId: person.id, at: new Date('2026-06-01T00:00:00.000Z') },
    })
  }
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await db.ownershipAct.deleteMany()
  await db.ownership.deleteMany()
  await db.delegation.deleteMany()
  await db.person.updateMany({ data: { standing: 'here', leftAt: null } })
  await db.evaluation.deleteMany()
  await judge()
  await db.$executeRaw`DELETE FROM pgboss.job`
  return () => vi.useRealTimers()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const assign = (
  names: string[],
  set: Parameters<typeof assignOwner>[1]['set'],
  more: object = {},
  actor: Actor = analyst,
) => assignOwner(actor, { identities: names.map(id), set, ...more }, at())
const issuesOf = async (work: Promise<unknown>) =>
  (await work.then(
    () => ({ code: 'done', issues: [] }),
    (error: unknown) => error,
  )) as { code: string; message: string; issues: { path: string; message: string }[] }

describe('saying who answers', () => {
  test('of several at once, part by part, with who said so and when', async () => {
    await assign(['other', 'third'], { person: 'BO@b.c', team: 'data' })
    vi.setSystemTime(NOW.getTime() + 1000)
    await assign(['other'], { backup: 'cy@b.c' })
    const view = await ownershipOf(analyst, id('other'))
    expect(view.parts).toEqual([
      expect.objectContaining({
        part: 'person',
        name: 'Bo',
        standing: 'here',
        by: analyst.name,
        at: NOW.toISOString(),
        how: 'assigned',
      }),
      expect.objectContaining({ part: 'team', name: 'Data' }),
      expect.objectContaining({ part: 'backup', name: 'Cy' }),
    ])
    expect(view.past.map(({ kind, owner, identities }) => [kind, owner, identities])).toEqual([
      ['assign', 'bo@b.c', 1],
      ['assign', 'bo@b.c', 2],
    ])
    expect(await waiting()).toBeGreaterThan(0)
    await assign(['other'], { person: null, team: null, backup: null })
    expect(await db.ownership.count()).toBe(1)
  })
  test('of all that a filter matches', async () => {
    const { changed } = await assignOwner(analyst, { filter: { q: 'o' }, set: { team: 'Data' } }, at())
    expect(changed).toBe(await db.ownership.count({ where: { teamId: { not: null } } }))
    expect(changed).toBe(1)
  })
  test('one row that cannot be stops all, and every such row is named', async () => {
    await db.identity.update({ where: { id: id('fourth') }, data: { retiredAt: NOW } })
    const refused = await issuesOf(
      assignOwner(
        analyst,
        { identities: [id('other'), nobody, id('fourth')], set: { person: 'bo@b.c' } },
        at(),
      ),
    )
    expect(refused.message).toBe('Nothing was changed: 2 of 3 cannot be.')
    expect(refused.issues.map(({ path }) => path)).toEqual(['identities.1', 'identities.2'])
    expect([await db.ownership.count(), await db.ownershipAct.count(), await waiting()]).toEqual([0, 0, 0])
    await db.identity.update({ where: { id: id('fourth') }, data: { retiredAt: null } })
  })
  test.each<[string, Parameters<typeof assignOwner>[1]['set'], string]>([
    ['somebody there is not', { person: 'x@b.c' }, 'set.person'],
    ['a team there is not', { team: 'Nobody' }, 'set.team'],
    ['nothing', {}, 'set'],
    ['oneself as one’s backup', { person: 'bo@b.c', backup: 'bo@b.c' }, 'set.backup'],
  ])('does not take %s', async (_, set, path) => {
    expect((await issuesOf(assign(['other'], set))).issues[0]?.path).toBe(path)
  })
  test('does not take somebody who has left', async () => {
    await db.person.update({ where: { email: 'cy@b.c' }, data: { standing: 'left' } })
    expect((await issuesOf(assign(['other'], { person: 'cy@b.c' }))).issues[0]?.message).toContain(
      'Cy has left',
    )
  })
  test('two people at once: the second is told', async () => {
    const { seen } = await ownershipOf(analyst, id('other'))
    const both = await Promise.allSettled([
      assign(['other'], { person: 'bo@b.c' }, { seen }),
      assign(['other'], { person: 'cy@b.c' }, { seen }, administrator),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.ownershipAct.count()).toBe(1)
  })
})

describe('evaluation', () => {
  test('takes the owner from what was confirmed, and judges exactly those again', async () => {
    expect((await postureOf('hinted')).ownerName).toBe('Ada@b.c')
    await assign(['hinted', 'other'], { person: 'bo@b.c' })
    expect(await judge()).toMatchObject({ how: 'moved', changed: 2 })
    expect((await postureOf('hinted')).ownerName).toBe('bo@b.c')
    const { facts } = await getIdentity(analyst, id('other'))
    expect(facts.owner).toMatchObject({
      value: { name: 'bo@b.c', names: 'person', how: `confirmed by ${analyst.name}` },
      at: NOW.toISOString(),
      source: 'owners of this installation',
    })
    expect(await judge()).toMatchObject({ how: 'moved', changed: 0 })
  })
  test('says that the owner has left as soon as the directory does', async () => {
    await assign(['other', 'third'], { person: 'cy@b.c' })
    await assign(['fourth'], { team: 'Data' })
    await judge()
    await db.$executeRaw`DELETE FROM pgboss.job`
    const left = () =>
      db.finding.count({ where: { ruleId: 'identity-owner-left', verdict: 'fail', state: 'open' } })
    expect(await left()).toBe(0)
    const csv = 'name,email,status\nCy,cy@b.c,left'
    await importPeople(administrator, { csv }, { now: new Date(NOW.getTime() + 1000) })
    expect(await waiting()).toBe(1)
    expect(await judge()).toMatchObject({ how: 'moved' })
    expect(await left()).toBe(2)
    const open = await db.finding.findMany({
      where: { ruleId: 'identity-owner-left', verdict: 'fail', state: 'open' },
    })
    expect(open.map(({ identityId }) => identityId).sort()).toEqual([id('other'), id('third')].sort())
  })
  test('goes back to the hints when it is undone', async () => {
    const { actId } = await assign(['hinted', 'other'], { team: 'Data' })
    await judge()
    expect((await postureOf('hinted')).ownerName).toBe('Data')
    await undoOwnership(analyst, { actId }, at())
    expect(await waiting()).toBeGreaterThan(0)
    await judge()
    expect((await postureOf('hinted')).ownerName).toBe('Ada@b.c')
    expect((await postureOf('other')).ownerState).toBe('absent')
  })
})

describe('undoing', () => {
  test('restores what each was before, act by act', async () => {
    const first = await assign(['other'], { person: 'bo@b.c' })
    const second = await assign(['other', 'third'], { person: 'cy@b.c', contact: 'ada@b.c' })
    await expect(undoOwnership(analyst, { actId: first.actId })).rejects.toMatchObject({ code: 'conflict' })
    await undoOwnership(analyst, { actId: second.actId }, at())
    expect((await ownershipOf(analyst, id('other'))).parts).toEqual([expect.objectContaining({ name: 'Bo' })])
    expect((await ownershipOf(analyst, id('third'))).parts).toEqual([])
    await expect(undoOwnership(analyst, { actId: second.actId })).rejects.toThrow('undone already')
    await undoOwnership(analyst, { actId: first.actId }, at())
    expect(await db.ownership.count()).toBe(0)
  })
  test('does nothing where one was changed meanwhile', async () => {
    const { actId } = await assign(['other', 'third'], { person: 'bo@b.c' })
    await assign(['third'], { contact: 'ada@b.c' }, {}, administrator)
    await expect(undoOwnership(analyst, { actId })).rejects.toThrow(
      'the owner of 1 of the identities was changed since',
    )
    expect(await db.ownership.count()).toBe(2)
  })
})

describe('disputes', () => {
  test('stand beside the owner until they are settled', async () => {
    await assign(['other'], { person: 'bo@b.c' })
    await disputeOwner(bo, { identities: [id('other')], why: WHY }, at())
    expect((await ownershipOf(analyst, id('other'))).dispute).toMatchObject({ by: 'Bo', why: WHY })
    await judge()
    const { owner } = (await getIdentity(analyst, id('other'))).facts
    expect(owner).toMatchObject({ value: { how: `confirmed by ${analyst.name}, disputed by Bo` } })
    await expect(disputeOwner(bo, { identities: [id('other')], why: WHY })).rejects.toThrow(
      'disputed already',
    )
    await settleDispute(analyst, { identities: [id('other')], why: 'It is theirs.' }, at())
    expect(await ownershipOf(analyst, id('other'))).not.toHaveProperty('dispute')
    await expect(settleDispute(analyst, { identities: [id('other')], why: WHY })).rejects.toThrow(
      'Nobody disputes',
    )
  })
  test('of what only a hint says leave the hint, and go with whoever is named', async () => {
    await disputeOwner(ada, { identities: [id('hinted')], why: WHY }, at())
    await judge()
    expect((await postureOf('hinted')).ownerName).toBe('Ada@b.c')
    await assign(['hinted'], { person: 'bo@b.c' })
    expect(await ownershipOf(analyst, id('hinted'))).not.toHaveProperty('dispute')
  })
  test('are not of what nobody answers for', async () => {
    await expect(disputeOwner(analyst, { identities: [id('other')], why: WHY })).rejects.toThrow(
      'nothing to dispute',
    )
  })
})

describe('an owner', () => {
  test('hands over and disputes what is theirs, and nothing else is there for them', async () => {
    await assign(['other'], { person: 'ada@b.c' })
    await assign(['third'], { person: 'bo@b.c' })
    const over = (who: Actor, name: string) =>
      transferOwner(who, { identities: [id(name)], to: 'cy@b.c', why: WHY }, at())
    for (const name of ['third', 'fourth']) {
      expect((await issuesOf(over(ada, name))).code).toBe('not-found')
      expect((await issuesOf(disputeOwner(ada, { identities: [id(name)], why: WHY }))).code).toBe('not-found')
    }
    expect(await over(ada, 'other')).toMatchObject({ changed: 1, to: 'Cy', for: null })
    // Not theirs any more, although the rules were not asked since.
    expect((await issuesOf(over(ada, 'other'))).code).toBe('not-found')
    expect((await issuesOf(over(analyst, 'fourth'))).message).toContain('nothing to hand over')
    expect((await issuesOf(assign(['other'], { person: 'ada@b.c' }, {}, ada))).code).toBe('forbidden')
    expect((await issuesOf(over(actorOf('auditor'), 'other'))).code).toBe('forbidden')
  })
  test('of a hint is one, and so is who belongs to the team', async () => {
    expect(
      await transferOwner(ada, { identities: [id('hinted')], to: 'bo@b.c', why: WHY }, at()),
    ).toMatchObject({ changed: 1 })
    await assign(['fourth'], { team: 'Platform' })
    await judge()
    expect((await ownershipOf(ada, id('fourth'))).parts).toHaveLength(1)
    await expect(ownershipOf(bo, id('fourth'))).rejects.toMatchObject({ code: 'not-found' })
  })
  test('takes back their own acts alone', async () => {
    const { actId } = await assign(['other'], { person: 'ada@b.c' })
    await expect(undoOwnership(ada, { actId })).rejects.toMatchObject({ code: 'not-found' })
    const own = await transferOwner(ada, { identities: [id('other')], to: 'cy@b.c', why: WHY }, at())
    expect(await undoOwnership(ada, { actId: own.actId }, at())).toMatchObject({ identities: 1 })
  })
})

describe('standing in', () => {
  const away = (from: Actor | string, more: object = {}) =>
    delegateOwner(
      typeof from === 'string' ? analyst : from,
      {
        ...(typeof from === 'string' && { from }),
        ...{ to: 'bo@b.c', until: '2026-06-20', ...more },
      },
      at(),
    )
  test('lets one act for another for a time, and says so everywhere', async () => {
    await assign(['other'], { person: 'ada@b.c' })
    await judge()
    const over = () => transferOwner(bo, { identities: [id('other')], to: 'cy@b.c', why: WHY }, at())
    expect((await issuesOf(over())).code).toBe('not-found')
    const { id: delegation } = await away(ada, { starts: '2026-06-12' })
    expect((await issuesOf(over())).code).toBe('not-found')
    vi.setSystemTime('2026-06-12T00:00:00.000Z')
    const view = await ownershipOf(bo, id('other'))
    expect(view.parts[0]?.standIn).toEqual({ name: 'Bo', until: '2026-06-21T00:00:00.000Z' })
    const done = await over()
    expect(done.for).toBe('Ada')
    const { parts, past } = await ownershipOf(analyst, id('other'))
    expect([parts[0]?.by, past[0]?.by]).toEqual(['Bo for Ada', 'Bo for Ada'])
    const { rows } = await listActivity(administrator, { object: `ownership:${done.actId}` })
    expect(rows[0]?.detail).toMatchObject({ for: 'Ada', to: 'Cy' })
    await undoOwnership(bo, { actId: done.actId }, at())
    vi.setSystemTime('2026-06-21T00:00:00.000Z')
    expect((await issuesOf(over())).code).toBe('not-found')
    await expect(endDelegation(ada, { id: delegation })).rejects.toThrow('over already')
  })
  test('ends at once when it is ended', async () => {
    await assign(['other'], { person: 'ada@b.c' })
    const { id: delegation } = await away(ada)
    await expect(endDelegation(actorOf('owner', { id: 'x' }), { id: delegation })).rejects.toMatchObject({
      code: 'not-found',
    })
    await endDelegation(bo, { id: delegation }, at())
    expect((await issuesOf(disputeOwner(bo, { identities: [id('other')], why: WHY }))).code).toBe('not-found')
  })
  test.each<[string, () => Promise<unknown>, string]>([
    ['for somebody else', () => away(ada, { from: 'cy@b.c' }), 'forbidden'],
    ['for oneself', () => away(bo), 'invalid'],
    ['in the past', () => away(ada, { until: '2026-06-01' }), 'invalid'],
    ['that ends before it begins', () => away(ada, { starts: '2026-06-25' }), 'invalid'],
    ['by somebody there is not', () => away(ada, { to: 'x@b.c' }), 'invalid'],
    ['twice at a time', async () => (await away('ada@b.c'), away(ada, { to: 'cy@b.c' })), 'conflict'],
  ])('not %s', async (_, work, code) => {
    expect((await issuesOf(work())).code).toBe(code)
  })
})
