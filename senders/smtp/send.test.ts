// Mail to a real mail server on this machine.
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { madeCertificate } from '@/tests/made-certificate'
import { mailServer, PASSWORD, USER, type MailServer } from '@/tests/mail-server'
import { aMessage, sendAt } from '@/tests/a-message'
import { SmtpSettings } from './manifest'
import { sendMail } from './send'

const DAY_MS = 24 * 3600_000
const own = madeCertificate()
let server: MailServer
beforeAll(async () => {
  server = await mailServer(own)
})
beforeEach(() => {
  server.mails.length = 0
  server.cuts(false)
})
afterAll(() => server.stop())

const settings = (more: object = {}) =>
  SmtpSettings.parse({
    host: 'localhost',
    port: server.port,
    from: 'rollcall@example.com',
    user: USER,
    password: PASSWORD,
    caPem: own.cert,
    ...more,
  })
const message = aMessage({ to: 'ann@example.com' })
const send = (more: object = {}, of = message) => sendMail(settings(more), of, sendAt())

/** Something that takes connections and says nothing. */
async function listening() {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

describe('a mail', () => {
  test('goes by STARTTLS, signed in, as plain text and HTML, with an id that stays', async () => {
    expect(await send()).toEqual({ state: 'accepted', words: 'The mail server localhost accepted it.' })
    expect(await send()).toMatchObject({ state: 'accepted' })
    const [first, second] = server.mails
    expect(first).toMatchObject({
      from: 'rollcall@example.com',
      to: ['ann@example.com'],
      secure: true,
      user: USER,
    })
    const idOf = (raw = '') => /^message-id: (.*)$/im.exec(raw)?.[1]
    expect(idOf(first?.raw)).toBe(`<${message.id}@rollcall.example>`)
    expect(idOf(second?.raw)).toBe(idOf(first?.raw))
    expect(first?.raw).toMatch(/^auto-submitted: auto-generated/im)
    expect(first?.raw).toContain('text/plain')
    expect(first?.raw).toContain('text/html')
  })
  test('goes by TLS from the first byte', async () => {
    const secure = await mailServer(own, { secure: true })
    expect(await send({ port: secure.port, security: 'tls' })).toMatchObject({ state: 'accepted' })
    expect(secure.mails).toMatchObject([{ secure: true }])
    await secure.stop()
  })
  test('goes to one address, whatever stands in it, and lines of its subject stay in the subject', async () => {
    const to = 'ann@example.com,eve@evil.example'
    await send({}, { ...message, to })
    expect(server.mails.flatMap((mail) => mail.to)).not.toContain('eve@evil.example')
    server.mails.length = 0
    await send({}, { ...message, subject: 'One\r\nBcc: eve@evil.example\r\n\r\nBody' })
    expect(server.mails).toMatchObject([{ to: ['ann@example.com'] }])
    expect(server.mails[0]?.raw).not.toMatch(/^bcc:/im)
  })
})

describe('what a server says', () => {
  test('not now is tried again, and taken then', async () => {
    server.refuses('to', 450, '4.2.0 greylisted')
    const first = await send()
    expect(first).toEqual({
      state: 'failed',
      words: 'The mail server localhost answered 450 4.2.0: the mailbox cannot take it.',
    })
    expect(await send()).toMatchObject({ state: 'accepted' })
  })
  test.each([
    [
      'to',
      550,
      '5.1.1 no such user',
      'The mail server localhost answered 550 5.1.1: the address is not known there, or not taken.',
    ],
    [
      'data',
      554,
      '5.7.1 spam',
      'The mail server localhost answered 554 5.7.1: its policy does not allow it.',
    ],
    ['data', 552, 'too much', 'The mail server localhost answered 552: it gives no further reason.'],
  ] as const)('never, at %s, is final', async (at, code, text, words) => {
    server.refuses(at, code, text)
    expect(await send()).toEqual({ state: 'refused', words })
  })
  test('not from this sender is for a person to mend', async () => {
    server.refuses('from', 553, '5.1.8 sender unknown')
    expect(await send()).toMatchObject({ state: 'failed' })
  })
  test('a wrong password is told by its code, and repeated by nobody', async () => {
    const password = 'canary-wrong-password-1c2d'
    const outcome = await send({ password })
    expect(outcome).toEqual({
      state: 'failed',
      words:
        'The mail server localhost does not take the user name and password of this channel (535 5.7.8).',
    })
  })
  test('a connection that is cut before the answer is tried again', async () => {
    server.cuts(true)
    expect(await send()).toMatchObject({ state: 'failed' })
    expect(server.mails).toHaveLength(1)
  })
})

describe('what keeps a mail from going', () => {
  test('nobody there', async () => {
    const { server: gone, port } = await listening()
    await new Promise((resolve) => gone.close(resolve))
    expect(await send({ port })).toEqual({
      state: 'failed',
      words: 'The mail server localhost: nothing listens there: it refused the connection.',
    })
  })
  test('a server without STARTTLS gets neither mail nor password', async () => {
    const open = await mailServer(own, {
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    })
    const outcome = await send({ port: open.port })
    expect(outcome).toMatchObject({ state: 'failed' })
    expect(outcome.words).toContain('does not offer STARTTLS')
    expect(open.mails).toEqual([])
    await open.stop()
  })
  test.each([
    ['signed by itself', {}, 'signed by'],
    ['expired', { until: new Date(Date.now() - DAY_MS) }, 'has expired'],
    ['not valid yet', { from: new Date(Date.now() + DAY_MS) }, 'not valid yet'],
    ['for another name', { names: ['other.example'], addresses: [] }, 'for another name'],
  ])('a certificate %s', async (why, made, words) => {
    const other = madeCertificate(made)
    const with_ = await mailServer(other)
    const trusted = why === 'signed by itself' ? {} : { caPem: other.cert }
    const outcome = await send({ port: with_.port, ...trusted })
    expect(outcome).toMatchObject({ state: 'failed' })
    expect(outcome.words).toContain(words)
    expect(with_.mails).toEqual([])
    await with_.stop()
  })
  test('being asked to stop', async () => {
    const { server: silent, port } = await listening()
    const stopped = new AbortController()
    const going = sendMail(settings({ port }), message, { ...sendAt(), signal: stopped.signal })
    stopped.abort()
    expect(await going).toMatchObject({ state: 'failed' })
    silent.close()
  })
})

test.each([
  [{ host: 'smtp://x' }, 'host'],
  [{ host: 'mail.example:25' }, 'host'],
  [{ port: 0 }, 'port'],
  [{ port: 70000 }, 'port'],
  [{ security: 'maybe' }, 'security'],
  [{ from: 'nobody' }, 'from'],
  [{ password: undefined }, 'password'],
  [{ user: undefined }, 'user'],
  [{ security: 'none' }, 'security'],
  [{ caPem: 'x' }, 'caPem'],
])('settings with %j are wrong at their field', (more, field) => {
  const given = { host: 'mail.example', from: 'a@b.example', user: USER, password: PASSWORD, ...more }
  expect(SmtpSettings.safeParse(given).error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
})
