// Packs as they are built: whole or not at all, the same whenever they are asked for, and never half of one to be had.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { SEAL_BYTES } from '@/evidence/pack/seal'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import {
  administrator,
  analyst,
  ask,
  auditor,
  checked,
  fileOf,
  filesIn,
  instantNow,
  packsFolder,
  rowOf,
  withPart,
} from '@/tests/built-packs'
import { askPack } from '../asking/build'
import { cancelPack, removePack } from '../asking/cancel'
import { downloadPack, fileNameOf } from '../asking/download'
import { packView } from '../asking/list'
import { MAKERS } from '../makers'
import { rotateKey } from '../keys/rotate-key'
import { signingKeys } from '../keys/list-keys'
import { beginFile } from '../storage'
import { endLostPacks, expirePacks, sweepFiles } from '../sweep'
import { buildPack } from './build-pack'
import { failPack } from './end-pack'
import { causedBy, failureWords } from './failure-words'
import { TakenBack } from './progress'

const signal = new AbortController().signal
/** What a file of a test does beside being written is done now, whatever moment it is written about. */
const now = <T>(work: () => Promise<T>) => atMoment(undefined, work)
const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()
const bytesOf = async (folder: string, id: string) => readFile(await fileOf(folder, id))
let folder = ''
let source: Awaited<ReturnType<typeof connection>>

const HOSTILE = ['=cmd|calc', '@SUM(1)', '-2+3', '+1', '\tx', '"; DROP', '<script>', '../../etc', 'a\r\nb']
beforeAll(async () => {
  folder = await packsFolder()
  // What was done before is in the log.
  await rotateKey(administrator, {})
  source = await connection()
  const { main } = estate(40)
  const hostile = HOSTILE.map((name, at) => ({ ...identity(`evil-${at}`), name }))
  await look(source, {
    at: hours(5),
    streams: { main: { observations: [...(main?.observations ?? []), ...hostile] } },
  })
}, 120_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
})

