// What campaigns say, as people get it by mail: each once, whoever sends it; and what silence comes to.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { setPreferences } from '@/governance/notices/set-preferences'
import { USUAL } from '@/governance/notices/preferences'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  actorFor,
  itemOf,
  KEPT,
  manager,
  person,
  rowFor,
  runningCampaign,
  worldOf,
} from '@/tests/campaign-world'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { mailServer, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import { BASE, emptyOutbox, hookChannel, mailChannel, sendAll } from '@/tests/outbox'
import { campaignItems } from '../campaign-items'
import { closeCampaign } from '../close-campaign'
import { decide } from '../decide'
import { extendCampaign } from '../extend-campaign'
import { handOverLeft } from '../hand-over-left'
import { reassign } from '../reassign'
import { signOff } from '../sign-off'
import { remindDue } from './remind'

// The test runner uses this name for something else.
process.env.BASE_URL = BASE
const own = madeCertificate()
const ann = actorFor('ann')
const DAY_MS = 86_400_000
const ID = '00000000-0000-4000-8000-000000000001'
const people: Record<string, string> = {}
let mail: MailServer
let hook: HttpReceiver

const account = (name: string) =>
  db.user.create({ data: { id: `user-${name}`, name, email: `${name}@example.com`, role: 'owner' } })
beforeAll(async () => {
  mail = await mailServer(own)
  hook = await httpReceiver()
  hook.answers((_, response) => response.end('ok'))
  for (const name of ['mia', 'boss', 'sue', 'cy']) people[name] = (await person(name)).id
  people.ann = (await person('ann', { managerId: people.boss ?? '' })).id
  people.bob = (await person('bob', { managerId: people.boss ?? '' })).id
  await db.person.update({ where: { id: people.bob ?? '' }, data: { timeZone: 'Asia/Tokyo' } })
  await worldOf([
    { id: 'one', owner: 'ann' },
    { id: 'two', owner: 'ann' },
    { id: 'root', owner: 'ann', administrator: true },
    { id: 'bobs', owner: 'bob' },
  ])
})
beforeEach(async () => {
  await emptyOutbox()
  mail.mails.length = 0
  await db.$executeRaw`UPDATE campaign SET state = 'closed' WHERE state = 'running'`
  await db.person.updateMany({ data: { standing: 'here' } })
  for (const name of ['mia', 'ann', 'sue']) await account(name)
  await mailChannel(mail, own)
})
afterAll(async () => {
  await emptyOutbox()
  await mail.stop()
  await hook.stop()
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const start = (more: object = {}) =>
  runningCampaign({
    chain: [{ by: 'owner' }],
    policy: { secondReviewers: [people.sue ?? ''], secondLookShare: 0, ...more },
  })
const dueOf = async (id: string) => (await db.campaign.findUniqueOrThrow({ where: { id } })).dueAt
/** So many days from the day it is due, an hour after midnight where it is before, and an hour later where it is after. */
const on = async (id: string, days: number): Promise<Date> => {
  const due = (await dueOf(id)).getTime()
  return days <= 0
    ? new Date(Math.floor(due / DAY_MS) * DAY_MS + days * DAY_MS + 3_600_000)
    : new Date(due + days * DAY_MS + 3_600_000)
}
const later = (at: Date, days = 1.5) => new Date(at.getTime() + days * DAY_MS)
const kinds = async (state?: string) => {
  const rows = await db.notice.findMany({ where: state ? { state } : {}, orderBy: { id: 'asc' } })
  return rows.map(({ kind, email }) => `${kind} ${email?.split('@')[0] ?? 'channel'}`).sort()
}
/** Nobody is told twice what the beginning has told. */
const afterBegin = async (id: string) => {
  await sendAll(later(new Date(), 1))
  await db.notice.deleteMany()
  mail.mails.length = 0
  return id
}
const subjects = () => mail.mails.map(({ raw }) => /^subject: (.*)$/im.exec(raw)?.[1] ?? '').sort()
const decided = async (id: string, names: string[], actor = ann) => {
  for (const name of names) await decide(actor, { id, decisions: [await rowFor(id, name, 'keep', KEPT)] })
}
const signed = (id: string, actor = ann) =>
  signOff(actor, { id, statement: 'I have looked at each of these.', typedName: actor.name })

describe('the beginning', () => {
  test('tells each reviewer how many, until when in their zone and UTC, and the riskiest by name', async () => {
    await hookChannel(hook.address, ['campaign.began'])
    const id = await start()
    expect(await kinds()).toEqual([
      'campaign.began channel',
      'review.begins ann',
      'review.begins bob',
      'review.second-look boss',
    ])
    await sendAll(later(new Date(), 1))
    const anns = mail.mails.find(({ to }) => to.includes('ann@example.com'))?.raw ?? ''
    expect(anns).toContain('You are asked about 3 identities: Spring')
    expect(anns).toContain('root, one, two')
    expect(anns).toContain(`${BASE}/reviews/${id}`)
    const bobs = mail.mails.find(({ to }) => to.includes('bob@example.com'))?.raw ?? ''
    expect(bobs).toContain('(Asia/Tokyo)')
    expect(bobs).toContain(`${(await dueOf(id)).toISOString().slice(0, 16).replace('T', ' ')} UTC`)
    expect(bobs).not.toContain('root')
    expect(JSON.parse(hook.received.at(-1)?.body ?? '{}')).toMatchObject({
      kind: 'campaign.began',
      data: { items: 4, reviewers: 3 },
    })
  })
  test('is told with the publication or not at all', async () => {
    await expect(start({ secondReviewers: [ID] })).rejects.toMatchObject({ code: 'invalid' })
    expect(await kinds()).toEqual([])
  })
})

describe('reminders', () => {
  test('go out once for each day, one mail a person, whoever sends them', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -8))
    expect(await kinds()).toEqual([])
    const seven = await on(id, -7)
    await Promise.all([remindDue(seven), remindDue(seven), remindDue(seven)])
    await remindDue(later(seven, 0.5))
    expect(await kinds()).toEqual(['review.reminder ann', 'review.reminder bob', 'review.reminder boss'])
    expect(await db.campaignStage.findMany({ where: { campaignId: id } })).toMatchObject([
      { stage: 'before-7' },
    ])
    await sendAll(later(seven))
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual([
      'ann@example.com',
      'bob@example.com',
      'boss@example.com',
    ])
    expect(subjects()).toEqual(Array(3).fill('Due in 7 days: Spring'))
    await remindDue(await on(id, -3))
    await remindDue(await on(id, -1))
    await remindDue(await on(id, 0))
    expect(await db.campaignStage.count({ where: { campaignId: id } })).toBe(4)
    expect((await kinds('waiting')).filter((one) => one.endsWith('ann'))).toHaveLength(3)
  })
  test('of several campaigns are one mail a person and day', async () => {
    const first = await afterBegin(await start())
    const second = await afterBegin(await start())
    expect(await remindDue(await on(first, -3))).toBe(2)
    await sendAll(later(await on(second, -3)))
    expect(subjects()).toEqual(Array(3).fill('2 notices from Rollcall'))
  })
  test('stop the moment somebody has finished, also what waits for the mail of the day', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -3))
    await decided(id, ['one', 'two', 'root'])
    expect(await kinds('waiting')).toContain('review.reminder ann')
    await signed(id)
    expect(await kinds('withdrawn')).toEqual(['review.reminder ann'])
    expect(await kinds('waiting')).toContain('campaign.signed mia')
    await remindDue(await on(id, -1))
    expect((await kinds('waiting')).filter((one) => one.endsWith('ann'))).toEqual([])
  })
  test('that are moot by the time they are sent are withdrawn instead', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -3))
    const { id: item } = await itemOf(id, 'bobs')
    await reassign(manager, { id, items: [item], to: people.ann ?? '', reason: 'He is away.' })
    await sendAll(later(await on(id, -3)))
    expect(await kinds('withdrawn')).toEqual(['review.reminder bob'])
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(['ann@example.com', 'boss@example.com'])
    const raw = mail.mails.find(({ to }) => to.includes('ann@example.com'))?.raw ?? ''
    expect(raw).toContain('1 item handed over to you')
    expect(raw).toContain('He is away.')
  })
  test('of a campaign that is over are withdrawn, and there are no more', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -3))
    const { version } = await db.campaign.findUniqueOrThrow({ where: { id } })
    const next = { choice: 'next' as const, reason: 'Too early.' }
    await closeCampaign(manager, { id, version, choices: { high: next, medium: next, low: next } })
    expect(await kinds('waiting')).toEqual([])
    expect(await remindDue(await on(id, 9))).toBe(0)
  })
  test('begin anew for another due date, and nothing of the old one is caught up on', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -7))
    const { version, dueAt } = await db.campaign.findUniqueOrThrow({ where: { id } })
    const to = new Date(dueAt.getTime() + 30 * DAY_MS).toISOString()
    await extendCampaign(manager, { id, version, dueAt: to, reason: 'Holidays.' })
    await db.notice.deleteMany()
    expect(await remindDue(later(await on(id, -8), 0.5))).toBe(0)
    await remindDue(await on(id, -7))
    expect(await kinds()).toContain('review.reminder ann')
  })
  test('can be turned off for oneself; being asked for a decision cannot', async () => {
    await setPreferences(ann, { ...USUAL, off: ['review.reminder'] })
    const id = await start()
    expect(await kinds()).toContain('review.begins ann')
    await remindDue(await on(id, -3))
    expect(await kinds()).not.toContain('review.reminder ann')
    expect(await kinds()).toContain('review.reminder bob')
    await expect(setPreferences(ann, { ...USUAL, off: ['review.begins' as never] })).rejects.toThrow(
      'cannot be turned off',
    )
  })
  test('that wait are withdrawn by whoever turns the kind off', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, -3))
    await setPreferences(ann, { ...USUAL, off: ['review.reminder'] })
    expect(await kinds('withdrawn')).toEqual(['review.reminder ann'])
  })
})

