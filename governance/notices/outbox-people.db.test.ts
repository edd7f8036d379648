// What of the outbox depends on people: the mail of a day, quiet hours, and what they do by hand.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { mailServer, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import { actorOf } from '@/tests/queried-estate'
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
  NO_ID,
  NOON,
  notices,
  sendAll,
  staleScope,
  tell,
  theNotice,
} from '@/tests/outbox'
import { claimNext } from './claim'
import { listNotices } from './list-notices'
import { retryNotices, withdrawNotices } from './retry-notices'
import { setPreferences, setUsual } from './set-preferences'
import { USUAL } from './preferences'
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
    for (const once of ['one', 'two', 'three']) await tell(staleScope(once))
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
    expect((await notices()).every(({ state }) => state === 'sent')).toBe(true)
  })
  test('that is refused is refused for each, and one alone is told as it is', async () => {
    await mailChannel(mail, own)
    await tell(staleScope('one'))
    await tell(staleScope('two'))
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(after(DAY_SECONDS))
    expect((await notices()).map(({ state }) => state)).toEqual(['dead', 'dead'])
    await tell(staleScope('three'))
    await sendAll(after(DAY_SECONDS))
    expect(mail.mails.at(-1)?.raw).toMatch(/^subject: scope three has not been seen/im)
  })
  test('what is not to be grouped waits for quiet to end', async () => {
    await mailChannel(mail, own)
    await setUsual(administrator, berlin, { now: NOON })
    await tell(failedRun(), new Date('2026-06-03T18:00:00Z'))
    expect((await theNotice()).notBefore).toEqual(new Date('2026-06-04T06:00:00Z'))
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun('two'), new Date('2026-06-03T18:00:00Z'))
    // A place has no quiet hours.
    expect(await sendAll('2026-06-03T18:00:00Z')).toBe(1)
  })
  test('what waits goes by what was wished last', async () => {
    await mailChannel(mail, own)
    await tell(staleScope('one'))
    expect(await theNotice()).toMatchObject({ grouped: true, notBefore: new Date('2026-06-04T08:00:00Z') })
    await setPreferences(administrator, { ...USUAL, digestAt: '20:15' }, { now: NOON })
    expect(await theNotice()).toMatchObject({ notBefore: new Date('2026-06-03T20:15:00Z') })
    await setPreferences(administrator, { ...USUAL, digestAt: null }, { now: NOON })
    expect(await theNotice()).toMatchObject({ grouped: false, notBefore: NOON })
    await expect(setPreferences(actorOf('administrator', { kind: 'cli' }), USUAL)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('by hand', () => {
  const dead = async (once: string) => {
    await tell(failedRun(once))
    mail.refuses('to', 550, '5.1.1 nobody')
    await sendAll(NOON)
  }
  test('what was given up is tried again, one or all', async () => {
    await mailChannel(mail, own)
    for (const once of ['one', 'two', 'three']) await dead(once)
    const { id } = await theNotice()
    await retryNotices(administrator, { notices: [id] }, { now: NOON })
    expect(await sendAll(NOON)).toBe(1)
    expect((await retryNotices(administrator, { notices: 'all' }, { now: NOON })).ids).toHaveLength(2)
    expect(await sendAll(NOON)).toBe(2)
    await expect(retryNotices(administrator, { notices: [id] })).rejects.toThrow('sent already')
  })
  test('many at once are changed all or none, and each that cannot be is named', async () => {
    await mailChannel(mail, own)
    await tell(failedRun('sent'))
    await sendAll(NOON)
    await dead('dead')
    const ids = (await notices()).map(({ id }) => id)
    const sent = (await notices()).find(({ state }) => state === 'sent')?.id
    await expect(withdrawNotices(administrator, { notices: ids })).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ path: sent, message: 'It was sent already.' }],
    })
    await expect(retryNotices(administrator, { notices: [...ids, NO_ID] })).rejects.toMatchObject({
      code: 'not-found',
      issues: [{ path: NO_ID }],
    })
    expect((await notices()).map(({ state }) => state).sort()).toEqual(['dead', 'sent'])
  })
  test('what waits is withdrawn, but not while it is being sent', async () => {
    await hookChannel(hook.address, ['run.failed'])
    await tell(failedRun())
    const { id } = await theNotice()
    await claimNext(NOON, new Set())
    await expect(withdrawNotices(administrator, { notices: [id] }, { now: after(1) })).rejects.toThrow(
      'being sent',
    )
    await withdrawNotices(administrator, { notices: [id] }, { now: after(300) })
    expect(await sendAll(after(301))).toBe(0)
    expect(await theNotice()).toMatchObject({ state: 'withdrawn' })
    const acts = await db.activity.findMany({ where: { action: 'notice.withdraw' } })
    expect(acts).toMatchObject([{ object: `notice:${id}`, actorName: administrator.name }])
  })
})

test('the list is filtered, and read page by page', async () => {
  await hookChannel(hook.address, ['run.failed', 'source.stale'])
  for (const once of ['one', 'two', 'three']) await tell(failedRun(once), after(once.length))
  await sendAll(after(60))
  await tell(staleScope('four'), after(70))
  const ids = async (filter: object) =>
    (await listNotices(administrator, filter)).rows.map(({ subject }) => subject)
  expect(await ids({ state: ['waiting'] })).toEqual(['scope four has not been seen whole for too long'])
  expect(await ids({ kind: ['run.failed'] })).toHaveLength(3)
  expect(await ids({ q: 'scope:four' })).toHaveLength(1)
  expect(await ids({ q: 'hook' })).toHaveLength(4)
  const first = await listNotices(administrator, { size: 3 })
  expect((await listNotices(administrator, { size: 3, after: first.next })).rows).toHaveLength(1)
})
