// The life of a channel: its settings are checked, sealed, shown without their secrets, and tested against a real server.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { madeCertificate } from '@/tests/made-certificate'
import { mailServer, PASSWORD, type MailServer } from '@/tests/mail-server'
import {
  administrator,
  BASE,
  emptyOutbox,
  hookChannel,
  mailChannel,
  member,
  SIGNING_KEY,
} from '@/tests/outbox'
import { actorOf } from '@/tests/queried-estate'
import { openSettings } from '../crypto/seal-settings'
import { addChannel } from './add-channel'
import { channelFields, channelKindViews, channelView, listChannels } from './list-channels'
import { removeChannel } from './remove-channel'
import { testChannel } from './test-channel'
import { updateChannel } from './update-channel'
import { forgetActivity } from '@/tests/unguarded-activity'

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
  hook.answers((_, response) => response.end('ok'))
  await member('administrator')
})
afterAll(async () => {
  await emptyOutbox()
  await mail.stop()
  await hook.stop()
  await closeSender()
  await db.$disconnect()
})

const NOON = new Date('2026-06-03T12:00:00.000Z')
const issuesOf = async (work: Promise<unknown>) => {
  const failure: unknown = await work.catch((error: unknown) => error)
  return (failure as { issues?: { path: string }[] }).issues?.map(({ path }) => path)
}

