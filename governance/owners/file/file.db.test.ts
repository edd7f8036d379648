// OWNERS files over the inventory: who is named by them, what somebody has confirmed stays, and what is lost is told before.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { may } from '@/core/permissions'
import { known } from '@/core/fact'
import { importPeople } from '@/governance/directory/import-people'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { ACTORS } from '@/tests/actors'
import { connection, identity } from '@/tests/scripted-source'
import { assignOwner } from '../assign-owner'
import { disputeOwner } from '../dispute-owner'
import { listOwnership, OwnershipFilter } from '../list-ownership'
import { ownershipOf } from '../ownership-of'
import { undoOwnership } from '../undo-ownership'
import { applyOwnersFile, previewOwnersFile } from './apply-file'
import { ownersFileView } from './read-file'

const administrator = actorOf('administrator')
let ids: Record<string, string>
const id = (name: string) => ids[name] ?? ''
const file = (...entries: [match: string, who: string][]) =>
  [
    'version: 1',
    'owners:',
    ...entries.flatMap(([match, who]) => [`  - match: { ${match} }`, `    ${who}`]),
  ].join('\n')
const PAY: [match: string, who: string] = ['name: "pay-*"', 'person: ann@b.c']
const apply = (text: string, more: object = {}) => applyOwnersFile(analyst, { text, ref: 'main@1', ...more })
const held = async () => {
  const rows = await db.ownership.findMany()
  const people = await db.person.findMany()
  const teams = await db.team.findMany()
  const nameOf = (own: string) => Object.keys(ids).find((key) => ids[key] === own) ?? own
  return rows
    .map(({ identityId, personId, teamId }) => {
      const who =
        people.find((one) => one.id === personId)?.email ?? teams.find((one) => one.id === teamId)?.name
      return `${nameOf(identityId)}: ${who ?? 'nobody'}`
    })
    .sort()
}
const listed = async (filter: Record<string, string>) =>
  (await listOwnership(analyst, OwnershipFilter.parse({ class: 'any', ...filter }))).rows.map(
    ({ name }) => name,
  )

