// Deliveries as time and the worker bring them about: each period once, whole, in its order, and only for whoever may.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { hookChannel } from '@/tests/outbox'
import {
  ada,
  bo,
  buildAll,
  daysAgo,
  deliver,
  deliveryWorld,
  filesIn,
  periodsOf,
  round,
  rowOf,
  weekly,
} from '@/tests/delivery-world'
import { objectStore, STORE_KEYS } from '@/tests/object-store'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { ATTEMPTS_MAX } from '../../notices/retry-delay'
import { failPack } from '../building/end-pack'
import { askDue } from './asking/ask-due'
import { CLAIM_MS } from './delivering/claim-period'
import { deliveryDetail, listDeliveries } from './listing/list-deliveries'
import { putAt } from './places'
import { NotDelivered } from './places/place'
import { addDelivery } from './setting-up/add-delivery'
import { changeDelivery, pauseDelivery, removeDelivery, resumeDelivery } from './setting-up/change-delivery'
import { tryDelivery } from './setting-up/try-delivery'

const ROOT = path.dirname(path.dirname(path.dirname(import.meta.dirname)))
let allowed = ''
beforeAll(async () => {
  ;({ allowed } = await deliveryWorld())
  await hookChannel('http://localhost:1', [
    'delivery.delivered',
    'delivery.failed',
    'delivery.stopped',
    'pack.sealed',
  ])
  await look(await connection(), { at: daysAgo(20).toISOString(), streams: estate(5) })
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})
beforeEach(async () => {
  await db.delivery.updateMany({ data: { pausedAt: new Date(), pausedBy: 'test', pausedWhy: 'over' } })
})

