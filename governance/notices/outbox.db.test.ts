// The outbox: what is written with its cause, sent at least once, grouped by day, and given up in the end.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { mailServer, PASSWORD, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import { actorOf } from '@/tests/queried-estate'
import {
  administrator,
  BASE,
  emptyOutbox,
  hookChannel,
  mailChannel,
  member,
  sendAll,
  SIGNING_KEY,
} from '@/tests/outbox'
import { switchChannel } from '../channels/switch-channel'
import { removeChannel } from '../channels/remove-channel'
import { claimNext } from './claim'
import { listNotices } from './list-notices'
import { notify } from './notify'
import { membersWho } from './recipients'
import { retryNotices, withdrawNotices } from './retry-notices'
import { setPreferences, setUsual } from './set-preferences'
import { startSending } from './start-sending'
import { USUAL } from './preferences'

// The test runner uses this name for something else.
process.env.BASE_URL = BASE
const own = madeCertificate()
let mail: MailServer
let hook: HttpReceiver
beforeAll(async () => {
  mail = await mailServer(own)
  hook = await httpReceiver()
})
beforeEach(async () => {
  await emptyOutbox()
  await db.activity.deleteMany()
  mail.mails.length = 0
  mail.cuts(false)
  hook.answers((_, response) => response.end('ok'))
  await member('administrator')
  await member('analyst')
})
afterAll(async () => {
  await emptyOutbox()
  await mail.stop()
  await hook.stop()
  await closeSender()
  await db.$disconnect()
})

const NOON = new Date('2026-06-03T12:00:00.000Z')
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)
const DAY = 24 * 3600
const ID = '00000000-0000-4000-8000-000000000001'
const failed = (once = 'one', error = 'It did not answer.') => ({
  kind: 'run.failed' as const,
  about: 'connection:x',
  once,
  data: { connectionId: ID, runId: ID, source: `source ${once}`, error },
})
const stale = (once: string) => ({
  kind: 'source.stale' as const,
  about: `scope:${once}`,
  once,
  data: { scope: `scope ${once}`, seenAt: NOON.toISOString(), since: NOON.toISOString() },
})
type Tell = Omit<Parameters<typeof notify>[1], 'to'>
const tell = (what: Tell, now = NOON) =>
  db.$transaction(async (tx) =>
    notify(tx, { ...what, to: await membersWho(tx, 'source:manage') } as never, now),
  )
const rows = () => db.notice.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
const the = async () => {
  const [row] = await rows()
  if (!row) throw new Error('no notice')
  return row
}