describe('what is overdue', () => {
  test('is told to managers of reviewers by counts alone, then to whoever manages the campaign', async () => {
    const id = await afterBegin(await start())
    await remindDue(await on(id, 2))
    expect(await kinds()).toEqual(['campaign.reviewers-overdue boss'])
    await sendAll(later(await on(id, 2)))
    const [{ raw } = { raw: '' }] = mail.mails
    expect(raw).toContain('Overdue: 2 people you manage: Spring')
    expect(raw).toMatch(/Open: 4/)
    for (const name of ['root', 'bobs', 'ann@']) expect(raw).not.toContain(name)
    await remindDue(await on(id, 5))
    expect(await kinds('waiting')).toEqual(['campaign.overdue mia'])
  })
  test('becomes an exception that somebody answers for by name: never kept, never removed', async () => {
    const id = await afterBegin(await start({ reminders: { accountable: people.cy ?? '' } }))
    await decided(id, ['one'])
    await decide(ann, { id, decisions: [await rowFor(id, 'two', 'remove', { reasonCode: 'not-needed' })] })
    const now = await on(id, 7)
    await Promise.all([remindDue(now), remindDue(now)])
    const { rows } = await campaignItems(manager, id)
    expect(rows.map(({ state, exception }) => [state, exception?.person])).toEqual(
      Array(4).fill(['excepted', 'cy']),
    )
    expect(rows[0]?.exception?.reason).toContain('within 7 days after it was due')
    expect((await kinds()).filter((one) => one.startsWith('campaign.excepted'))).toEqual([
      'campaign.excepted cy',
      'campaign.excepted mia',
    ])
    expect(await db.remediation.findMany({ where: { campaignId: id } })).toMatchObject([
      { droppedAt: now, signedAt: null },
    ])
    const acts = await db.activity.findMany({
      where: { action: 'campaign.escalate', object: `campaign:${id}` },
    })
    expect(acts).toMatchObject([{ actorName: 'Rollcall', detail: { items: 4, person: 'cy' } }])
    await expect(decided(id, ['one'])).rejects.toThrow('somebody answers for it by name')
  })
  test('waits where nobody is there who could answer for it', async () => {
    const id = await afterBegin(await start())
    await db.person.update({ where: { id: people.mia ?? '' }, data: { standing: 'left' } })
    await remindDue(await on(id, 7))
    expect(await db.campaignItem.count({ where: { campaignId: id, state: 'excepted' } })).toBe(0)
    await db.person.update({ where: { id: people.mia ?? '' }, data: { standing: 'here' } })
    await remindDue(await on(id, 7))
    expect(await db.campaignItem.count({ where: { campaignId: id, state: 'excepted' } })).toBe(4)
  })
})