const noticesOf = async (about: string) =>
  (await db.notice.findMany({ where: { about }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)
const actionsOf = async (object: string) =>
  (await db.activity.findMany({ where: { object }, orderBy: { id: 'asc' } })).map(({ action }) => action)
const why = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message)
const failing = async () => {
  throw new NotDelivered('The store: it cannot take this now.')
}

describe('what is missed is made up for', () => {
  test('period by period, each once, whole and under its own name', async () => {
    const id = await weekly('weekly/one', 15)
    while (await round()) expect((await periodsOf(id)).at(-1)?.state).toBe('delivered')
    const periods = await periodsOf(id)
    expect(periods.map(({ state, outcome }) => [state, outcome])).toEqual(
      periods.map(() => ['delivered', 'put']),
    )
    expect(periods.length).toBeGreaterThanOrEqual(2)
    for (const [n, one] of periods.slice(1).entries()) expect(one.periodFrom).toEqual(periods[n]?.periodTo)
    const files = await filesIn(path.join(allowed, 'weekly/one'))
    expect(files).toEqual(periods.map(({ name }) => name).sort())
    for (const { name, packId } of periods) {
      const { sha256, asked } = await db.pack.findUniqueOrThrow({ where: { id: packId ?? '' } })
      const bytes = await readFile(path.join(allowed, 'weekly/one', name))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      expect(asked).toMatchObject({ contents: ['sources'] })
    }
    // Nothing is due any more, and nothing is asked.
    expect(await askDue(new Date())).toBe(0)
    expect(await actionsOf(`delivery:${id}`)).toEqual([
      'delivery.add',
      ...periods.flatMap(() => ['delivery.ask', 'delivery.delivered']),
    ])
    expect(await noticesOf(`delivery:${id}`)).toEqual(periods.map(() => 'delivery.delivered'))
    const { rows } = await listDeliveries(ada)
    expect(rows.find((one) => one.id === id)).toMatchObject({
      delivered: periods.length,
      dead: 0,
      place: 'folder weekly/one',
    })
  })
  test('asked as of the end of the period, with what was known when it was due', async () => {
    const id = await weekly('weekly/two', 8, { waitHours: 3 })
    await askDue(new Date())
    const [period] = await periodsOf(id)
    const pack = await db.pack.findUniqueOrThrow({ where: { id: period?.packId ?? '' } })
    expect(pack).toMatchObject({ actorId: ada.id, actorRole: 'administrator' })
    expect(pack.asked).toMatchObject({
      from: period?.periodFrom.toISOString(),
      asOf: period?.periodTo.toISOString(),
      known: new Date((period?.periodTo.getTime() ?? 0) + 3 * 3600_000).toISOString(),
    })
  })
  test('two workers at once: each asks once, and one delivers', async () => {
    const id = await weekly('weekly/three', 8)
    await Promise.all([1, 2, 3].map(() => askDue(new Date())))
    expect(await periodsOf(id)).toHaveLength(1)
    expect(await db.pack.count({ where: { title: { startsWith: (await rowOf(id)).title } } })).toBe(1)
    await buildAll()
    let puts = 0
    const put: typeof putAt = async (...given) => {
      puts += 1
      return putAt(...given)
    }
    await Promise.all([1, 2, 3].map(() => deliver({ put })))
    expect(puts).toBe(1)
    expect((await periodsOf(id))[0]?.state).toBe('delivered')
  })
})

describe('what goes wrong', () => {
  test('killed when it had arrived and nobody knew: the next finds it there', async () => {
    const id = await weekly('weekly/killed', 8)
    await askDue(new Date())
    await buildAll()
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/delivering-worker.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await periodsOf(id))[0]).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(await deliver()).toBe(0)
    const later = () => new Date(Date.now() + 2 * CLAIM_MS)
    expect(await deliver({ now: later })).toBe(1)
    expect((await periodsOf(id))[0]).toMatchObject({ state: 'delivered', outcome: 'same', attempts: 2 })
    expect(await filesIn(path.join(allowed, 'weekly/killed'))).toHaveLength(1)
  })
  test('tried again later and later, then given up; tried by hand it is the same pack', async () => {
    const id = await weekly('weekly/again', 8)
    await askDue(new Date())
    await buildAll()
    let at = Date.now()
    const waits: number[] = []
    for (let n = 1; n <= ATTEMPTS_MAX; n++) {
      await deliver({ put: failing, now: () => new Date(at) })
      const [period] = await periodsOf(id)
      if (n < ATTEMPTS_MAX) {
        expect(period).toMatchObject({
          state: 'waiting',
          attempts: n,
          error: 'The store: it cannot take this now.',
        })
        waits.push((period?.notBefore.getTime() ?? 0) - at)
        // Not before its time.
        expect(await deliver({ now: () => new Date(at) })).toBe(0)
        at = period?.notBefore.getTime() ?? 0
      } else expect(period).toMatchObject({ state: 'dead', attempts: ATTEMPTS_MAX })
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(await noticesOf(`delivery:${id}`)).toEqual(['delivery.failed'])
    const [dead] = await periodsOf(id)
    expect(dead?.error).toContain('Mend it')
    expect(await tryDelivery(ada, { id })).toMatchObject({ state: 'reached', again: 1 })
    expect(await round()).toBe(1)
    const [delivered] = await periodsOf(id)
    expect(delivered).toMatchObject({ state: 'delivered', packId: dead?.packId, error: null })
  })
  test('what could not be built is said, and built anew when it is tried again', async () => {
    const id = await weekly('weekly/unbuilt', 8)
    await askDue(new Date())
    const [first] = await periodsOf(id)
    await failPack(first?.packId ?? '', 'The disk that packs are kept on is full.')
    await deliver()
    expect((await periodsOf(id))[0]).toMatchObject({
      state: 'dead',
      error: expect.stringContaining('disk') as string,
    })
    await tryDelivery(ada, { id })
    expect(await round()).toBe(1)
    const [again] = await periodsOf(id)
    expect(again?.packId).not.toBe(first?.packId)
    expect(again?.state).toBe('delivered')
  })
  test('what bears the name already is left as it is', async () => {
    const id = await weekly('weekly/other', 8)
    await askDue(new Date())
    await buildAll()
    const [{ name } = { name: '' }] = await periodsOf(id)
    await mkdir(path.join(allowed, 'weekly/other'), { recursive: true })
    await writeFile(path.join(allowed, 'weekly/other', name), 'something else')
    await deliver()
    expect((await periodsOf(id))[0]).toMatchObject({
      state: 'dead',
      error: expect.stringContaining('Something else') as string,
    })
    expect(await readFile(path.join(allowed, 'weekly/other', name), 'utf8')).toBe('something else')
  })
  test.each([
    ['its disk is full', 'ENOSPC', 'its disk is full'],
    ['it cannot be written to', 'EACCES', 'cannot be written to'],
    ['it is gone', 'ESTALE', 'cannot be reached'],
  ])('a folder: %s', async (_, code, words) => {
    const id = await weekly('weekly/full', 8)
    await askDue(new Date())
    await buildAll()
    const put: typeof putAt = (delivery, parcel, at) =>
      putAt(
        delivery,
        {
          ...parcel,
          stream: async function* () {
            yield Buffer.from('half')
            throw Object.assign(new Error('words of the system'), { code })
          },
        },
        at,
      )
    await deliver({ put })
    const [period] = await periodsOf(id)
    expect(period?.state).toBe('waiting')
    expect(period?.error).toContain(words)
    expect(period?.error).not.toContain('words of the system')
    expect(
      (await filesIn(path.join(allowed, 'weekly/full'))).filter((one) => one.includes(period?.name ?? '')),
    ).toEqual([])
    expect((await filesIn(path.join(allowed, 'weekly/full'))).filter((one) => one.endsWith('.part'))).toEqual(
      [],
    )
  })
  test('a pack whose file was changed where packs are kept is not delivered', async () => {
    const id = await weekly('weekly/changed', 8)
    await askDue(new Date())
    await buildAll()
    const [period] = await periodsOf(id)
    const pack = await db.pack.findUniqueOrThrow({ where: { id: period?.packId ?? '' } })
    await appendFile(path.join(process.env.PACKS_FOLDER ?? '', `${pack.id}-${pack.attempt}.zip`), 'x')
    await deliver()
    expect((await periodsOf(id))[0]?.error).toContain('not what was sealed')
    expect(await filesIn(path.join(allowed, 'weekly/changed'))).toEqual([])
  })
  test('a folder that leads out, is none, or is not allowed', async () => {
    await symlink('/tmp', path.join(allowed, 'out'))
    await writeFile(path.join(allowed, 'file'), '')
    for (const [folder, words] of [
      ['out', 'leads out'],
      ['out/deeper', 'leads out'],
      ['file', 'no folder'],
      ['file/deeper', 'no folder'],
    ] as const) {
      const id = await weekly(folder, 1)
      expect(await tryDelivery(ada, { id }), folder).toMatchObject({
        state: 'failed',
        words: expect.stringContaining(words) as string,
      })
    }
    for (const folder of ['../out', '/etc', 'a/../../b', '.hidden', 'a//b', 'a\0b'])
      expect(await why(weekly(folder, 1)), folder).toContain('settings.folder')
    const id = await weekly('weekly/none', 1)
    delete process.env.DELIVERIES_FOLDER
    expect(await tryDelivery(ada, { id })).toMatchObject({
      words: expect.stringContaining('DELIVERIES_FOLDER') as string,
    })
    process.env.DELIVERIES_FOLDER = allowed
  })
})