describe('writing', () => {
  test('happens with its cause or not at all', async () => {
    await mailChannel(mail, own)
    const broken = db.$transaction(async (tx) => {
      await notify(tx, { ...failed(), to: await membersWho(tx, 'source:manage') }, NOON)
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    expect(await rows()).toEqual([])
    expect(await tell(failed())).toBe(1)
    expect(await pendingJobs('send-notices', {})).toHaveLength(1)
  })
  test('tells each person and each channel that takes it, once', async () => {
    await mailChannel(mail, own)
    await hookChannel(hook.address, ['run.failed'])
    await hookChannel(hook.address, ['source.stale'], { name: 'Other' })
    await member('administrator', 'second')
    await member('administrator', 'gone', { banned: true })
    expect(await tell(failed())).toBe(3)
    expect(await tell(failed())).toBe(0)
    const told = await Promise.all([tell(failed('two')), tell(failed('two')), tell(failed('two'))])
    expect(told.reduce((sum, n) => sum + n)).toBe(3)
    const to = (await rows()).slice(0, 3).map(({ email, recipientName }) => email ?? recipientName)
    expect(to.sort()).toEqual(['Hook', 'second@example.com', 'test-administrator@example.com'])
  })
  test('is left where there is no channel: there is nobody to tell', async () => {
    expect(await tell(failed())).toBe(0)
    await hookChannel(hook.address, ['source.stale'])
    expect(await tell(failed())).toBe(0)
  })
  test('keeps out what has the form of a secret', async () => {
    await mailChannel(mail, own)
    const token = ['gh', 'p_', 'a1B2'.repeat(9)].join('')
    await tell(failed('one', `refused with ${token}`))
    expect(JSON.stringify(await rows())).not.toContain(token)
  })
})

describe('sending', () => {
  test('goes by mail and webhook, and says when it was accepted and by what', async () => {
    const { id } = await mailChannel(mail, own)
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed())
    expect(await sendAll(after(1))).toBe(2)
    expect(mail.mails).toMatchObject([{ to: ['test-administrator@example.com'], secure: true }])
    expect(mail.mails[0]?.raw).toContain('source one could not be read')
    const body = JSON.parse(hook.received[0]?.body ?? '') as Record<string, unknown>
    expect(body).toMatchObject({ kind: 'run.failed', data: { about: 'connection:x', source: 'source one' } })
    for (const row of await rows())
      expect(row).toMatchObject({
        state: 'sent',
        endedAt: after(1),
        attempts: 1,
        error: null,
        claimedUntil: null,
      })
    expect(await db.channel.findUnique({ where: { id } })).toMatchObject({ lastSuccessAt: after(1) })
    expect(await sendAll(after(2))).toBe(0)
  })
  test('is tried again after a while that grows, until it is taken', async () => {
    await mailChannel(mail, own)
    await tell(failed())
    mail.refuses('to', 450, '4.2.0 later')
    await sendAll(NOON)
    expect(await the()).toMatchObject({ state: 'waiting', attempts: 1, notBefore: after(60), endedAt: null })
    expect((await the()).error).toContain('450 4.2.0')
    expect(await sendAll(after(59))).toBe(0)
    mail.refuses('to', 421, '4.2.0 later')
    await sendAll(after(60))
    expect(await the()).toMatchObject({ attempts: 2, notBefore: after(180) })
    expect(await sendAll(after(180))).toBe(1)
    expect(await the()).toMatchObject({ state: 'sent', attempts: 3, error: null })
  })
  test('ends at once where it is refused for good, and after twelve attempts otherwise', async () => {
    await mailChannel(mail, own)
    await tell(failed())
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(NOON)
    expect(await the()).toMatchObject({ state: 'dead', attempts: 1, endedAt: NOON })
    await db.notice.deleteMany()
    await tell(failed())
    let now = NOON
    for (let attempt = 1; attempt <= 12; attempt++) {
      mail.refuses('data', 451, '4.3.0 later')
      await sendAll(now)
      now = (await the()).notBefore
    }
    expect(await the()).toMatchObject({ state: 'dead', attempts: 12 })
    expect(mail.mails.length).toBe(13 - 1)
  })
  test('sends again with the same id where a connection was cut before the answer', async () => {
    await mailChannel(mail, own)
    await tell(failed())
    mail.cuts(true)
    await sendAll(NOON)
    expect(await the()).toMatchObject({ state: 'waiting', attempts: 1 })
    mail.cuts(false)
    await sendAll(after(60))
    const ids = mail.mails.map(({ raw }) => /^message-id: (.*)$/im.exec(raw)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })
  test('leaves a channel alone for as long as it asks, and the others go on', async () => {
    await mailChannel(mail, own)
    const { id } = await hookChannel(hook.address, ['run.failed'])
    hook.answers((_, response) => response.writeHead(429, { 'retry-after': '600' }).end())
    for (const once of ['one', 'two', 'three']) await tell(failed(once))
    expect(await sendAll(NOON)).toBe(3)
    expect(hook.received).toHaveLength(1)
    expect(await db.channel.findUnique({ where: { id } })).toMatchObject({ notBefore: after(600) })
    hook.answers((_, response) => response.end())
    expect(await sendAll(after(599))).toBe(0)
    expect(await sendAll(after(600))).toBe(3)
  })
  test('a channel that fails is tried once, and does not hold up another', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await mailChannel(mail, own)
    hook.answers((_, response) => response.writeHead(500).end())
    for (const once of ['one', 'two', 'three']) await tell(failed(once))
    expect(await sendAll(NOON)).toBe(3)
    expect(hook.received).toHaveLength(1)
  })
  test('of two senders at once each message goes by one', async () => {
    await hookChannel(hook.address, ['run.failed'])
    for (let n = 0; n < 20; n++) await tell(failed(`n${n}`))
    const counts = await Promise.all([sendAll(NOON), sendAll(NOON), sendAll(NOON)])
    expect(counts.reduce((sum, n) => sum + n)).toBe(20)
    expect(new Set(hook.received.map(({ headers }) => headers['rollcall-notice'])).size).toBe(20)
    expect(hook.received).toHaveLength(20)
  })
  test('what a sender took that is gone is taken by another, and not before', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed())
    expect((await claimNext(NOON, new Set()))?.notices).toHaveLength(1)
    expect(await sendAll(after(299))).toBe(0)
    expect(await sendAll(after(300))).toBe(1)
    expect(await the()).toMatchObject({ state: 'sent', attempts: 2 })
  })
  test('being asked to stop is no attempt', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed())
    const stopping = new AbortController()
    hook.answers(() => stopping.abort())
    await sendAll(NOON, stopping.signal)
    expect(await the()).toMatchObject({ state: 'waiting', attempts: 0, claimedUntil: null, error: null })
  })
  test('goes to where a member is written to now, and to nobody who is not one any more', async () => {
    await mailChannel(mail, own)
    await tell(failed())
    await member('administrator', 'test-administrator', { email: 'new@example.com' })
    await sendAll(NOON)
    expect(mail.mails.map(({ to }) => to)).toEqual([['new@example.com']])
    await tell(failed('two'))
    await db.user.update({ where: { id: 'test-administrator' }, data: { banned: true } })
    await sendAll(NOON)
    expect((await rows()).at(-1)).toMatchObject({
      state: 'withdrawn',
      error: 'They are not a member any more.',
    })
  })
  test('what another version wrote is given up, and holds nobody up', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed('one'))
    await db.notice.updateMany({ data: { data: { other: 1 } } })
    await tell(failed('two'))
    expect(await sendAll(NOON)).toBe(1)
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['dead', 'sent'])
  })
})