describe('settings', () => {
  test.each([
    [
      { kind: 'smtp', settings: { host: 'x y', port: 99999 } },
      ['settings.from', 'settings.host', 'settings.port'],
    ],
    [
      {
        kind: 'webhook',
        settings: { address: 'http://a.example/', key: SIGNING_KEY },
        takes: ['run.failed'],
      },
      ['settings.address'],
    ],
    [{ kind: 'slack', settings: { address: 'x' }, takes: ['run.failed'] }, ['settings.address']],
    [
      { kind: 'slack', settings: { address: 'https://a.example/', colour: 1 }, takes: ['run.failed'] },
      ['settings.colour'],
    ],
    [{ kind: 'slack', settings: { address: 'https://a.example/' } }, ['takes']],
    [{ kind: 'slack', settings: { address: 'https://a.example/' }, takes: ['channel.test'] }, ['takes.0']],
    [{ kind: 'smtp', settings: {}, takes: ['run.failed'] }, ['takes']],
    [{ kind: 'smtp', name: ' ' }, ['name']],
  ])('%j are wrong at their fields, and nothing is kept', async (given, paths) => {
    const added = addChannel(administrator, { name: 'One', ...given } as never)
    expect((await issuesOf(added))?.sort()).toEqual(paths)
    expect(await db.channel.count()).toBe(0)
  })
  test('of a kind there is not, or with a name that is taken', async () => {
    await expect(addChannel(administrator, { kind: 'pigeon', name: 'One' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await hookChannel(hook.address, ['run.failed'])
    await expect(hookChannel(hook.address, ['run.failed'])).rejects.toThrow('“Hook”')
  })
  test('are sealed for this channel, and shown without secrets', async () => {
    const { id } = await mailChannel(mail, own)
    const { settings } = await db.channel.findUniqueOrThrow({ where: { id } })
    expect(Buffer.from(settings).toString('latin1')).not.toContain(PASSWORD)
    expect(openSettings(id, settings, 'channel')).toMatchObject({ password: PASSWORD })
    expect(() => openSettings(id, settings)).toThrow('cannot be read')
    const view = await channelView(administrator, id)
    expect(view.settings).toMatchObject({
      password: { secret: true, isSet: true },
      host: { secret: false, isSet: true, value: 'localhost' },
    })
    expect(JSON.stringify([view, await listChannels(administrator)])).not.toContain(PASSWORD)
  })
  test('keep a secret that is left empty, unless it would go elsewhere', async () => {
    const { id } = await mailChannel(mail, own)
    const { settings } = await db.channel.findUniqueOrThrow({ where: { id } })
    const held = openSettings(id, settings, 'channel') as object
    const { changed } = await updateChannel(administrator, {
      channelId: id,
      settings: { ...held, password: '', from: 'other@example.com' },
    })
    expect(changed).toEqual(['from'])
    const moved = updateChannel(administrator, {
      channelId: id,
      settings: { ...held, password: '', host: 'evil.example' },
    })
    expect(await issuesOf(moved)).toEqual(['settings.password'])
    const { settings: now } = await db.channel.findUniqueOrThrow({ where: { id } })
    expect(openSettings(id, now, 'channel')).toMatchObject({
      password: PASSWORD,
      host: 'localhost',
      from: 'other@example.com',
    })
  })
  test('of every kind have a field for each secret that is never sent out', () => {
    const secrets = channelKindViews().map(({ id }) => [
      id,
      channelFields(id).flatMap(({ path, secret }) => (secret ? [path] : [])),
    ])
    expect(Object.fromEntries(secrets)).toEqual({
      smtp: ['password'],
      slack: ['address'],
      webhook: ['key'],
      jira: ['signIn.token'],
    })
  })
  test('that were sealed with another key are told, and can be entered again', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    await db.channel.update({ where: { id }, data: { settings: Buffer.from('broken') } })
    expect((await channelView(administrator, id)).settingsProblem).toContain('this channel cannot be read')
    expect(await testChannel(administrator, { channelId: id })).toMatchObject({ state: 'failed' })
    const settings = { address: hook.address, key: SIGNING_KEY, privateNetworks: true, plain: true }
    await updateChannel(administrator, { channelId: id, settings })
    expect(await testChannel(administrator, { channelId: id })).toMatchObject({ state: 'accepted' })
  })
})

describe('a test', () => {
  test('goes to whoever asks, and says by what it was accepted', async () => {
    const { id } = await mailChannel(mail, own)
    const result = await testChannel(administrator, { channelId: id }, { now: NOON })
    expect(result).toEqual({
      state: 'accepted',
      words: 'The mail server localhost accepted it.',
      at: expect.any(String) as string,
    })
    expect(mail.mails).toMatchObject([{ to: ['test-administrator@example.com'] }])
    const view = await channelView(administrator, id)
    expect(view.lastSuccessAt).toBe(result.at)
    await testChannel(administrator, { channelId: id, to: 'other@example.com' })
    expect(mail.mails.at(-1)?.to).toEqual(['other@example.com'])
  })
  test('at the command line needs an address', async () => {
    const { id } = await mailChannel(mail, own)
    const cli = actorOf('administrator', { kind: 'cli', id: 'cli:root' })
    expect(await issuesOf(testChannel(cli, { channelId: id }))).toEqual(['to'])
    expect(await issuesOf(testChannel(cli, { channelId: id, to: 'x' }))).toEqual(['to'])
  })
  test('that fails says why, and is written down without a secret', async () => {
    const { id } = await hookChannel(hook.address, ['run.failed'])
    hook.answers(({ body }, response) => response.writeHead(401, SIGNING_KEY).end(body + SIGNING_KEY))
    expect(await testChannel(administrator, { channelId: id })).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('answered 401') as string,
    })
    const view = await channelView(administrator, id)
    expect(view.lastFailure).toContain('401')
    const acts = (await db.activity.findMany()).map(({ id: act, ...row }) => ({ act: String(act), ...row }))
    expect(acts.map(({ action }) => action)).toEqual(['channel.add', 'channel.test'])
    expect(JSON.stringify([view, acts])).not.toContain('canary')
  })
})

test('one that is removed is gone with its settings', async () => {
  const { id } = await hookChannel(hook.address, ['run.failed'])
  await removeChannel(administrator, { channelId: id })
  await expect(channelView(administrator, id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(removeChannel(administrator, { channelId: id })).rejects.toMatchObject({ code: 'not-found' })
})