beforeAll(async () => {
  const tagged = identity('tagged', { tags: known({ App: 'Shop-1', tier: 'low' }, 'demo:Tags') })
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    streams: {
      main: {
        observations: [
          ...['pay-api', 'pay-db', 'other', '100%'].map((name) => identity(name)),
          tagged,
          ownerHint('other', 'bo@b.c'),
        ],
      },
    },
  })
  const rows = await db.identity.findMany()
  ids = Object.fromEntries(rows.map((row) => [row.nativeId, row.id]))
  const csv = ['name,email,team,status', 'Ann,ann@b.c,Payments,', 'Bo,bo@b.c,Data,', 'Cy,cy@b.c,,left'].join(
    '\n',
  )
  await importPeople(administrator, { csv })
})
beforeEach(async () => {
  await db.ownershipAct.deleteMany()
  await db.ownership.deleteMany()
  await db.ownersFile.deleteMany()
  await db.ownerDeclared.deleteMany()
  await db.$executeRaw`DELETE FROM pgboss.job`
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('a file', () => {
  test('names who answers where nobody was confirmed, with its line, and has them judged again', async () => {
    const done = await apply(
      file(PAY, ['label: { app: "x" }', 'team: Data'], ['label: { App: "shop-?" }', 'team: data']),
    )
    expect(done).toMatchObject({ version: 1, named: 3, drift: 0, lost: 0, idle: [5], changed: 3 })
    expect(done.owners).toEqual([
      { owner: 'ann@b.c', identities: 2 },
      { owner: 'Data', identities: 1 },
    ])
    expect(await held()).toEqual(['pay-api: ann@b.c', 'pay-db: ann@b.c', 'tagged: Data'])
    const view = await ownershipOf(analyst, id('pay-api'))
    expect(view.parts).toMatchObject([
      { part: 'person', how: 'imported', evidence: 'OWNERS file 1, main@1, line 3', by: analyst.name },
    ])
    expect(view.declared).toMatchObject({
      version: 1,
      line: 3,
      ref: 'main@1',
      parts: [{ part: 'person', differs: false }],
    })
    const { id: scopeId } = await db.scope.findFirstOrThrow()
    expect(await pendingJobs('evaluate-scope', { scopeId, runId: null })).toHaveLength(1)
  })
  test('is about the last entry that matches, and about what is meant literally', async () => {
    await apply(file(['name: "*"', 'person: bo@b.c'], PAY, ['name: "100%"', 'team: Payments']))
    expect(await held()).toEqual([
      '100%: Payments',
      'other: bo@b.c',
      'pay-api: ann@b.c',
      'pay-db: ann@b.c',
      'tagged: bo@b.c',
    ])
    await apply(file(['name: "1*%"', 'team: Payments']), { losing: 'any' })
    expect(await held()).toEqual(['100%: Payments'])
  })
  test('leaves what somebody has confirmed: that is drift, until one of them gives way', async () => {
    await assignOwner(analyst, { identities: [id('pay-api')], set: { person: 'bo@b.c' } })
    const done = await apply(file(PAY))
    expect(done).toMatchObject({ named: 1, drift: 1, changed: 1 })
    expect(done.first.drift).toMatchObject([{ name: 'pay-api', line: 3, says: 'person ann@b.c' }])
    expect(await held()).toEqual(['pay-api: bo@b.c', 'pay-db: ann@b.c'])
    expect(await listed({ file: 'drift' })).toEqual(['pay-api'])
    expect(await listed({ file: 'same' })).toEqual(['pay-db'])
    expect(await listed({ file: 'nothing', ownership: 'confirmed' })).toEqual([])
    expect((await ownersFileView(analyst)).current).toMatchObject({ drift: 1, identities: 2 })
    await assignOwner(analyst, { identities: [id('pay-api')], set: { person: 'ann@b.c' } })
    expect(await listed({ file: 'drift' })).toEqual([])
  })
  test('moves what an earlier file said, and nothing that somebody has confirmed since', async () => {
    await apply(file(PAY))
    await assignOwner(analyst, { identities: [id('pay-db')], set: { person: 'ann@b.c' } })
    const done = await apply(file(['name: "pay-*"', 'person: bo@b.c']))
    expect(done).toMatchObject({ version: 2, named: 0, moved: 1, drift: 1 })
    expect(await held()).toEqual(['pay-api: bo@b.c', 'pay-db: ann@b.c'])
  })
  test('that lost lines says who loses their source, and is refused until as many are agreed to', async () => {
    await apply(file(PAY, ['name: other', 'person: bo@b.c']))
    const less = file(['name: other', 'person: bo@b.c'])
    expect(await previewOwnersFile(analyst, { text: less })).toMatchObject({
      lost: 2,
      first: { lost: [{ name: 'pay-api', says: 'nothing any more' }, { name: 'pay-db' }] },
    })
    await expect(apply(less)).rejects.toMatchObject({ code: 'conflict' })
    await expect(apply(less, { losing: 3 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await held()).toHaveLength(3)
    expect(await apply(less, { losing: 2 })).toMatchObject({ lost: 2, same: 1 })
    expect(await held()).toEqual(['other: bo@b.c'])
  })
  test('applied again without a change is no version of its own', async () => {
    const first = await apply(file(PAY))
    expect(await apply(file(PAY), { ref: 'main@2' })).toMatchObject({
      version: 1,
      isNew: false,
      changed: 0,
      same: 2,
    })
    expect((await ownersFileView(analyst)).past).toMatchObject([
      { version: 1, hash: first.hash, ref: 'main@1' },
    ])
  })
  test('is undone as one act; what it says then differs from what stands', async () => {
    const { actId } = await apply(file(PAY))
    await undoOwnership(analyst, { actId: actId ?? '' })
    expect(await held()).toEqual([])
    expect(await listed({ file: 'drift' })).toEqual(['pay-api', 'pay-db'])
  })
  test('changes nothing of what is disputed', async () => {
    await apply(file(PAY))
    await disputeOwner(analyst, { identities: [id('pay-api')], why: 'It is not theirs.' })
    const done = await apply(file(['name: "pay-*"', 'person: bo@b.c']))
    expect(done).toMatchObject({ moved: 1, disputed: 1 })
    expect(await held()).toEqual(['pay-api: ann@b.c', 'pay-db: bo@b.c'])
    expect(await db.ownership.findUnique({ where: { identityId: id('pay-api') } })).toMatchObject({
      disputedWhy: 'It is not theirs.',
    })
  })
  test('does not take somebody who is confirmed as accountable as their own backup', async () => {
    await assignOwner(analyst, { identities: [id('other')], set: { person: 'bo@b.c' } })
    const text = `${file(['name: other', 'person: ann@b.c'])}\n    backup: bo@b.c`
    expect(await apply(text)).toMatchObject({ drift: 1, changed: 0 })
    expect(await db.ownership.findUnique({ where: { identityId: id('other') } })).toMatchObject({
      backupId: null,
    })
  })
})

describe('refused', () => {
  test.each<[string, string, string, RegExp]>([
    ['nobody of the directory', 'person: eve@b.c', 'line 4, column 5', /Nobody in the directory.*Mend it/],
    ['somebody who left', 'contact: cy@b.c', 'line 4, column 5', /has left.*somebody else/],
    ['no team', 'team: Paymentz', 'line 4, column 5', /no team Paymentz/],
    ['whoever sends it', 'person: me', 'line 4, column 5', /Nobody in the directory/],
  ])('%s, by line', async (_, who, path, message) => {
    const failure = await apply(file(['name: "*"', who])).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'invalid',
      issues: [{ path, message: expect.stringMatching(message) as string }],
    })
    expect(await db.ownersFile.count()).toBe(0)
  })
  test.each(ACTORS.map((actor) => [actor.role, actor] as const))('as %s', async (_, actor) => {
    const code = async (work: () => Promise<unknown>) =>
      work().then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    const assigns = may(actor, 'owner:assign') ? 'done' : 'forbidden'
    expect(await code(() => previewOwnersFile(actor, { text: file(PAY) }))).toBe(assigns)
    expect(await code(() => applyOwnersFile(actor, { text: file(PAY), ref: 'x' }))).toBe(assigns)
    expect(await code(() => ownersFileView(actor))).toBe(may(actor, 'person:read') ? 'done' : 'forbidden')
  })
})