describe('channels that are off, or gone', () => {
  test('what is for one that is off waits, and is given up after a week', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    await switchChannel(administrator, { channelId: id, on: false })
    await tell(failed('one'))
    expect(await sendAll(NOON)).toBe(0)
    await switchChannel(administrator, { channelId: id, on: true })
    expect(await sendAll(NOON)).toBe(1)
    await switchChannel(administrator, { channelId: id, on: false })
    await tell(failed('two'))
    await startSending(after(7 * DAY))
    expect((await rows()).at(-1)).toMatchObject({ state: 'waiting' })
    await startSending(after(7 * DAY + 1))
    expect((await rows()).at(-1)).toMatchObject({
      state: 'dead',
      error: 'It has waited for 7 days. No channel was open for it.',
    })
  })
  test('mail goes by the one that was added first among those that are on', async () => {
    const spare = await mailServer(own)
    const first = await mailChannel(mail, own)
    await mailChannel(spare, own, { name: 'Spare' })
    await tell(failed('one'))
    await sendAll(NOON)
    expect([mail.mails.length, spare.mails.length]).toEqual([1, 0])
    await switchChannel(administrator, { channelId: first.id, on: false })
    await tell(failed('two'))
    await sendAll(NOON)
    expect([mail.mails.length, spare.mails.length]).toEqual([1, 1])
    await spare.stop()
  })
  test('what waits for one that is removed is withdrawn, and what was sent stays', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    await tell(failed('one'))
    await sendAll(NOON)
    await tell(failed('two'))
    const mailId = (await mailChannel(mail, own)).id
    await tell(failed('three'))
    expect(await removeChannel(administrator, { channelId: id })).toMatchObject({ withdrawn: 2 })
    expect(await removeChannel(administrator, { channelId: mailId })).toMatchObject({ withdrawn: 1 })
    expect((await rows()).map(({ state }) => state).sort()).toEqual([
      'sent',
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ])
    const withdrawn = (await rows()).find(({ state, email }) => state === 'withdrawn' && email === null)
    await expect(retryNotices(administrator, { notices: [withdrawn?.id ?? ''] })).rejects.toThrow(
      'was removed',
    )
  })
  test('what is over is let go of after 90 days', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed())
    await sendAll(NOON)
    await startSending(after(90 * DAY))
    expect(await rows()).toHaveLength(1)
    await startSending(after(90 * DAY + 1))
    expect(await rows()).toEqual([])
  })
})