describe('as whom', () => {
  test.each([
    ['deactivated', { banned: true }],
    ['no administrator any more', { role: 'analyst' }],
  ])('who is %s has nothing delivered; another one can take it over', async (_, change) => {
    const id = await weekly('weekly/left', 15)
    await askDue(new Date())
    await buildAll()
    await db.user.update({ where: { id: ada.id }, data: change })
    // Built, and not taken there any more.
    expect(await deliver()).toBe(0)
    expect(await rowOf(id)).toMatchObject({
      pausedBy: 'Rollcall',
      pausedWhy: expect.stringContaining('Ada') as string,
    })
    expect(await askDue(new Date())).toBe(0)
    expect(await noticesOf(`delivery:${id}`)).toEqual(['delivery.stopped'])
    expect(await resumeDelivery(bo, { id })).toMatchObject({ as: 'Bo' })
    expect(await round()).toBe(1)
    expect(await rowOf(id)).toMatchObject({ memberId: bo.id, pausedAt: null })
    await db.user.update({ where: { id: ada.id }, data: { banned: false, role: 'administrator' } })
  })
  test('nothing is asked for who may not, either', async () => {
    const id = await weekly('weekly/gone', 8)
    await db.user.update({ where: { id: ada.id }, data: { banned: true } })
    expect(await askDue(new Date())).toBe(0)
    expect(await periodsOf(id)).toEqual([])
    expect((await rowOf(id)).pausedAt).not.toBeNull()
    await db.user.update({ where: { id: ada.id }, data: { banned: false } })
  })
  test('the command line says as which member', async () => {
    const operator = { kind: 'cli', id: 'cli:ops', name: 'ops', role: 'administrator' } as const
    const input = { title: 'By hand', kind: 'folder', settings: { folder: 'x' } } as const
    expect(await why(addDelivery(operator, input))).toContain('as which member')
    expect(await why(addDelivery(operator, { ...input, as: 'nobody@example.com' }))).toContain('no member')
    expect(await why(addDelivery(ada, { ...input, as: bo.email }))).toContain('nobody else')
    expect(await addDelivery(operator, { ...input, as: bo.email })).toMatchObject({ as: 'Bo' })
  })
})