test('it is built, sealed, checked without us, and said in the log with its hash', async () => {
  const id = await ask({ title: 'Quarter 3', controls: ['csf:PR.AA-05'] })
  expect(await pendingJobs('build-pack', { packId: id })).toHaveLength(1)
  expect(await packView(auditor, id)).toMatchObject({ state: 'queued', canDownload: false })
  expect(await buildPack(id, { signal })).toBe(true)
  const view = await packView(auditor, id)
  const bytes = await bytesOf(folder, id)
  expect(view).toMatchObject({
    state: 'sealed',
    canDownload: true,
    bytes: bytes.length,
    key: expect.any(String),
  })
  expect(view.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(view.content).toBe(createHash('sha256').update(bytes.subarray(0, -SEAL_BYTES)).digest('hex'))
  expect(view.progress.every(({ done }) => done)).toBe(true)
  const result = await checked(folder, id, [(await signingKeys(auditor))[0]!.key])
  expect(result).toMatchObject({ problems: [], isExpectedKey: true })
  expect(result.manifest).toMatchObject({
    title: 'Quarter 3',
    asked: view.asked,
    activityHead: view.activityHead,
  })
  expect(result.manifest?.files).toEqual(view.files)
  expect(view.files?.find(({ name }) => name === 'population.csv')?.rows).toBe(40 + HOSTILE.length)
  const entry = await db.activity.findFirstOrThrow({ where: { action: 'pack.sealed', object: `pack:${id}` } })
  expect(entry.detail).toMatchObject({ sha256: view.sha256, content: view.content })
  expect(await filesIn(folder)).toEqual([`${id}-1.zip`])
})

test('the head that it holds is one that the log has, of nothing that was known later', async () => {
  const [place, hash] = (await rowOf(await sealedId())).activityHead?.split(':') ?? []
  const link = await db.activityLink.findUniqueOrThrow({ where: { seq: BigInt(place ?? -1) } })
  expect(link.hash).toBe(hash)
})
const sealedId = async () =>
  (await db.pack.findFirstOrThrow({ where: { state: 'sealed', removedAt: null }, orderBy: { id: 'asc' } })).id

test('asked again for the same moment it is the same bytes but for its seal, whatever has changed since', async () => {
  const asOf = await instantNow()
  const first = await ask({ title: 'Same', asOf })
  await buildPack(first, { signal })
  await look(source, { at: hours(1), streams: { main: { observations: [identity('late')] } } })
  const second = await ask({ title: 'Same', asOf })
  await buildPack(second, { signal })
  const [one, two] = [await bytesOf(folder, first), await bytesOf(folder, second)]
  expect(two.subarray(0, -SEAL_BYTES).equals(one.subarray(0, -SEAL_BYTES))).toBe(true)
  expect(two.equals(one)).toBe(false)
  const present = await ask({ title: 'Same' })
  await buildPack(present, { signal })
  expect((await rowOf(present)).content).not.toBe((await rowOf(first)).content)
})

test('rows that change while it is written are not in it', async () => {
  const asOf = await instantNow()
  const quiet = await ask({ title: 'Busy', asOf })
  await buildPack(quiet, { signal })
  const busy = await ask({ title: 'Busy', asOf })
  const [population] = MAKERS.parts
  await buildPack(busy, {
    signal,
    makers: withPart(async function* (at, wrote) {
      let n = 0
      for await (const chunk of population!.write(at, wrote)) {
        if (!n++)
          await now(() =>
            look(source, {
              at: hours(0.5),
              streams: {
                main: {
                  observations: [
                    { ...identity('late'), name: 'renamed', lastUsedAt: known(hours(1), 'demo:List') },
                    identity('later'),
                  ],
                },
              },
            }),
          )
        yield chunk
      }
    }),
  })
  expect(await db.identity.count({ where: { nativeId: 'later' } })).toBe(1)
  expect((await rowOf(busy)).content).toBe((await rowOf(quiet)).content)
})

test('hostile names do not run in a spreadsheet, and name no file', async () => {
  const title = '../../x"; rm -rf / <script>'
  const id = await ask({ title })
  await buildPack(id, { signal })
  expect((await checked(folder, id)).problems).toEqual([])
  const { name } = await downloadPack(auditor, { id })
  expect(name).toMatch(/^rollcall-pack-[a-z0-9-]+\.zip$/)
  expect(fileNameOf({ id, title: '名前', asOf: '2026-09-30T00:00:00.000Z' })).toMatch(
    /^rollcall-pack-2026-09-30-[0-9a-f]{8}\.zip$/,
  )
  await expect(ask({ title: 'a\u0000b' })).rejects.toMatchObject({ code: 'invalid' })
})

async function failed(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('a full disk: it fails in words, and nothing of it is left', async () => {
  const before = await filesIn(folder)
  const id = await ask()
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const error = await failed(
    buildPack(id, {
      signal,
      begin: async (...given) => {
        const file = await beginFile(...given)
        let room = 200
        return {
          ...file,
          write: async (chunk) => {
            if ((room -= chunk.length) < 0) throw full
            await file.write(chunk)
          },
        }
      },
    }),
  )
  expect(failureWords(error)).toContain('is full')
  await failPack(id, failureWords(error))
  expect(await packView(auditor, id)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('full'),
  })
  expect(await filesIn(folder)).toEqual(before)
  await expect(downloadPack(auditor, { id })).rejects.toMatchObject({ code: 'conflict' })
})

test('a file that cannot be made fails all of it, and is named without what it met', async () => {
  const before = await filesIn(folder)
  const id = await ask()
  const makers = withPart(async function* () {
    yield Buffer.from('half')
    throw new Error('secret-value at row 3')
  })
  const words = failureWords(await failed(buildPack(id, { signal, makers })))
  expect(words).toBe('population.csv could not be written.')
  expect(await filesIn(folder)).toEqual(before)
})

test('cancelled in the middle: the one that builds it stops and leaves nothing', async () => {
  const before = await filesIn(folder)
  const id = await ask()
  const makers = withPart(async function* () {
    yield Buffer.from('half')
    await now(() => cancelPack(administrator, { id }))
    await new Promise((resolve) => setTimeout(resolve, 1100))
    yield Buffer.from('more')
    throw new Error('it went on')
  })
  const error = await failed(buildPack(id, { signal, makers }))
  expect(causedBy(error, TakenBack)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'cancelled', failure: null })
  expect(await filesIn(folder)).toEqual(before)
  await expect(cancelPack(administrator, { id })).rejects.toMatchObject({ code: 'conflict' })
})

test('cancelled when all of it is written, it is not sealed either', async () => {
  const before = await filesIn(folder)
  const id = await ask()
  const error = await failed(
    buildPack(id, {
      signal,
      begin: async (...given) => {
        const file = await beginFile(...given)
        return {
          ...file,
          finish: async () => (await file.finish(), void (await cancelPack(administrator, { id }))),
        }
      },
    }),
  )
  expect(causedBy(error, TakenBack)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'cancelled', sha256: null })
  expect(await filesIn(folder)).toEqual(before)
})

test('the worker is told to stop: it lets go, leaves nothing, and the next one begins anew', async () => {
  const before = await filesIn(folder)
  const id = await ask()
  const stopping = new AbortController()
  const makers = withPart(async function* () {
    yield Buffer.from('half')
    stopping.abort()
    yield Buffer.from('more')
  })
  expect(await failed(buildPack(id, { signal: stopping.signal, makers }))).toBeDefined()
  expect(await rowOf(id)).toMatchObject({ state: 'building', attempt: 1 })
  expect(await filesIn(folder)).toEqual(before)
  expect(await buildPack(id, { signal })).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'sealed', attempt: 2 })
})