describe('the mail of a day', () => {
  const berlin = { ...USUAL, zone: 'Europe/Berlin' }
  test('has all that may be grouped of one person, once a day, in their zone', async () => {
    await mailChannel(mail, own)
    await member('administrator', 'second')
    await setUsual(administrator, berlin, { now: NOON })
    await setPreferences(
      actorOf('administrator', { id: 'second' }),
      { ...USUAL, digestAt: null },
      { now: NOON },
    )
    for (const once of ['one', 'two', 'three']) await tell(stale(once))
    await sendAll(after(60))
    expect(mail.mails.map(({ to }) => to.join())).toEqual(Array(3).fill('second@example.com'))
    mail.mails.length = 0
    expect(await sendAll('2026-06-04T05:59:59Z')).toBe(0)
    expect(await sendAll('2026-06-04T06:00:00Z')).toBe(1)
    const [{ raw, to } = { raw: '', to: [] as string[] }] = mail.mails
    expect(to).toEqual(['test-administrator@example.com'])
    expect(raw).toContain('3 notices from Rollcall')
    for (const once of ['one', 'two', 'three']) expect(raw).toContain(`scope ${once}`)
    expect(raw).toContain('(Europe/Berlin)')
    expect((await rows()).every(({ state }) => state === 'sent')).toBe(true)
  })
  test('that is refused is refused for each, and one alone is told as it is', async () => {
    await mailChannel(mail, own)
    await tell(stale('one'))
    await tell(stale('two'))
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(after(DAY))
    expect((await rows()).map(({ state }) => state)).toEqual(['dead', 'dead'])
    await tell(stale('three'))
    await sendAll(after(DAY))
    expect(mail.mails.at(-1)?.raw).toMatch(/^subject: scope three has not been seen/im)
  })
  test('what is not to be grouped waits for quiet to end', async () => {
    await mailChannel(mail, own)
    await setUsual(administrator, berlin, { now: NOON })
    await tell(failed(), new Date('2026-06-03T18:00:00Z'))
    expect((await the()).notBefore).toEqual(new Date('2026-06-04T06:00:00Z'))
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed('two'), new Date('2026-06-03T18:00:00Z'))
    // A place has no quiet hours.
    expect(await sendAll('2026-06-03T18:00:00Z')).toBe(1)
  })
  test('what waits goes by what was wished last', async () => {
    await mailChannel(mail, own)
    await tell(stale('one'))
    expect(await the()).toMatchObject({ grouped: true, notBefore: new Date('2026-06-04T08:00:00Z') })
    await setPreferences(administrator, { ...USUAL, digestAt: '20:15' }, { now: NOON })
    expect(await the()).toMatchObject({ notBefore: new Date('2026-06-03T20:15:00Z') })
    await setPreferences(administrator, { ...USUAL, digestAt: null }, { now: NOON })
    expect(await the()).toMatchObject({ grouped: false, notBefore: NOON })
    await expect(setPreferences(actorOf('administrator', { kind: 'cli' }), USUAL)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('by hand', () => {
  const dead = async (once: string) => {
    await tell(failed(once))
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(NOON)
  }
  test('what was given up is tried again, one or all', async () => {
    await mailChannel(mail, own)
    for (const once of ['one', 'two', 'three']) await dead(once)
    const { id } = await the()
    await retryNotices(administrator, { notices: [id] }, { now: NOON })
    expect(await sendAll(NOON)).toBe(1)
    expect((await retryNotices(administrator, { notices: 'all' }, { now: NOON })).ids).toHaveLength(2)
    expect(await sendAll(NOON)).toBe(2)
    await expect(retryNotices(administrator, { notices: [id] })).rejects.toThrow('sent already')
  })
  test('many at once are changed all or none, and each that cannot be is named', async () => {
    await mailChannel(mail, own)
    await tell(failed('sent'))
    await sendAll(NOON)
    await dead('dead')
    const ids = (await rows()).map(({ id }) => id)
    const sent = (await rows()).find(({ state }) => state === 'sent')?.id
    await expect(withdrawNotices(administrator, { notices: ids })).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ path: sent, message: 'It was sent already.' }],
    })
    await expect(retryNotices(administrator, { notices: [...ids, ID] })).rejects.toMatchObject({
      code: 'not-found',
      issues: [{ path: ID }],
    })
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['dead', 'sent'])
  })
  test('what waits is withdrawn, but not while it is being sent', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failed())
    const { id } = await the()
    await claimNext(NOON, new Set())
    await expect(withdrawNotices(administrator, { notices: [id] }, { now: after(1) })).rejects.toThrow(
      'being sent',
    )
    await withdrawNotices(administrator, { notices: [id] }, { now: after(300) })
    expect(await sendAll(after(301))).toBe(0)
    expect(await the()).toMatchObject({ state: 'withdrawn' })
    const acts = await db.activity.findMany({ where: { action: 'notice.withdraw' } })
    expect(acts).toMatchObject([{ object: `notice:${id}`, actorName: administrator.name }])
  })
})

