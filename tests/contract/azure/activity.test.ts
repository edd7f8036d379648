// The Activity Log as its documentation describes it, read by the real client: what it is asked for, pages, limits, refusals, and
// that none of them costs more than the fact of use.
import { describe, expect, test } from 'vitest'
import { ACTIVITY } from '@/connectors/azure/arm-calls'
import { eventsOf, rowsOf, whyPartial } from '@/connectors/azure/fixtures/world'
import type { Collected } from '@/core/collect'
import type { Fact } from '@/core/fact'
import type { Limits } from '@/core/limits'
import type { Exercised } from '@/core/observation'
import { READER, tooMany, type ArmAnswer, type ArmRequest, type ArmState } from './arm-answers'
import { PAYMENTS, PLATFORM } from './arm-tenant'
import { azureServer, settingsOf } from './azure-server'
import { principalId } from './graph-tenant'

const LOG = '/eventtypes/management/values'
type Looking = {
  arm?: Partial<ArmState>
  settings?: Record<string, unknown>
  limits?: Partial<Limits>
  now?: string
}
async function look({ arm = {}, settings = {}, limits = {}, now }: Looking = {}) {
  const server = await azureServer({ arm })
  const client = server.open(settingsOf(settings))
  const waits: number[] = []
  const events = await eventsOf(client, { limits, onSleep: (ms) => waits.push(ms), ...(now && { now }) })
  await client.close?.()
  await server.close()
  return { events, waits, asked: server.asked.filter(({ url }) => url.pathname.endsWith(LOG)) }
}
const grantsIn = (events: readonly Collected[]) => rowsOf(events, 'grant', 'azure-role-assignments')
/** By the end of the assignment's id, and the member where a group holds it. */
const usesIn = (events: readonly Collected[]): Record<string, Fact<Exercised> | undefined> =>
  Object.fromEntries(
    grantsIn(events).map(({ nativeId, exercised }) => [
      nativeId
        .split('/member/')
        .map((id) => Number(id.slice(-12)))
        .join(' '),
      exercised,
    ]),
  )
const seenIn = (events: readonly Collected[]): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(usesIn(events)).map(([id, fact]) => [
      id,
      fact?.state === 'known' ? fact.value.actions : [fact?.state === 'unknown' ? `? ${fact.why}` : '?'],
    ]),
  )
const ofLog =
  (answer: ArmAnswer, part = '') =>
  ({ url }: ArmRequest): ArmAnswer | undefined =>
    url.pathname.endsWith(LOG) && url.href.includes(part) ? answer : undefined
const without = (events: readonly Collected[]) => grantsIn(events).map(({ exercised: _, ...rest }) => rest)

const calm = await look()
const SEEN = {
  1: ['microsoft.compute/virtualmachines/start/action', 'microsoft.compute/virtualmachines/write'],
  2: ['? not-offered'],
  5: ['microsoft.web/sites/write'],
  6: ['microsoft.storage/storageaccounts/listkeys/action'],
  7: ['? not-offered'],
  8: [],
  '3 40': ['microsoft.compute/virtualmachines/restart/action'],
  '3 41': [],
}

describe('the log of a subscription', () => {
  test('is asked for once, in whole days, and for what is needed alone', () => {
    expect(calm.asked.map(({ url }) => url.pathname.split('/')[2])).toEqual([PAYMENTS, PLATFORM])
    expect(Object.fromEntries(calm.asked[0]!.url.searchParams)).toEqual({
      'api-version': '2015-04-01',
      $filter:
        "eventTimestamp ge '2026-10-23T00:00:00.000Z' and eventTimestamp le '2026-11-22T00:00:00.000Z'",
      $select: 'authorization,claims,operationName,status,subStatus',
    })
  })
  test('tells what was used at the scope of each assignment or below it, by whom, and what was refused is none', () => {
    expect(seenIn(calm.events)).toEqual(SEEN)
    expect(usesIn(calm.events)[1]).toMatchObject({
      value: {
        from: '2026-10-23T00:00:00.000Z',
        to: '2026-11-22T00:00:00.000Z',
        unseen: ['*/action', '*/delete', '*/write'],
      },
    })
    expect(usesIn(calm.events)[1]).not.toHaveProperty('value.total')
  })
  test('gives the same in pages of any size', async () => {
    const { events, asked } = await look({ arm: { pageMax: 2 } })
    expect(usesIn(events)).toEqual(usesIn(calm.events))
    expect(asked.length).toBeGreaterThan(5)
  })
  test('says the same all day, and a day later another window and nothing else', async () => {
    expect((await look({ now: '2026-11-22T23:30:00.000Z' })).events).toEqual(calm.events)
    const { events } = await look({ now: '2026-11-23T08:00:00.000Z' })
    expect(seenIn(events)).toEqual(SEEN)
    expect(usesIn(events)[8]).toMatchObject({ value: { to: '2026-11-23T00:00:00.000Z' } })
  })
})