test('only whoever asked, or an administrator, can cancel; only an administrator removes', async () => {
  const id = await ask()
  await expect(cancelPack(analyst, { id })).rejects.toMatchObject({ code: 'forbidden' })
  await cancelPack(administrator, { id })
  expect(await buildPack(id, { signal })).toBe(false)
})

test('two tries at once: the later one counts, and the earlier one leaves nothing', async () => {
  const id = await ask()
  const late = withPart(async function* () {
    yield Buffer.from('first')
    await now(() => buildPack(id, { signal }))
    await new Promise((resolve) => setTimeout(resolve, 1100))
    yield Buffer.from('more')
  })
  expect(causedBy(await failed(buildPack(id, { signal, makers: late })), TakenBack)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'sealed', attempt: 2 })
  expect((await checked(folder, id)).problems).toEqual([])
  expect((await filesIn(folder)).filter((name) => name.startsWith(id))).toEqual([`${id}-2.zip`])
})

test('keys that are rotated twice while it is built: it is sealed with the one that counts then', async () => {
  const id = await ask()
  const [before] = await signingKeys(auditor)
  const makers = withPart(async function* () {
    await now(() => rotateKey(administrator, {}))
    await now(() => rotateKey(administrator, {}))
    yield Buffer.from('id\r\n')
  })
  await buildPack(id, { signal, makers })
  const keys = await signingKeys(auditor)
  const [newest] = keys
  expect(newest?.key).not.toBe(before?.key)
  expect(keys.map(({ until }) => until === undefined)).toEqual([true, ...keys.slice(1).map(() => false)])
  const { problems, seal, isExpectedKey } = await checked(folder, id, [newest!.key])
  expect([problems, isExpectedKey, seal?.key]).toEqual([[], true, newest?.key])
  expect(seal!.at >= newest!.since).toBe(true)
  // What the first one sealed stays checkable, by a key that stays published.
  const first = await checked(
    folder,
    await sealedId(),
    keys.map(({ key }) => key),
  )
  expect([first.problems, first.isExpectedKey, first.seal?.key]).toEqual([[], true, before?.key])
  await expect(db.signingKey.deleteMany()).rejects.toThrow()
})

test('its file is let go in time or by an administrator; its row stays, with its hash', async () => {
  const [one, two] = [await ask({ keepDays: 1 }), await ask({ keepDays: 300 })] as const
  for (const id of [one, two]) await buildPack(id, { signal })
  const later = new Date(Date.now() + 2 * 86_400_000)
  expect(await expirePacks(later)).toEqual([one])
  expect(await sweepFiles()).toBeGreaterThan(0)
  expect(await packView(auditor, one)).toMatchObject({
    state: 'sealed',
    sha256: expect.any(String),
    removedBy: 'Rollcall',
    canDownload: false,
  })
  await expect(downloadPack(auditor, { id: one })).rejects.toMatchObject({ code: 'not-found' })
  await removePack(administrator, { id: two })
  const left = await filesIn(folder)
  expect(left.filter((name) => name.startsWith(one) || name.startsWith(two))).toEqual([])
  await expect(removePack(administrator, { id: two })).rejects.toMatchObject({ code: 'conflict' })
})

test('what a killed process left is swept, and nothing of anybody else', async () => {
  const id = await ask()
  await db.pack.update({ where: { id }, data: { state: 'building', attempt: 2 } })
  const foreign = `${crypto.randomUUID()}-1.zip`
  const names = [
    `${id}-1.part`,
    `${id}-2.part`,
    // Of another installation with the same folder.
    foreign,
    'notes.txt',
    `${id}-1.zip.bak`,
  ]
  for (const name of names) await writeFile(path.join(folder, name), 'x')
  await sweepFiles()
  const left = await filesIn(folder)
  expect(names.filter((name) => left.includes(name))).toEqual([
    `${id}-2.part`,
    foreign,
    'notes.txt',
    `${id}-1.zip.bak`,
  ])
  await db.$executeRaw`DELETE FROM pgboss.job WHERE data ->> 'packId' = ${id}`
  const later = new Date(Date.now() + 300_000)
  expect(await endLostPacks(later)).toEqual([id])
  await sweepFiles()
  expect(await filesIn(folder)).not.toContain(`${id}-2.part`)
})

test('who may not read the activity log gets a pack without it, and no pack that has it', async () => {
  const whole = await sealedId()
  await expect(downloadPack(analyst, { id: whole })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await packView(analyst, whole)).toMatchObject({ canDownload: false })
  await expect(askPack(analyst, { contents: ['activity'] })).rejects.toMatchObject({ code: 'invalid' })
  const { id } = await askPack(analyst, {})
  await buildPack(id, { signal })
  const { manifest } = await checked(folder, id)
  expect(manifest?.files.map(({ name }) => name)).not.toContain('activity.ndjson')
  expect(manifest?.notes.join()).toContain('activity.ndjson is left out')
  expect((await downloadPack(analyst, { id })).bytes).toBeGreaterThan(100)
})