test('the list is filtered, and read page by page', async () => {
  await hookChannel(hook.address, ['run.failed', 'source.stale'])
  for (const once of ['one', 'two', 'three']) await tell(failed(once), after(once.length))
  await sendAll(after(60))
  await tell(stale('four'), after(70))
  const ids = async (filter: object) =>
    (await listNotices(administrator, filter)).rows.map(({ subject }) => subject)
  expect(await ids({ state: ['waiting'] })).toEqual(['scope four has not been seen whole for too long'])
  expect(await ids({ kind: ['run.failed'] })).toHaveLength(3)
  expect(await ids({ q: 'scope:four' })).toHaveLength(1)
  expect(await ids({ q: 'hook' })).toHaveLength(4)
  const first = await listNotices(administrator, { size: 3 })
  expect((await listNotices(administrator, { size: 3, after: first.next })).rows).toHaveLength(1)
})

test('no secret is in a row, a view, a job or the activity, whatever servers say', async () => {
  await mailChannel(mail, own)
  await hookChannel(hook.address, ['run.failed'])
  hook.answers(({ headers, body }, response) =>
    response.writeHead(400).end(JSON.stringify({ headers, body, SIGNING_KEY })),
  )
  await tell(failed())
  await db.user.update({ where: { id: 'test-administrator' }, data: { email: `x@example.com` } })
  mail.refuses('data', 554, `no ${PASSWORD}`)
  await sendAll(NOON)
  const seen = JSON.stringify([
    await rows(),
    await listNotices(administrator),
    (await db.activity.findMany()).map(({ id, ...row }) => ({ id: String(id), ...row })),
    (await db.channel.findMany()).map(({ settings, ...row }) => ({
      ...row,
      settings: Buffer.from(settings).toString('latin1'),
    })),
    await db.$queryRaw`SELECT data::text, output::text FROM pgboss.job`,
  ])
  expect(seen).toContain('554')
  expect(seen).not.toMatch(/canary/)
})
