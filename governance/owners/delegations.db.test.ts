// Delegations as a list: of everybody for those who read the directory, of one's own for owners; ended early, and taken up again.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { importPeople } from '@/governance/directory/import-people'
import { db } from '@/prisma/client'
import { closeSender } from '@/jobs/queue'
import { actorOf } from '@/tests/queried-estate'
import { delegateOwner, endDelegation, resumeDelegation } from './delegate'
import { delegationColumns } from './delegation-columns'
import { DelegationFilter, eachDelegation, listDelegations } from './list-delegations'

const administrator = actorOf('administrator')
const auditor = actorOf('auditor')
const ann = actorOf('owner', { id: 'ann', name: 'Ann', email: 'ann@b.c' })
const NOW = new Date('2026-06-10T12:00:00.000Z')
const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3600_000)
const begin = (from: string, to: string, until: string, more: object = {}) =>
  delegateOwner(administrator, { from, to, until, ...more }, { now: NOW })
const shown = async (filter: Record<string, string> = {}, actor = administrator, now = NOW) =>
  (await listDelegations(actor, DelegationFilter.parse(filter), now)).rows.map(
    ({ state, from, to }) => `${to.name} for ${from.name}: ${state}`,
  )

beforeAll(async () => {
  const csv = ['name,email', 'Ann,ann@b.c', 'Bo,bo@b.c', 'Cy,cy@b.c', 'Di,di@b.c'].join('\n')
  await importPeople(administrator, { csv })
  const { id: personId } = await db.person.findUniqueOrThrow({ where: { email: 'ann@b.c' } })
  await db.personSource.create({
    data: { source: 'members', externalId: 'ann', personId, isActive: true, at: NOW },
  })
})
beforeEach(async () => {
  await db.delegation.deleteMany()
  await begin('ann@b.c', 'bo@b.c', '2026-06-20', { why: 'Holiday' })
  await begin('cy@b.c', 'di@b.c', '2026-07-20', { starts: '2026-07-01' })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('are told by their state, by name, and page by page', async () => {
  expect(await shown()).toEqual(['Di for Cy: later', 'Bo for Ann: now'])
  expect(await shown({ state: 'now' })).toEqual(['Bo for Ann: now'])
  expect(await shown({ state: 'over' })).toEqual([])
  expect(await shown({ state: 'any' }, administrator, later(20))).toEqual([
    'Di for Cy: later',
    'Bo for Ann: over',
  ])
  expect(await shown({ q: 'DI@b' })).toEqual(['Di for Cy: later'])
  const first = await listDelegations(administrator, { size: 1 }, NOW)
  const rest = await listDelegations(administrator, { size: 1, after: first.next }, NOW)
  expect([...first.rows, ...rest.rows].map(({ from }) => from.name)).toEqual(['Cy', 'Ann'])
  expect(rest.next).toBeUndefined()
  const all: string[] = []
  for await (const rows of eachDelegation(administrator, { state: ['any'] }))
    all.push(...rows.map((row) => delegationColumns.map(({ csv }) => csv(row)).join('|')))
  expect(all).toHaveLength(2)
  expect(all.find((line) => line.includes('Holiday'))).toContain('|Ann|Bo|')
})

test('are everybody’s for an auditor, who changes none, and an owner’s own for an owner', async () => {
  expect(await shown({}, auditor)).toHaveLength(2)
  expect((await listDelegations(auditor, {}, NOW)).rows.some(({ mayChange }) => mayChange)).toBe(false)
  const own = await listDelegations(ann, {}, NOW)
  expect(own.rows).toMatchObject([{ from: { name: 'Ann' }, mayChange: true }])
  const [other] = await db.delegation.findMany({ where: { why: null } })
  for (const change of [endDelegation, resumeDelegation])
    await expect(change(ann, { id: other?.id ?? '' }, { now: NOW })).rejects.toMatchObject({
      code: 'not-found',
    })
  // Somebody of whom the directory knows nothing stands in for nobody.
  expect(await shown({}, actorOf('owner', { id: 'eve', name: 'Eve', email: 'eve@b.c' }))).toEqual([])
})

test('are ended before their last day, and taken up again while they last and nobody else stands in', async () => {
  const { id } = await db.delegation.findFirstOrThrow({ where: { why: 'Holiday' } })
  await expect(resumeDelegation(ann, { id }, { now: NOW })).rejects.toMatchObject({ code: 'conflict' })
  await endDelegation(ann, { id }, { now: later(1) })
  expect(await shown({ state: 'over' }, administrator, later(1))).toEqual(['Bo for Ann: over'])
  const [row] = (await listDelegations(administrator, { state: ['over'] }, later(1))).rows
  expect(row?.ended).toEqual({ at: later(1).toISOString(), by: 'Ann' })
  await resumeDelegation(ann, { id }, { now: later(2) })
  expect(await shown({ state: 'now' }, administrator, later(2))).toEqual(['Bo for Ann: now'])
  await endDelegation(ann, { id }, { now: later(3) })
  await delegateOwner(
    administrator,
    { from: 'ann@b.c', to: 'cy@b.c', until: '2026-06-20' },
    { now: later(3) },
  )
  await expect(resumeDelegation(ann, { id }, { now: later(4) })).rejects.toMatchObject({ code: 'conflict' })
  await expect(resumeDelegation(ann, { id }, { now: later(30) })).rejects.toMatchObject({ code: 'conflict' })
})
