// Links for people without an account: one opens one person's items of one campaign, once, for a while, and only when it is
// told to; why one does not open is told to nobody.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
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
import { mailServer, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import { httpReceiver } from '@/tests/http-receiver'
import { BASE, emptyOutbox, mailChannel, sendAll, SIGNING_KEY } from '@/tests/outbox'
import { actorAs } from '@/tests/actors'
import { addChannel } from '../../channels/add-channel'
import { listIdentities } from '@/inventory/queries/list-identities'
import { campaignItems, reviewQueue } from '../campaign-items'
import { campaignView } from '../campaign-view'
import { closeCampaign } from '../close-campaign'
import { decide, undoDecision } from '../decide'
import { handOverLeft } from '../hand-over-left'
import { myReviews } from '../my-reviews'
import { reassign } from '../reassign'
import { myRemediations } from '../remediations'
import { reviewItem } from '../review-item'
import { signOff } from '../sign-off'
import { mayTry } from './attempts'
import { makeLink } from './make-link'
import { linkActor, openLink } from './open-link'
import { askForLink, sendLink } from './send-link'
import { forgetActivity } from '@/tests/unguarded-activity'

process.env.BASE_URL = BASE
const own = madeCertificate()
const DAY_MS = 86_400_000
const people: Record<string, string> = {}
let mail: MailServer
const administrator = actorAs('administrator')
const ADDRESS = { address: '10.0.0.1' }

beforeAll(async () => {
  mail = await mailServer(own)
  for (const name of ['mia', 'bob', 'cy', 'sue']) people[name] = (await person(name)).id
  await worldOf([
    { id: 'one', owner: 'bob' },
    { id: 'two', owner: 'bob' },
    { id: 'root', owner: 'bob', administrator: true },
    { id: 'cys', owner: 'cy' },
  ])
})
beforeEach(async () => {
  await emptyOutbox()
  await forgetActivity()
  mail.mails.length = 0
  await db.person.updateMany({ data: { standing: 'here' } })
  await mailChannel(mail, own)
})
afterAll(async () => {
  await emptyOutbox()
  await mail.stop()
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const start = () =>
  runningCampaign({
    chain: [{ by: 'owner' }],
    policy: { secondReviewers: [people.sue ?? ''], secondLookShare: 0 },
  })
/** As the first that is tried by this address. */
async function open(token: string, now = new Date()) {
  await db.linkAttempt.deleteMany()
  return openLink(token, { ...ADDRESS, now })
}
async function enter(id: string, name = 'bob') {
  const opened = await open(await makeLink(id, people[name] ?? '', new Date()))
  const actor = await linkActor(opened?.session)
  if (!actor) throw new Error('it did not open')
  return { actor, session: opened?.session ?? '' }
}
const tokenIn = (raw: string): string => /\/link\/([\w.-]+)/.exec(raw)?.[1] ?? ''
const mailTo = (name: string) =>
  mail.mails.filter(({ to }) => to[0] === `${name}@example.com`).at(-1)?.raw ?? ''

describe('a link in a mail', () => {
  test('is for whoever has no account, and its token is nowhere else', async () => {
    await db.user.create({ data: { id: 'user-cy', name: 'cy', email: 'cy@example.com', role: 'owner' } })
    const id = await start()
    await sendAll(new Date(Date.now() + DAY_MS))
    expect(mailTo('cy')).toContain(`${BASE}/reviews/${id}`)
    expect(tokenIn(mailTo('cy'))).toBe('')
    const token = tokenIn(mailTo('bob'))
    expect(token).toMatch(/^[\w-]{43}\.[\w-]{43}$/)
    for (const secret of [token, token.split('.')[0] ?? '']) {
      const kept = await Promise.all([db.notice.findMany(), db.activity.findMany(), db.reviewLink.findMany()])
      const text = JSON.stringify(kept, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      )
      expect(text).not.toContain(secret)
    }
    expect(await open(token, new Date(Date.now() + DAY_MS))).toMatchObject({ campaignId: id })
  })
  test('that is sent again withdraws the earlier one', async () => {
    const id = await start()
    await db.notice.deleteMany({ where: { email: { not: 'bob@example.com' } } })
    mail.cuts(true)
    await sendAll(new Date(Date.now() + DAY_MS))
    mail.cuts(false)
    await sendAll(new Date(Date.now() + 1.1 * DAY_MS))
    const [first = '', second = ''] = mail.mails
      .filter(({ to }) => to[0] === 'bob@example.com')
      .map(({ raw }) => tokenIn(raw))
    expect(second).not.toBe(first)
    const now = new Date(Date.now() + 1.2 * DAY_MS)
    expect(await open(first, now)).toBeNull()
    expect(await open(second, now)).toMatchObject({ campaignId: id })
  })
})

describe('opening', () => {
  test('is once, of many at the same moment too', async () => {
    const token = await makeLink(await start(), people.bob ?? '', new Date())
    const tries = await Promise.all(Array.from({ length: 8 }, () => open(token)))
    expect(tries.filter((one) => one !== null)).toHaveLength(1)
    expect(await open(token)).toBeNull()
    const acts = await db.activity.findMany({ where: { action: 'review.open-link' } })
    expect(acts).toMatchObject([{ actorKind: 'link', actorName: 'bob (by link)' }])
  })
  test('gives nothing for what is forged, however close', async () => {
    const id = await start()
    const token = await makeLink(id, people.bob ?? '', new Date())
    const [secret = '', signature = ''] = token.split('.')
    const other = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
    for (const forged of [
      '',
      'x',
      secret,
      `${secret}.`,
      `.${signature}`,
      `${other(secret)}.${signature}`,
      `${secret}.${other(signature)}`,
      `${token}x`,
      `${token}\n`,
      `${signature}.${secret}`,
      '\u0000'.repeat(87),
    ])
      expect(await open(forged), JSON.stringify(forged)).toBeNull()
    expect(await db.reviewLink.count({ where: { campaignId: id, usedAt: { not: null } } })).toBe(0)
    expect(await db.activity.count({ where: { action: 'review.open-link' } })).toBe(0)
    expect(await open(token)).not.toBeNull()
  })
  test('is over after seven days, whatever clocks differ by', async () => {
    const id = await start()
    const made = new Date()
    const token = await makeLink(id, people.bob ?? '', made)
    expect(await open(token, new Date(made.getTime() + 7 * DAY_MS))).toBeNull()
    // Whoever made it was ahead: it opens all the same.
    expect(await open(token, new Date(made.getTime() - 10 * 60_000))).not.toBeNull()
    // Used is used, also for a clock that was put back.
    expect(await open(token, new Date(made.getTime() - 20 * 60_000))).toBeNull()
  })
  test('too often from one address opens nothing for a minute, also what would', async () => {
    const token = await makeLink(await start(), people.bob ?? '', new Date())
    await db.linkAttempt.deleteMany()
    const now = new Date()
    for (let at = 0; at < 10; at++) await openLink('x', { ...ADDRESS, now })
    expect(await openLink(token, { ...ADDRESS, now })).toBeNull()
    expect(await db.reviewLink.count({ where: { usedAt: null, revokedAt: null } })).toBeGreaterThan(0)
    const minuteLater = new Date(now.getTime() + 60_000)
    expect(await openLink(token, { ...ADDRESS, now: minuteLater })).not.toBeNull()
  })
  test('of many addresses together has a bound as well', async () => {
    await db.linkAttempt.deleteMany()
    const now = new Date()
    const tries = await Promise.all(Array.from({ length: 400 }, (_, at) => mayTry('open', `10.0.${at}`, now)))
    expect(tries.filter(Boolean)).toHaveLength(300)
    // No address beyond the bound is kept, and the next minute forgets them all.
    expect(await db.linkAttempt.count()).toBe(301)
    expect(await mayTry('open', '10.1.1.1', new Date(now.getTime() + 60_000))).toBe(true)
    expect(await db.linkAttempt.count()).toBe(2)
  })
  test.each([
    ['has left', () => db.person.update({ where: { id: people.bob ?? '' }, data: { standing: 'left' } })],
    ['is of a campaign that is closed', (id: string) => close(id)],
  ])('opens nothing for whoever %s, and ends what was open', async (_, end) => {
    const id = await start()
    const { session } = await enter(id)
    const token = await makeLink(id, people.bob ?? '', new Date())
    expect(await linkActor(session)).not.toBeNull()
    await end(id)
    expect(await open(token)).toBeNull()
    expect(await linkActor(session)).toBeNull()
  })
})

async function close(id: string) {
  const { version } = await db.campaign.findUniqueOrThrow({ where: { id } })
  const next = { choice: 'next' as const, reason: 'Too early.' }
  await closeCampaign(manager, { id, version, choices: { high: next, medium: next, low: next } })
}

describe('who has come by a link', () => {
  test('sees and decides their own items of that campaign, and it is told that it was by link', async () => {
    const id = await start()
    const { actor } = await enter(id)
    const { rows } = await reviewQueue(actor, id)
    expect(rows.map(({ name }) => name).sort()).toEqual(['one', 'root', 'two'])
    expect((await myReviews(actor)).map((one) => one.id)).toEqual([id])
    await decide(actor, { id, decisions: [await rowFor(id, 'one', 'keep', KEPT)] })
    const item = await itemOf(id, 'one')
    expect(item.state).toBe('decided')
    const [decision] = (await reviewItem(actor, item.id)).decisions
    expect(decision).toMatchObject({ by: 'bob', byLink: true })
    const acts = await db.activity.findMany({ where: { action: 'review.decide' } })
    expect(acts).toMatchObject([{ actorKind: 'link', actorName: 'bob (by link)' }])
    await undoDecision(actor, { id, items: [{ item: item.id, version: item.version }] })
    expect((await itemOf(id, 'one')).state).toBe('undecided')
  })
  test('is held to versions and to what a decision needs, as everybody is', async () => {
    const id = await start()
    const { actor } = await enter(id)
    const row = await rowFor(id, 'one', 'keep', KEPT)
    await expect(decide(actor, { id, decisions: [{ ...row, version: 99 }] })).rejects.toMatchObject({
      code: 'conflict',
    })
    const bare = await rowFor(id, 'one', 'keep', { reasonCode: 'other' })
    await expect(decide(actor, { id, decisions: [bare] })).rejects.toMatchObject({ code: 'invalid' })
  })
  test('decides nothing of high risk without signing in, and can hand it on', async () => {
    const id = await start()
    const { actor } = await enter(id)
    for (const decision of ['keep', 'remove', 'reduce'] as const)
      await expect(
        decide(actor, { id, decisions: [await rowFor(id, 'root', decision, KEPT)] }),
      ).rejects.toThrow('sign in to decide')
    const row = await rowFor(id, 'root', 'not-mine', { reason: 'It is of the platform.' })
    await decide(actor, { id, decisions: [row] })
    expect((await itemOf(id, 'root')).reviewerId).toBe(people.mia)
    await expect(reviewItem(actor, row.item)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('reaches nothing of others, no other campaign, and nothing else at all', async () => {
    const id = await start()
    const other = await start()
    const { actor } = await enter(id)
    await expect(
      decide(actor, { id, decisions: [await rowFor(id, 'cys', 'keep', KEPT)] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reviewItem(actor, (await itemOf(id, 'cys')).id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      decide(actor, { id: other, decisions: [await rowFor(other, 'one', 'keep', KEPT)] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reviewItem(actor, (await itemOf(other, 'one')).id)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await reviewQueue(actor, other)).rows).toEqual([])
    expect((await myRemediations(actor)).rows).toEqual([])
    for (const read of [
      () => campaignView(actor, id),
      () => campaignItems(actor, id),
      () => listIdentities(actor, { sort: 'name', size: 10, after: undefined }),
    ])
      await expect(read()).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('takes nobody’s place, whoever is away', async () => {
    const id = await start()
    const times = { startsAt: new Date(0), endsAt: new Date(Date.now() + DAY_MS) }
    const away = await db.delegation.create({
      data: {
        fromId: people.cy ?? '',
        toId: people.bob ?? '',
        madeBy: 'test',
        madeAt: new Date(0),
        ...times,
      },
    })
    const { actor } = await enter(id)
    expect((await reviewQueue(actorFor('bob'), id)).rows.map(({ name }) => name)).toContain('cys')
    expect((await reviewQueue(actor, id)).rows.map(({ name }) => name)).not.toContain('cys')
    await db.delegation.delete({ where: { id: away.id } })
  })
  test('signs off what they decided, unless some of it is of high risk', async () => {
    const id = await start()
    const { actor } = await enter(id)
    for (const name of ['one', 'two'])
      await decide(actor, { id, decisions: [await rowFor(id, name, 'keep', KEPT)] })
    const bob = actorFor('bob')
    await decide(bob, { id, decisions: [await rowFor(id, 'root', 'remove', { reasonCode: 'not-needed' })] })
    const sign = { id, statement: 'I have looked at each of these.', typedName: 'bob' }
    await expect(signOff(actor, sign)).rejects.toThrow('of high risk: sign in')
    const { id: root } = await itemOf(id, 'root')
    await reassign(manager, { id, items: [root], to: people.cy ?? '', reason: 'He is away.' })
    await signOff(actor, sign)
    expect(await db.signOff.findMany({ where: { campaignId: id } })).toMatchObject([
      { name: 'bob', items: 2, byLink: true },
    ])
  })
  test('is somebody for half an hour', async () => {
    const id = await start()
    const { session } = await enter(id)
    expect(await linkActor(session, new Date(Date.now() + 29 * 60_000))).not.toBeNull()
    expect(await linkActor(session, new Date(Date.now() + 31 * 60_000))).toBeNull()
    expect(await linkActor(undefined)).toBeNull()
    expect(await linkActor('forged')).toBeNull()
  })
})

describe('a channel of one’s own', () => {
  const words = (one: { body: string } | undefined) => JSON.parse(one?.body ?? '{}') as Record<string, string>
  test.each([
    ['slack', {}],
    ['webhook', { key: SIGNING_KEY }],
  ] as const)(
    'by %s takes the link of whoever it belongs to, with and without an address',
    async (kind, more) => {
      const server = await httpReceiver()
      const settings = { address: server.address, privateNetworks: true, plain: true, ...more }
      const add = (name: string, id: string, rest: object = {}) =>
        addChannel(administrator, { kind, name, settings, person: id, ...rest })
      await add('Bob’s own', people.bob ?? '')
      const { id: nora } = await db.person.create({ data: { name: 'nora' } })
      await add('Nora’s own', nora)
      await expect(add('Another', people.bob ?? '')).rejects.toMatchObject({ code: 'conflict' })
      await expect(add('Many', people.cy ?? '', { takes: ['exception.asked'] })).rejects.toMatchObject({
        code: 'invalid',
      })
      const id = await runningCampaign({
        chain: [{ by: 'person', person: nora }],
        filter: { q: 'cys' },
        policy: { secondReviewers: [people.sue ?? ''], secondLookShare: 0 },
      })
      await sendAll(new Date(Date.now() + DAY_MS))
      expect(server.received).toHaveLength(1)
      const text = JSON.stringify(words(server.received[0]))
      expect(await open(tokenIn(text), new Date(Date.now() + DAY_MS))).toMatchObject({ campaignId: id })
      // Nobody else’s goes there, and what is theirs goes nowhere else.
      expect(mail.mails).toEqual([])
      expect(
        (await db.notice.findMany({ where: { kind: 'review.begins' } })).map((one) => one.recipientName),
      ).toEqual(['nora'])
      await db.person.update({ where: { id: nora }, data: { standing: 'left' } })
      await db.channel.deleteMany({ where: { kind } })
      await server.stop()
    },
  )
  test('is none of a kind that many read', async () => {
    const settings = { address: 'https://tickets.example', user: 'u', token: 't'.repeat(20), project: 'P' }
    await expect(
      addChannel(administrator, { kind: 'jira', name: 'Tickets', settings, person: people.bob ?? '' }),
    ).rejects.toMatchObject({ issues: [{ path: 'person' }] })
  })
})

describe('a new link', () => {
  test('is asked for by whoever had one, where only they are written to, and no more often than every ten minutes', async () => {
    const id = await start()
    const token = await makeLink(id, people.bob ?? '', new Date())
    await open(token)
    await db.notice.deleteMany()
    const now = new Date(Math.ceil(Date.now() / 600_000) * 600_000)
    const ask = (text: string, at = now) => askForLink(text, { ...ADDRESS, now: at })
    await ask('x')
    expect(await db.notice.count()).toBe(0)
    for (let times = 0; times < 3; times++) await ask(token)
    expect(await db.notice.findMany()).toMatchObject([{ kind: 'review.link', email: 'bob@example.com' }])
    await sendAll(now)
    expect(await open(tokenIn(mailTo('bob')), now)).toMatchObject({ campaignId: id })
  })
  test('is sent by whoever manages the campaign, to whoever has yet to do something in it', async () => {
    const id = await start()
    await db.notice.deleteMany()
    await sendLink(manager, { id, person: people.bob ?? '' })
    expect(await db.notice.findMany()).toMatchObject([{ kind: 'review.link', recipientName: 'bob' }])
    await expect(sendLink(manager, { id, person: people.mia ?? '' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(sendLink(actorFor('bob'), { id, person: people.bob ?? '' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

test('links of whoever left are withdrawn for the record as well', async () => {
  const id = await start()
  await makeLink(id, people.bob ?? '', new Date())
  await db.person.update({ where: { id: people.bob ?? '' }, data: { standing: 'left' } })
  await handOverLeft(new Date())
  expect(await db.reviewLink.findFirst({ where: { campaignId: id } })).toMatchObject({
    revokedWhy: 'They have left.',
  })
})