test('whoever gets the items of somebody who left is told, and who left hears no more', async () => {
  const id = await afterBegin(await start())
  await remindDue(await on(id, -3))
  await db.person.update({ where: { id: people.bob ?? '' }, data: { standing: 'left' } })
  await handOverLeft(new Date())
  expect(await kinds()).toContain('review.handed-over boss')
  await sendAll(later(await on(id, -3)))
  expect(mail.mails.map(({ to }) => to[0])).not.toContain('bob@example.com')
  expect(await db.notice.findFirst({ where: { email: 'bob@example.com' } })).toMatchObject({
    state: 'withdrawn',
    error: 'They have left.',
  })
})

test('a campaign of 100,000 items and 1,000 reviewers is reminded, each of them once', async () => {
  await db.$executeRaw`INSERT INTO person (id, name, email) SELECT gen_random_uuid(), 'r' || n, 'r' || n || '@many.example' FROM generate_series(1, 1000) n`
  const id = await start()
  await db.$executeRaw`
    INSERT INTO campaign_item (id, campaign_id, identity_id, name, type, scope_id, scope_name, card, card_hash, tier, administrator, interested, reviewer_id, reviewer_why)
    SELECT gen_random_uuid(), ${id}::uuid, gen_random_uuid(), 'item ' || n, 't', gen_random_uuid(), 's', '{}', '', n % 3, FALSE, '[]', p.id, 'test'
    FROM (SELECT id, row_number() OVER () AS at FROM person WHERE email LIKE '%@many.example') p
    JOIN generate_series(1, 100000) n ON n % 1000 + 1 = p.at`
  await afterBegin(id)
  await remindDue(await on(id, -3))
  const told = await db.notice.findMany({
    where: { kind: 'review.reminder', email: { endsWith: '@many.example' } },
  })
  expect(told).toHaveLength(1000)
  expect(new Set(told.map(({ data }) => JSON.stringify({ ...(data as object), riskiest: 3 }))).size).toBe(1)
  expect((told[0]?.data as { riskiest: string[] }).riskiest).toHaveLength(3)
})

test('a notice of one person never goes to a channel that many read', async () => {
  await expect(hookChannel(hook.address, ['review.begins'])).rejects.toMatchObject({ code: 'invalid' })
})
