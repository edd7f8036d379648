// The outbox: what is written with its cause, sent at least once, grouped by day, and given up in the end.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { mailServer, PASSWORD, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import {
  administrator,
  after,
  BASE,
  DAY_SECONDS,
  emptyOutbox,
  failedRun,
  hookChannel,
  mailChannel,
  member,
  NOON,
  notices,
  sendAll,
  SIGNING_KEY,
  tell,
  theNotice,
} from '@/tests/outbox'
import { switchChannel } from '../channels/switch-channel'
import { removeChannel } from '../channels/remove-channel'
import { claimNext } from './claim'
import { listNotices } from './list-notices'
import { notify } from './notify'
import { membersWho } from './recipients'
import { retryNotices } from './retry-notices'
import { startSending } from './start-sending'
import { forgetActivity } from '@/tests/unguarded-activity'

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
  await forgetActivity()
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

describe('writing', () => {
  test('happens with its cause or not at all', async () => {
    await mailChannel(mail, own)
    const broken = db.$transaction(async (tx) => {
      await notify(tx, { ...failedRun(), to: await membersWho(tx, 'source:manage') }, NOON)
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    expect(await notices()).toEqual([])
    expect(await tell(failedRun())).toBe(1)
    expect(await pendingJobs('send-notices', {})).toHaveLength(1)
  })
  test('tells each person and each channel that takes it, once', async () => {
    await mailChannel(mail, own)
    await hookChannel(hook.address, ['run.failed'])
    await hookChannel(hook.address, ['source.stale'], { name: 'Other' })
    await member('administrator', 'second')
    await member('administrator', 'gone', { banned: true })
    expect(await tell(failedRun())).toBe(3)
    expect(await tell(failedRun())).toBe(0)
    const told = await Promise.all([tell(failedRun('two')), tell(failedRun('two')), tell(failedRun('two'))])
    expect(told.reduce((sum, n) => sum + n)).toBe(3)
    const to = (await notices()).slice(0, 3).map(({ email, recipientName }) => email ?? recipientName)
    expect(to.sort()).toEqual(['Hook', 'second@example.com', 'test-administrator@example.com'])
  })
  test('is left where there is no channel: there is nobody to tell', async () => {
    expect(await tell(failedRun())).toBe(0)
    await hookChannel(hook.address, ['source.stale'])
    expect(await tell(failedRun())).toBe(0)
  })
  test('keeps out what has the form of a secret', async () => {
    await mailChannel(mail, own)
    const token = ['gh', 'p_', 'a1B2'.repeat(9)].join('')
    await tell(failedRun('one', `refused with ${token}`))
    expect(JSON.stringify(await notices())).not.toContain(token)
  })
})

describe('sending', () => {
  test('goes by mail and webhook, and says when it was accepted and by what', async () => {
    const { id } = await mailChannel(mail, own)
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun())
    expect(await sendAll(after(1))).toBe(2)
    expect(mail.mails).toMatchObject([{ to: ['test-administrator@example.com'], secure: true }])
    expect(mail.mails[0]?.raw).toContain('source one could not be read')
    const body = JSON.parse(hook.received[0]?.body ?? '') as Record<string, unknown>
    expect(body).toMatchObject({ kind: 'run.failed', data: { about: 'connection:x', source: 'source one' } })
    for (const row of await notices())
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
    await tell(failedRun())
    mail.refuses('to', 450, '4.2.0 later')
    await sendAll(NOON)
    expect(await theNotice()).toMatchObject({
      state: 'waiting',
      attempts: 1,
      notBefore: after(60),
      endedAt: null,
    })
    expect((await theNotice()).error).toContain('450 4.2.0')
    expect(await sendAll(after(59))).toBe(0)
    mail.refuses('to', 421, '4.2.0 later')
    await sendAll(after(60))
    expect(await theNotice()).toMatchObject({ attempts: 2, notBefore: after(180) })
    expect(await sendAll(after(180))).toBe(1)
    expect(await theNotice()).toMatchObject({ state: 'sent', attempts: 3, error: null })
  })
  test('ends at once where it is refused for good, and after twelve attempts otherwise', async () => {
    await mailChannel(mail, own)
    await tell(failedRun())
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(NOON)
    expect(await theNotice()).toMatchObject({ state: 'dead', attempts: 1, endedAt: NOON })
    await db.notice.deleteMany()
    await tell(failedRun())
    let now = NOON
    for (let attempt = 1; attempt <= 12; attempt++) {
      mail.refuses('data', 451, '4.3.0 later')
      await sendAll(now)
      now = (await theNotice()).notBefore
    }
    expect(await theNotice()).toMatchObject({ state: 'dead', attempts: 12 })
    expect(mail.mails.length).toBe(13 - 1)
  })
  test('sends again with the same id where a connection was cut before the answer', async () => {
    await mailChannel(mail, own)
    await tell(failedRun())
    mail.cuts(true)
    await sendAll(NOON)
    expect(await theNotice()).toMatchObject({ state: 'waiting', attempts: 1 })
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
    for (const once of ['one', 'two', 'three']) await tell(failedRun(once))
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
    for (const once of ['one', 'two', 'three']) await tell(failedRun(once))
    expect(await sendAll(NOON)).toBe(3)
    expect(hook.received).toHaveLength(1)
  })
  test('of two senders at once each message goes by one', async () => {
    await hookChannel(hook.address, ['run.failed'])
    for (let n = 0; n < 20; n++) await tell(failedRun(`n${n}`))
    const counts = await Promise.all([sendAll(NOON), sendAll(NOON), sendAll(NOON)])
    expect(counts.reduce((sum, n) => sum + n)).toBe(20)
    expect(new Set(hook.received.map(({ headers }) => headers['rollcall-notice'])).size).toBe(20)
    expect(hook.received).toHaveLength(20)
  })
  test('what a sender took that is gone is taken by another, and not before', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun())
    expect((await claimNext(NOON, new Set()))?.notices).toHaveLength(1)
    expect(await sendAll(after(299))).toBe(0)
    expect(await sendAll(after(300))).toBe(1)
    expect(await theNotice()).toMatchObject({ state: 'sent', attempts: 2 })
  })
  test('being asked to stop is no attempt', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun())
    const stopping = new AbortController()
    hook.answers(() => stopping.abort())
    await sendAll(NOON, stopping.signal)
    expect(await theNotice()).toMatchObject({
      state: 'waiting',
      attempts: 0,
      claimedUntil: null,
      error: null,
    })
  })
  test('goes to where a member is written to now, and to nobody who is not one any more', async () => {
    await mailChannel(mail, own)
    await tell(failedRun())
    await member('administrator', 'test-administrator', { email: 'new@example.com' })
    await sendAll(NOON)
    expect(mail.mails.map(({ to }) => to)).toEqual([['new@example.com']])
    await tell(failedRun('two'))
    await db.user.update({ where: { id: 'test-administrator' }, data: { banned: true } })
    await sendAll(NOON)
    expect((await notices()).at(-1)).toMatchObject({
      state: 'withdrawn',
      error: 'They are not a member any more.',
    })
  })
  test('what another version wrote is given up, and holds nobody up', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun('one'))
    await db.notice.updateMany({ data: { data: { other: 1 } } })
    await tell(failedRun('two'))
    expect(await sendAll(NOON)).toBe(1)
    expect((await notices()).map(({ state }) => state).sort()).toEqual(['dead', 'sent'])
  })
})