test('who may see some scopes alone sees no deliveries', async () => {
  const limited = { ...ada, role: 'auditor', within: ['one'] } as const
  const id = await weekly('weekly/limited', 1)
  await expect(listDeliveries(limited)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(deliveryDetail(limited, id)).rejects.toMatchObject({ code: 'forbidden' })
})

describe('setting it up', () => {
  test.each([
    ['a title twice', { title: 'Twice' }, 'already'],
    ['a control there is not', { question: { controls: ['csf:XX'] } }, 'question.controls'],
    ['a moment of its own', { question: { asOf: '2026-01-01' } }, 'asOf'],
    ['somebody to tell who is nobody', { tell: ['nobody@example.com'] }, 'tell'],
    ['a kind there is not', { kind: 'ftp' }, 'kind'],
    ['no folder', { settings: {} }, 'settings.folder'],
  ])('%s is refused', async (_, more, words) => {
    if (words === 'already') await weekly('x', 1, { title: 'Twice' })
    expect(await why(weekly('x', 1, more))).toContain(words)
  })
  test('paused and resumed, what was missed is made up for; removed, nothing is left but the log', async () => {
    const id = await weekly('weekly/paused', 15)
    await pauseDelivery(ada, { id })
    expect(await round()).toBe(0)
    expect(await why(pauseDelivery(ada, { id }))).toContain('already')
    await resumeDelivery(ada, { id })
    expect(await why(resumeDelivery(ada, { id }))).toContain('already')
    expect(await round()).toBe(1)
    await removeDelivery(ada, { id })
    expect(await db.deliveryPeriod.count({ where: { deliveryId: id } })).toBe(0)
    expect((await actionsOf(`delivery:${id}`)).at(-1)).toBe('delivery.remove')
    expect(await filesIn(path.join(allowed, 'weekly/paused'))).toHaveLength(1)
  })
})

test('to a store: whole, once; its keys are nowhere, and are entered again where the address changes', async () => {
  const store = await objectStore()
  const id = await weekly('', 8, { kind: 'store', settings: { ...store.settings, prefix: 'quarters' } })
  expect(await tryDelivery(ada, { id })).toMatchObject({ state: 'reached' })
  expect(await round()).toBe(1)
  const [period] = await periodsOf(id)
  const pack = await db.pack.findUniqueOrThrow({ where: { id: period?.packId ?? '' } })
  const bytes = store.held.objects.get(`quarters/${period?.name}`)
  expect(
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex'),
  ).toBe(pack.sha256)
  const detail = await deliveryDetail(ada, id)
  expect(detail.settings.secretKey).toEqual({ secret: true, isSet: true })
  expect(detail.settings.accessKey).toEqual({ secret: true, isSet: true })
  const other = { ...store.settings, accessKey: '', secretKey: '' }
  expect(
    await why(changeDelivery(ada, { id, settings: { ...other, endpoint: 'https://elsewhere.example' } })),
  ).toContain('Enter it again')
  expect(await changeDelivery(ada, { id, settings: { ...other, bucket: 'another' } })).toMatchObject({
    changed: ['bucket', 'prefix'],
  })
  expect(await tryDelivery(ada, { id })).toMatchObject({
    state: 'failed',
    words: expect.stringContaining('no such bucket') as string,
  })
  await store.stop()
  const told = JSON.stringify(
    [
      detail,
      await listDeliveries(ada),
      await db.activity.findMany({ where: { object: `delivery:${id}` } }),
      await db.notice.findMany(),
      await db.delivery.findMany(),
    ],
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  )
  for (const secret of Object.values(STORE_KEYS)) expect(told).not.toContain(secret)
})
