// The real SDK against answers about last use: reports still in the making, pages, refusals, and the bound of the settings.
import { afterEach, describe, expect, test } from 'vitest'
import type { Fact } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { Session } from '@/core/session'
import { openClient } from './client'
import { ESTATE, settingsFor } from './fixtures/recorded-world'
import { replayServer, type Override, type RecordedAnswer, type Reply } from './fixtures/replay-server'
import recordedRefusals from './fixtures/refusals.json'
import { GENERATE, REPORT, reportsIn, type Report } from './last-accessed'
import { pageOf } from './page'
import type { AwsSettings } from './settings'
import { User } from './shapes'

const NOW = '2026-11-24T12:00:00.000Z'
const refusals = recordedRefusals as Record<string, RecordedAnswer>
const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
const xml = (body: string, status = 200): Reply => ({ status, headers: { 'content-type': 'text/xml' }, body })
const state = (JobStatus: string, rest = '') =>
  xml(
    `<GetServiceLastAccessedDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetServiceLastAccessedDetailsResult><JobStatus>${JobStatus}</JobStatus><JobCreationDate>${NOW}</JobCreationDate><ServicesLastAccessed/>${rest}</GetServiceLastAccessedDetailsResult></GetServiceLastAccessedDetailsResponse>`,
  )
const throttled = xml(
  '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
  400,
)
const refused = (name: string): Reply => {
  const { status, type, body } = refusals[name]!
  return { status, headers: { 'content-type': type }, body }
}

async function open(
  override: Override = () => undefined,
  settings: Partial<AwsSettings> = {},
  limits: Partial<Limits> = {},
) {
  const server = await replayServer(ESTATE, override)
  const client = openClient({ ...settingsFor(server.url), ...settings })
  cleanups.push(server.close, () => client.close?.())
  const waits: number[] = []
  const controller = new AbortController()
  const session = new Session({
    transport: client,
    signal: controller.signal,
    limits,
    sleep: async (ms, signal) => {
      waits.push(ms)
      signal.throwIfAborted()
    },
    random: () => 0,
  })
  const asked = (action: string) => server.requests.filter((form) => form.get('Action') === action)
  return { session, waits, controller, asked, server }
}
const whys = (told: ReadonlyMap<string, Fact<Report>>) =>
  [...new Set([...told.values()].map((one) => (one.state === 'unknown' ? one.why : one.state)))].sort()
const about = (session: Session) => reportsIn({ session, now: NOW })
const Users = pageOf('Users', User)
const DEPLOY = /acme-gha-deploy$/
const idOf = (role: RegExp) => {
  const text = ESTATE.map(({ body }) => body).join('')
  return /<RoleName>acme-gha-deploy<\/RoleName><RoleId>(\w+)/.exec(text)?.[1] ?? String(role)
}

describe('reports', () => {
  test('are asked for with actions, read page by page, and of services alone no name is kept', async () => {
    const { session, asked } = await open()
    const { told } = await about(session)
    expect(whys(told)).toEqual(['known'])
    expect(asked('GenerateServiceLastAccessedDetails').map((form) => form.get('Granularity'))).toEqual(
      Array(told.size).fill('ACTION_LEVEL'),
    )
    // The service-linked role of the estate is not asked about.
    expect(told.size).toBe(8 + 24 - 1)
    expect(told.get(idOf(DEPLOY))).toMatchObject({
      value: {
        services: [
          { namespace: 'ecr', actions: [{ name: 'CreateRepository' }, { name: 'PutImage' }] },
          { namespace: 's3', actions: [] },
          { namespace: 'iam' },
          { namespace: 'eks', region: 'eu-west-1' },
        ],
      },
    })
    expect(JSON.stringify([...told])).not.toContain('acme-shop-checkout')
  })
  test('that are still in the making are waited for, and given up in the end', async () => {
    let asked = 0
    const soon = await open((form) =>
      form.get('Action') === 'GetServiceLastAccessedDetails' && ++asked < 4
        ? state('IN_PROGRESS')
        : undefined,
    )
    expect(whys((await about(soon.session)).told)).toEqual(['known'])
    expect(soon.waits).toEqual([2000, 2000, 2000])
    const never = await open((form) =>
      form.get('Action') === 'GetServiceLastAccessedDetails' ? state('IN_PROGRESS') : undefined,
    )
    const { told } = await about(never.session)
    expect(whys(told)).toEqual(['throttled'])
    // Three in a row are enough to know that AWS is slow today.
    expect(never.asked('GetServiceLastAccessedDetails')).toHaveLength(3 * 5)
    expect(never.asked('GenerateServiceLastAccessedDetails')).toHaveLength(10)
  })
  test('that failed say so by the code of AWS, and without its message', async () => {
    const { session } = await open((form) =>
      form.get('Action') === 'GetServiceLastAccessedDetails'
        ? state('FAILED', '<Error><Code>InternalError</Code><Message>of acme-shop-checkout</Message></Error>')
        : undefined,
    )
    const { told } = await about(session)
    expect([...told.values()].at(0)).toEqual({
      state: 'unknown',
      why: 'unreachable',
      source: REPORT,
      detail: 'AWS could not make the report (InternalError)',
    })
  })
})