describe('channels that are off, or gone', () => {
  test('what is for one that is off waits, and is given up after a week', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    await switchChannel(administrator, { channelId: id, on: false })
    await tell(failedRun('one'))
    expect(await sendAll(NOON)).toBe(0)
    await switchChannel(administrator, { channelId: id, on: true })
    expect(await sendAll(NOON)).toBe(1)
    await switchChannel(administrator, { channelId: id, on: false })
    await tell(failedRun('two'))
    await startSending(after(7 * DAY_SECONDS))
    expect((await notices()).at(-1)).toMatchObject({ state: 'waiting' })
    await startSending(after(7 * DAY_SECONDS + 1))
    expect((await notices()).at(-1)).toMatchObject({
      state: 'dead',
      error: 'It has waited for 7 days. No channel was open for it.',
    })
  })
  test('mail goes by the one that was added first among those that are on', async () => {
    const spare = await mailServer(own)
    const first = await mailChannel(mail, own)
    await mailChannel(spare, own, { name: 'Spare' })
    await tell(failedRun('one'))
    await sendAll(NOON)
    expect([mail.mails.length, spare.mails.length]).toEqual([1, 0])
    await switchChannel(administrator, { channelId: first.id, on: false })
    await tell(failedRun('two'))
    await sendAll(NOON)
    expect([mail.mails.length, spare.mails.length]).toEqual([1, 1])
    await spare.stop()
  })
  test('what waits for one that is removed is withdrawn, and what was sent stays', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun('one'))
    await sendAll(NOON)
    await tell(failedRun('two'))
    const mailId = (await mailChannel(mail, own)).id
    await tell(failedRun('three'))
    expect(await removeChannel(administrator, { channelId: id })).toMatchObject({ withdrawn: 2 })
    expect(await removeChannel(administrator, { channelId: mailId })).toMatchObject({ withdrawn: 1 })
    expect((await notices()).map(({ state }) => state).sort()).toEqual([
      'sent',
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ])
    const withdrawn = (await notices()).find(({ state, email }) => state === 'withdrawn' && email === null)
    await expect(retryNotices(administrator, { notices: [withdrawn?.id ?? ''] })).rejects.toThrow(
      'was removed',
    )
  })
  test('what is over is let go of after 90 days', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun())
    await sendAll(NOON)
    await startSending(after(90 * DAY_SECONDS))
    expect(await notices()).toHaveLength(1)
    await startSending(after(90 * DAY_SECONDS + 1))
    expect(await notices()).toEqual([])
  })
})

test('no secret is in a row, a view, a job or the activity, whatever servers say', async () => {
  await mailChannel(mail, own)
  await hookChannel(hook.address, ['run.failed'])
  hook.answers(({ headers, body }, response) =>
    response.writeHead(400).end(JSON.stringify({ headers, body, SIGNING_KEY })),
  )
  await tell(failedRun())
  await db.user.update({ where: { id: 'test-administrator' }, data: { email: `x@example.com` } })
  mail.refuses('data', 554, `no ${PASSWORD}`)
  await sendAll(NOON)
  const seen = JSON.stringify([
    await notices(),
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
