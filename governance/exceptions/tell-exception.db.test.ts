// Who is told about an exception, and when not any more.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FindingRow } from '@/core/list'
import { FindingFilter } from '@/core/list'
import { listFindings } from '@/inventory/queries/list-findings'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { madeCertificate } from '@/tests/made-certificate'
import { mailServer, type MailServer } from '@/tests/mail-server'
import { administrator, BASE, emptyOutbox, mailChannel, member, sendAll } from '@/tests/outbox'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { askException } from './ask-exception'
import { approveException, refuseException } from './decide-exception'
import { endException, withdrawException } from './end-exception'
import { tellEnding } from './tell-ending'

process.env.BASE_URL = BASE
const own = madeCertificate()
const NOON = new Date('2026-06-10T12:00:00.000Z')
const DAY_MS = 24 * 3600_000
const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS)
let mail: MailServer
let finding: FindingRow
beforeAll(async () => {
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
  mail = await mailServer(own)
  const { rows } = await listFindings(analyst, FindingFilter.parse({}))
  finding = rows[0] as FindingRow
})
beforeEach(async () => {
  await emptyOutbox()
  await db.exception.deleteMany()
  mail.mails.length = 0
  for (const role of ['administrator', 'analyst', 'auditor', 'owner'] as const) await member(role)
  await member('analyst', 'second')
  await mailChannel(mail, own)
})
afterAll(async () => {
  await emptyOutbox()
  await mail.stop()
  await closeSender()
  await db.$disconnect()
})

const ask = (days = 30) =>
  askException(
    analyst,
    {
      finding: finding.id,
      reason: 'It goes in March.',
      evidence: 'https://tickets.example/1',
      control: 'It is watched.',
      until: later(days).toISOString().slice(0, 10),
    },
    { now: NOON },
  )
const told = async () =>
  (await db.notice.findMany({ orderBy: [{ kind: 'asc' }, { email: 'asc' }] })).map(
    ({ kind, email, state }) => [kind, email, state] as const,
  )
const second = actorOf('analyst', { id: 'second', name: 'Second' })

test('those who may decide are asked, and whoever asked is told the answer', async () => {
  const { id } = await ask()
  expect(await told()).toEqual([
    ['exception.asked', 'second@example.com', 'waiting'],
    ['exception.asked', 'test-administrator@example.com', 'waiting'],
  ])
  await sendAll(NOON)
  expect(mail.mails).toHaveLength(2)
  const raw = mail.mails[0]?.raw ?? ''
  expect(raw).toContain(`${BASE}/exceptions/${id}`)
  expect(raw).toContain('It goes in March.')
  await approveException(second, { id, note: 'Seen.' }, { now: NOON })
  await sendAll(NOON)
  expect(mail.mails.at(-1)?.to).toEqual(['test-analyst@example.com'])
  expect(mail.mails.at(-1)?.raw).toContain('Second has approved the exception you asked for')
})

test('what is decided or withdrawn is not asked of those who were not told yet', async () => {
  const { id } = await ask()
  await refuseException(second, { id, note: 'No.' }, { now: NOON })
  expect(await told()).toEqual([
    ['exception.asked', 'second@example.com', 'withdrawn'],
    ['exception.asked', 'test-administrator@example.com', 'withdrawn'],
    ['exception.refused', 'test-analyst@example.com', 'waiting'],
  ])
  await db.notice.deleteMany()
  const other = await ask()
  await withdrawException(analyst, { id: other.id }, { now: NOON })
  expect((await told()).map(([, , state]) => state)).toEqual(['withdrawn', 'withdrawn'])
})

test('a decision that is not taken tells nobody', async () => {
  const { id } = await ask()
  await db.notice.deleteMany()
  await expect(approveException(analyst, { id }, { now: NOON })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await told()).toEqual([])
})

test('a week before it runs out whoever asked and whoever approved are told, once', async () => {
  const { id } = await ask(30)
  await approveException(second, { id }, { now: NOON })
  await db.notice.deleteMany()
  expect(await tellEnding(later(23))).toEqual([])
  expect(await tellEnding(later(24))).toEqual([id])
  expect(await tellEnding(later(25))).toEqual([])
  expect(await told()).toEqual([
    ['exception.ending', 'second@example.com', 'waiting'],
    ['exception.ending', 'test-analyst@example.com', 'waiting'],
  ])
})

test('nobody is told that something ends which was ended, waits, or was never meant to last a week', async () => {
  const short = await ask(5)
  await approveException(second, { id: short.id }, { now: NOON })
  const ended = await ask(30)
  await approveException(second, { id: ended.id }, { now: NOON })
  await endException(administrator, { id: ended.id, why: 'Mended.' }, { now: NOON })
  await ask(30)
  expect(await tellEnding(later(4))).toEqual([])
  expect(await tellEnding(later(25))).toEqual([])
})
