// An audit from being made to being closed: who says what of an item, what each is told, and everything that is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/core/permissions'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { accounts, another, audit, auditor, maker, PERIOD, request, sealedPack } from '@/tests/audit-world'
import { actorOf, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { listPacks, packView } from '../packs/asking/list'
import { downloadPack } from '../packs/asking/download'
import { askRequest } from './ask-request'
import { answerItem, commentItem } from './comment'
import { closeAudit, createAudit, editAudit } from './create-audit'
import { auditView, eachAudit, listAudits } from './list-audits'
import { eachItem, itemView, listItems } from './list-items'
import { drawSample } from './sampling/draw-sample'
import { judgeItem, prepareItem } from './set-status'
import type { ItemStatus } from './status'

const colleague = actorOf('analyst', { id: 'colleague', name: 'Cole' })
const administrator = actorOf('administrator', { id: 'ada', name: 'Ada' })
let identity: { id: string; scopeId: string }

beforeAll(async () => {
  await accounts(auditor, another, maker, colleague, administrator)
  await look(await connection(), { at: new Date().toISOString(), streams: estate(12) })
  identity = await db.identity.findFirstOrThrow({ select: { id: true, scopeId: true } })
  await db.channel.create({
    data: {
      kind: 'smtp',
      name: 'Mail',
      settings: Buffer.from('sealed'),
      takes: [],
      createdAt: new Date(),
      createdBy: 'test',
    },
  })
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

type Say = { status: ItemStatus; expected?: ItemStatus; reason?: string }
const say =
  (set: typeof judgeItem) =>
  (actor: Actor, auditId: string, item: string, { expected = 'waiting', ...said }: Say) =>
    set(actor, { audit: auditId, item, expected, ...said })
const judge = say(judgeItem)
const prepare = say(prepareItem)
const notices = async (item: string) =>
  (
    await db.notice.findMany({ where: { data: { path: ['item'], equals: item } }, orderBy: { id: 'asc' } })
  ).map(({ kind, userId }) => [kind, userId])

describe('a request', () => {
  test('asked, answered, ready, sent back, flagged, answered again, approved: each with who and when', async () => {
    const id = await audit({ auditors: [auditor.id, another.id] })
    const item = await request(id)
    await answerItem(maker, {
      audit: id,
      item,
      text: 'It is here.',
      link: { kind: 'identity', id: identity.id },
    })
    await prepare(maker, id, item, { status: 'ready' })
    await judge(auditor, id, item, { status: 'waiting', expected: 'ready', reason: 'Which version?' })
    await prepare(colleague, id, item, { status: 'ready' })
    await judge(auditor, id, item, { status: 'flagged', expected: 'ready', reason: 'It is out of date.' })
    await answerItem(maker, { audit: id, item, text: 'Renewed today.' })
    await commentItem(another, { audit: id, item, text: 'Seen as well.' })
    await judge(auditor, id, item, { status: 'approved', expected: 'flagged' })
    const { thread, status, statusBy, reason } = await itemView(another, id, item)
    expect({ status, statusBy, reason }).toEqual({
      status: 'approved',
      statusBy: 'Audrey',
      reason: undefined,
    })
    expect(thread.map((one) => [one.by, one.what === 'status' ? one.after : one.text])).toEqual([
      ['Mia Maker', 'It is here.'],
      ['Mia Maker', 'ready'],
      ['Audrey', 'waiting'],
      ['Cole', 'ready'],
      ['Audrey', 'flagged'],
      ['Mia Maker', 'Renewed today.'],
      ['Arthur', 'Seen as well.'],
      ['Audrey', 'approved'],
    ])
    expect(thread[0]).toMatchObject({ link: { kind: 'identity', id: identity.id }, fromAuditor: false })
    const acts = await db.activity.findMany({ where: { object: `audit:${id}` }, orderBy: { id: 'asc' } })
    expect(acts.map(({ action }) => action)).toEqual([
      ...['audit.create', 'audit.ask', 'audit.answer', 'audit.prepare', 'audit.judge', 'audit.prepare'],
      ...['audit.judge', 'audit.answer', 'audit.comment', 'audit.judge'],
    ])
    expect(JSON.stringify(acts.map((one) => one.detail))).not.toContain('Renewed today')
    expect(await notices(item)).toEqual([
      ['audit.asked', 'maker'],
      ...[1, 2, 3, 4].flatMap((at) => {
        const kind = at === 2 || at === 3 ? 'audit.ready' : 'audit.answered'
        return [
          [kind, 'arthur'],
          [kind, 'audrey'],
        ]
      }),
    ])
  })

  test('the words of one are never those of the other', async () => {
    const id = await audit()
    const item = await request(id)
    const refused: [() => Promise<unknown>, string][] = [
      [() => prepare(maker, id, item, { status: 'approved' }), 'forbidden'],
      [() => prepare(maker, id, item, { status: 'flagged', reason: 'x' }), 'forbidden'],
      [() => judge(auditor, id, item, { status: 'ready' }), 'forbidden'],
      [() => judge(maker, id, item, { status: 'approved' }), 'forbidden'],
      [() => prepare(auditor, id, item, { status: 'ready' }), 'forbidden'],
      [() => commentItem(auditor, { audit: id, item, text: 'x', internal: true }), 'forbidden'],
      [() => answerItem(auditor, { audit: id, item, text: 'x' }), 'forbidden'],
      [() => askRequest(maker, { audit: id, title: 'x', question: 'x' }), 'forbidden'],
      [() => judge(auditor, id, item, { status: 'flagged' }), 'invalid'],
      [() => judge(auditor, id, item, { status: 'not-applicable', reason: '  ' }), 'invalid'],
      [() => judge(auditor, id, item, { status: 'waiting' }), 'conflict'],
    ]
    for (const [work, code] of refused) await expect(work()).rejects.toMatchObject({ code })
    await judge(auditor, id, item, { status: 'not-applicable', reason: 'There is no such system.' })
    await expect(
      prepare(maker, id, item, { status: 'ready', expected: 'not-applicable' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'The auditor has said that it is not applicable: only they take that back.',
    })
    expect((await itemView(maker, id, item)).thread).toHaveLength(1)
  })

  test('of two who say something at once the later is told what the other said', async () => {
    const id = await audit({ auditors: [auditor.id, another.id] })
    const item = await request(id)
    const both = await Promise.allSettled([
      judge(auditor, id, item, { status: 'approved' }),
      judge(another, id, item, { status: 'flagged', reason: 'No.' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const failed = both.find((one) => one.status === 'rejected')
    expect(failed?.reason).toMatchObject({ code: 'conflict' })
    expect(String((failed?.reason as Error).message)).toMatch(/^(Audrey|Arthur) has changed it meanwhile/)
    expect((await itemView(auditor, id, item)).thread).toHaveLength(1)
  })

  test('internal notes are for those who answer alone: not their words, not their number', async () => {
    const id = await audit()
    const item = await request(id)
    await answerItem(maker, { audit: id, item, text: 'Ask Bo first.', internal: true })
    expect((await itemView(colleague, id, item)).thread).toMatchObject([
      { text: 'Ask Bo first.', internal: true },
    ])
    const seen = await itemView(auditor, id, item)
    expect([seen.thread, seen.comments]).toEqual([[], 0])
    expect((await listItems(auditor, id)).rows[0]?.comments).toBe(0)
    expect((await listItems(maker, id)).rows[0]?.comments).toBe(1)
    expect(await notices(item)).toEqual([['audit.asked', 'maker']])
    const acts = await db.activity.findMany({ where: { action: 'audit.answer' } })
    expect(JSON.stringify(acts.map((one) => one.detail))).not.toContain('Ask Bo')
  })

  test('what was said, decided or drawn cannot be changed or taken away', async () => {
    const id = await audit()
    const item = await request(id)
    await commentItem(auditor, { audit: id, item, text: 'First.' })
    await judge(auditor, id, item, { status: 'approved' })
    const asOf = new Date().toISOString()
    await drawSample(auditor, { audit: id, size: 1, asOf })
    await expect(db.auditComment.updateMany({ data: { text: 'Other.' } })).rejects.toThrow(/only ever added/)
    await expect(db.auditChange.deleteMany()).rejects.toThrow(/only ever added/)
    await expect(db.auditSample.updateMany({ data: { seed: 'x' } })).rejects.toThrow(/only ever added/)
  })
})

describe('refused', () => {
  test('words that are too long, hold control characters, or are none', async () => {
    const id = await audit()
    const item = await request(id)
    const comment = (text: string) => commentItem(auditor, { audit: id, item, text })
    for (const text of ['', '  \n ', 'x'.repeat(10_001), 'a\u0000b', 'a\u001b[31mb', 'a\u0085b'])
      await expect(comment(text), JSON.stringify(text).slice(0, 20)).rejects.toMatchObject({
        code: 'invalid',
      })
    await comment('x'.repeat(10_000))
    await comment('two lines\r\nand\ta tab, \u202eRTL and 😀')
    const { thread } = await itemView(auditor, id, item)
    expect(thread[1]).toMatchObject({ text: 'two lines\nand\ta tab, \u202eRTL and 😀' })
    await expect(askRequest(auditor, { audit: id, title: 'a\nb', question: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(request(id, { due: '2020-01-01' })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('everything once it is closed, and an item of another audit', async () => {
    const [id, other] = [await audit(), await audit()]
    const item = await request(id)
    const elsewhere = { audit: other, item }
    await expect(commentItem(auditor, { ...elsewhere, text: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(judge(auditor, other, item, { status: 'approved' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(itemView(auditor, other, item)).rejects.toMatchObject({ code: 'not-found' })
    await closeAudit(maker, { id, why: 'The report is out.' })
    const closed = [
      () => commentItem(auditor, { audit: id, item, text: 'x' }),
      () => answerItem(maker, { audit: id, item, text: 'x' }),
      () => judge(auditor, id, item, { status: 'approved' }),
      () => prepare(maker, id, item, { status: 'ready' }),
      () => request(id),
      () => editAudit(maker, { id, title: 'Other' }),
      () => closeAudit(maker, { id, why: 'Again.' }),
    ]
    for (const work of closed) await expect(work()).rejects.toMatchObject({ code: 'conflict' })
    expect(await auditView(auditor, id)).toMatchObject({ state: 'closed', closedWhy: 'The report is out.' })
  })

  test('audits of no period, of no such control, and with auditors or packs that are none', async () => {
    const make = (more: object) => createAudit(maker, { title: 'T', about: 'A', ...PERIOD, ...more })
    const wrong = [
      { from: PERIOD.to, to: PERIOD.from },
      { from: 'yesterday' },
      { controls: ['nonsense:1'] },
      { auditors: [maker.id] },
      { auditors: ['nobody'] },
      { packs: [crypto.randomUUID()] },
      { title: 'a\u0000' },
    ]
    for (const more of wrong)
      await expect(make(more), JSON.stringify(more)).rejects.toMatchObject({ code: 'invalid' })
    const id = await audit({ controls: ['owasp-nhi'] })
    await expect(editAudit(maker, { id, auditors: [colleague.id] })).rejects.toMatchObject({
      code: 'invalid',
    })
    await editAudit(maker, { id, auditors: [another.id] })
    expect(await auditView(maker, id)).toMatchObject({
      controls: ['owasp-nhi'],
      auditors: [{ id: another.id, name: 'Arthur' }],
    })
    await expect(auditView(auditor, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('who sees what', () => {
  test('an auditor the audits that name them, the others all', async () => {
    const id = await audit({ auditors: [another.id], title: 'Of another' })
    const titles = async (actor: Actor) => {
      const found: string[] = []
      for await (const rows of eachAudit(actor, { q: 'of another' })) found.push(...rows.map((row) => row.id))
      return found
    }
    expect(await titles(another)).toEqual([id])
    expect(await titles(maker)).toEqual([id])
    expect(await titles(administrator)).toEqual([id])
    expect(await titles(auditor)).toEqual([])
    await expect(listItems(auditor, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(auditView(auditor, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('the list is filtered by status, origin, what is mine and what is overdue, and paged', async () => {
    const id = await audit({ auditors: [auditor.id, another.id] })
    const due = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const items = [await request(id, { due, title: 'One' }), await request(id, { title: 'Two' })]
    const { id: sample } = await drawSample(another, { audit: id, size: 3 })
    await judge(another, id, items[1] ?? '', { status: 'approved' })
    const list = async (actor: Actor, filter: object, now?: Date) =>
      (await listItems(actor, id, filter, now)).rows.map(({ nth }) => nth)
    expect(await list(auditor, {})).toEqual([1, 2, 3, 4, 5])
    expect(await list(auditor, { status: ['approved'] })).toEqual([2])
    expect(await list(auditor, { origin: ['sampled'] })).toEqual([3, 4, 5])
    expect(await list(auditor, { sample })).toEqual([3, 4, 5])
    expect(await list(auditor, { mine: 'yes' })).toEqual([1, 2])
    expect(await list(another, { mine: 'yes' })).toEqual([2, 3, 4, 5])
    expect(await list(maker, { mine: 'yes' })).toEqual([])
    expect(await list(auditor, { q: 'one' })).toContain(1)
    const later = new Date(Date.now() + 3 * 86_400_000)
    expect(await list(auditor, { overdue: 'yes' })).toEqual([])
    expect(await list(auditor, { overdue: 'yes' }, later)).toEqual([1])
    const first = await listItems(auditor, id, { size: 2 })
    expect([first.rows.length, first.total, first.next]).toEqual([2, 5, 2])
    const all: number[] = []
    for await (const rows of eachItem(auditor, id)) all.push(...rows.map(({ nth }) => nth))
    expect(all).toEqual([1, 2, 3, 4, 5])
    const row = (await listAudits(auditor, { state: ['open'] }, later)).rows.find((one) => one.id === id)
    expect(row).toMatchObject({ counts: { waiting: 4, approved: 1 }, overdue: 1 })
  })

  test('who is limited to scopes sees the packs that they were handed, whole, and no others', async () => {
    const limited = { ...auditor, within: [crypto.randomUUID()] }
    const [handed, other] = [await sealedPack(), await sealedPack()]
    expect((await listPacks(limited)).rows).toEqual([])
    const id = await audit({ packs: [handed] })
    expect((await listPacks(limited)).rows.map((row) => [row.id, row.canDownload])).toEqual([[handed, true]])
    expect((await auditView(limited, id)).packs.map((row) => row.id)).toEqual([handed])
    await expect(packView(limited, other)).rejects.toMatchObject({ code: 'not-found' })
    await expect(downloadPack(limited, { id: other })).rejects.toMatchObject({ code: 'not-found' })
    // It is let through, and only its file is missing here.
    await expect(downloadPack(limited, { id: handed })).rejects.toMatchObject({ code: 'conflict' })
    await expect(packView({ ...another, within: [] }, handed)).rejects.toMatchObject({ code: 'not-found' })
    expect((await listPacks(auditor)).rows.map((row) => row.id)).toContain(other)

    const item = await request(id)
    await answerItem(maker, { audit: id, item, text: 'All of it.', link: { kind: 'pack', id: other } })
    expect((await listPacks(limited)).rows.map((row) => row.id).sort()).toEqual([handed, other].sort())
    await editAudit(maker, { id, packs: [] })
    expect((await listPacks(limited)).rows).toEqual([])
    expect((await itemView(limited, id, item)).thread[0]).toMatchObject({
      link: { kind: 'pack', name: 'something you do not see' },
    })
  })

  test('what a comment leads to is named to whoever sees it', async () => {
    const id = await audit()
    const item = await request(id)
    await answerItem(maker, {
      audit: id,
      item,
      text: 'This one.',
      link: { kind: 'identity', id: identity.id },
    })
    const link = async (actor: Actor) => {
      const [first] = (await itemView(actor, id, item)).thread
      return first?.what === 'comment' ? first.link : undefined
    }
    expect((await link(auditor))?.id).toBe(identity.id)
    expect((await link({ ...auditor, within: [identity.scopeId] }))?.id).toBe(identity.id)
    expect(await link({ ...auditor, within: [] })).toEqual({
      kind: 'identity',
      name: 'something you do not see',
    })
    const elsewhere = { kind: 'identity' as const, id: crypto.randomUUID() }
    await expect(answerItem(maker, { audit: id, item, text: 'x', link: elsewhere })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