describe('refusals', () => {
  test.each([
    ['GenerateServiceLastAccessedDetails', GENERATE],
    ['GetServiceLastAccessedDetails', REPORT],
  ])('%s: nothing is known, and asking ends', async (action, source) => {
    const { session, asked } = await open((form) =>
      form.get('Action') === action ? refused('denied') : undefined,
    )
    const { told } = await about(session)
    expect(whys(told)).toEqual(['denied'])
    expect([...told.values()].at(-1)).toMatchObject({ source })
    expect(asked('GenerateServiceLastAccessedDetails')).toHaveLength(10)
  })
  test('throttling ends it after three, and holds up no other call', async () => {
    const throttling: Override = (form) =>
      form.get('Action') === 'GenerateServiceLastAccessedDetails' ? throttled : undefined
    // The SDK itself slows down after each: one attempt at a time, or this test would be long.
    const { session, asked } = await open(throttling, {}, { attemptsMax: 1 })
    const { told } = await about(session)
    expect(whys(told)).toEqual(['throttled'])
    expect(asked('GenerateServiceLastAccessedDetails')).toHaveLength(3)
    for (let n = 0; n < 5; n++) expect((await session.ask('iam:ListUsers', {}, Users)).state).toBe('known')
  }, 30_000)
  test('whoever was deleted meanwhile is gone, and the rest is told', async () => {
    const { session } = await open((form) =>
      form.get('Action') === 'GenerateServiceLastAccessedDetails' && DEPLOY.test(form.get('Arn') ?? '')
        ? refused('noSuchEntity')
        : undefined,
    )
    const { told } = await about(session)
    expect(whys(told)).toEqual(['absent', 'known'])
    expect(told.get(idOf(DEPLOY))?.state).toBe('absent')
  })
  test('a cancelled run asks nothing more', async () => {
    const { session, controller, server } = await open((form) => {
      if (form.get('Action') === 'GetServiceLastAccessedDetails') controller.abort()
      return undefined
    })
    await expect(about(session)).rejects.toMatchObject({ why: 'cancelled' })
    const before = server.requests.length
    await expect(about(session)).rejects.toMatchObject({ why: 'cancelled' })
    expect(server.requests).toHaveLength(before)
  })
})

describe('the setting', () => {
  test('bounds how many are asked in one run; the others are said to have their turn later', async () => {
    const { session, asked } = await open(undefined, { lastAccessedMax: 12 })
    const { told } = await about(session)
    expect(asked('GenerateServiceLastAccessedDetails')).toHaveLength(12)
    expect([...told.values()].filter(({ state: is }) => is === 'known')).toHaveLength(12)
    expect([...told.values()].at(-1)).toMatchObject({
      why: 'left-out',
      detail: expect.stringContaining('Last use is asked of 12 roles and users in one sync'),
    })
  })
  test('0 asks nothing of AWS', async () => {
    const { session, asked } = await open(undefined, { lastAccessedMax: 0 })
    const { told } = await about(session)
    expect(whys(told)).toEqual(['left-out'])
    expect(asked('GenerateServiceLastAccessedDetails')).toEqual([])
  })
})