describe('a log that is not read whole', () => {
  const UNKNOWN = (why: string) => ({ 1: [`? ${why}`], 5: [`? ${why}`], 6: [`? ${why}`], 8: [`? ${why}`] })
  /** Nothing but the fact is another one: nothing is retired, and nothing else is not whole. */
  const costsItsFactAlone = (events: readonly Collected[]) => {
    expect(without(events)).toEqual(without(calm.events))
    expect(whyPartial(events, 'azure-role-assignments')).toEqual({})
  }
  test('for want of the permission is unknown, and says what to grant', async () => {
    const actions = [
      'Microsoft.Authorization/*/read',
      'Microsoft.Management/managementGroups/descendants/read',
    ]
    const { events } = await look({ arm: { actions } })
    expect(seenIn(events)).toMatchObject(UNKNOWN('denied'))
    expect(usesIn(events)[1]).toMatchObject({ detail: expect.stringContaining(`Grant ${ACTIVITY}`) })
    costsItsFactAlone(events)
  })
  test('for want of the permission in the subscription as a whole is unknown, whatever is answered', async () => {
    const permissions = { status: 200, body: { value: [{ actions: ['Microsoft.Web/*'], notActions: [] }] } }
    const { events } = await look({
      arm: { disturb: ({ url }) => (url.pathname.endsWith('/permissions') ? permissions : undefined) },
    })
    expect(seenIn(events)).toMatchObject(UNKNOWN('denied'))
  })
  test('because it is refused all the same says what to grant', async () => {
    const refusal = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'planted' } } }
    const { events } = await look({ arm: { disturb: ofLog(refusal, PAYMENTS) } })
    expect(seenIn(events)).toMatchObject({ ...SEEN, ...UNKNOWN('denied') })
    expect(usesIn(events)[1]).toMatchObject({ detail: expect.stringContaining(`Grant ${ACTIVITY}`) })
    expect(JSON.stringify(events)).not.toContain('planted')
    costsItsFactAlone(events)
  })
  test('at once is waited for, where the service says how long', async () => {
    let left = 2
    const { events, waits } = await look({
      arm: {
        disturb: ({ url }) =>
          url.pathname.endsWith(LOG) && left-- > 0 ? tooMany({ 'retry-after': '17' }) : undefined,
      },
    })
    expect(waits).toEqual([17_000, 17_000])
    expect(seenIn(events)).toEqual(SEEN)
  })
  test('because it is throttled in the middle is unknown: what came before is not all', async () => {
    let pages = 0
    const { events } = await look({
      arm: {
        pageMax: 4,
        disturb: ({ url }) =>
          url.pathname.endsWith(LOG) && url.href.includes(PAYMENTS) && ++pages > 1
            ? tooMany({ 'retry-after': '900' })
            : undefined,
      },
    })
    expect(seenIn(events)).toMatchObject(UNKNOWN('throttled'))
    costsItsFactAlone(events)
  })
  test('because it has more pages than are read is a limit', async () => {
    const { events } = await look({ arm: { pageMax: 8 }, limits: { pagesMax: 1 } })
    expect(usesIn(events)[1]).toMatchObject({ state: 'unknown', why: 'limited', source: ACTIVITY })
  })
  test('because the answer is cut short is malformed', async () => {
    const { events } = await look({ arm: { disturb: ofLog({ status: 200, body: {} }, PAYMENTS) } })
    expect(seenIn(events)).toMatchObject(UNKNOWN('malformed'))
    costsItsFactAlone(events)
  })
  test('because the settings leave it out is left out, and needs no permission', async () => {
    const { events, asked } = await look({ settings: { activityDays: 0 } })
    expect(seenIn(events)).toMatchObject(UNKNOWN('left-out'))
    expect(asked).toEqual([])
    costsItsFactAlone(events)
  })
})

test('without what roles permit, nothing of it is told', async () => {
  const { events } = await look({
    arm: {
      disturb: ({ url }) =>
        url.pathname.toLowerCase().endsWith('/roledefinitions')
          ? { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'x' } } }
          : undefined,
    },
  })
  expect(seenIn(events)).toMatchObject({ 1: ['? not-collected'], 8: ['? not-collected'] })
})
test('in a look at assignments alone roles are asked for, and tell the same', async () => {
  const server = await azureServer({ arm: { actions: READER } })
  const client = server.open()
  const events = await eventsOf(client, { only: 'azure-role-assignments' })
  await client.close?.()
  await server.close()
  expect(usesIn(events)).toEqual(usesIn(calm.events))
})
test('an eligible role is unknown: nobody holds it yet', () => {
  expect(rowsOf(calm.events, 'grant', 'azure-eligible-roles')[0]?.exercised).toMatchObject({
    state: 'unknown',
    why: 'not-offered',
  })
})
test('a principal that did something in no known form is unknown, and no other', async () => {
  const odd = {
    claims: { 'http://schemas.microsoft.com/identity/claims/objectidentifier': principalId(3) },
    operationName: { value: null },
    status: { value: 'Succeeded' },
  }
  const { events } = await look({
    arm: { disturb: ofLog({ status: 200, body: { value: [odd] } }, PAYMENTS) },
  })
  expect(seenIn(events)).toMatchObject({ 1: [], 8: ['? malformed'] })
})
