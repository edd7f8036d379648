// Quiet hours and daily mails on days of 23 and 25 hours, in zones off the hour, and on a day that never was.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantsOf, isZone, localTime } from './local-time'
import { Preferences, preferencesFrom, USUAL } from './preferences'
import { ZONES as CHOICE } from './zones'
import { afterQuiet, isQuiet, nextDigest, whenToSend } from './when-to-send'

const at = (text: string) => new Date(text)
const wants = (more: Partial<Preferences>): Preferences => ({ ...USUAL, ...more })
const berlin = wants({ zone: 'Europe/Berlin' })
const MINUTE_MS = 60_000
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
]

describe('quiet hours', () => {
  test.each([
    ['before they begin', '2026-06-03T17:59:00Z', '2026-06-03T17:59:00Z'],
    ['as they begin', '2026-06-03T18:00:00Z', '2026-06-04T06:00:00Z'],
    ['after midnight', '2026-06-04T01:00:00Z', '2026-06-04T06:00:00Z'],
    ['as they end', '2026-06-04T06:00:00Z', '2026-06-04T06:00:00Z'],
    // The clock goes forward on 29 March 2026 and back on 25 October 2026.
    ['through a short night', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00Z'],
    ['through a long night', '2026-10-24T19:00:00Z', '2026-10-25T07:00:00Z'],
  ])('%s', (_, now, then) => expect(afterQuiet(at(now), berlin)).toEqual(at(then)))

  test('can be by day, and can be none', () => {
    const siesta = wants({ quietFrom: '13:00', quietUntil: '16:30' })
    expect(afterQuiet(at('2026-06-03T14:00:00Z'), siesta)).toEqual(at('2026-06-03T16:30:00Z'))
    expect(afterQuiet(at('2026-06-03T03:00:00Z'), siesta)).toEqual(at('2026-06-03T03:00:00Z'))
    const never = wants({ quietFrom: '08:00', quietUntil: '08:00' })
    expect(afterQuiet(at('2026-06-03T03:00:00Z'), never)).toEqual(at('2026-06-03T03:00:00Z'))
  })
  test('take in weekends where that is wished', () => {
    const quiet = wants({ zone: 'Europe/Berlin', quietWeekends: true })
    expect(afterQuiet(at('2026-06-05T19:00:00Z'), quiet)).toEqual(at('2026-06-08T06:00:00Z'))
    expect(afterQuiet(at('2026-06-06T10:00:00Z'), quiet)).toEqual(at('2026-06-08T06:00:00Z'))
    expect(afterQuiet(at('2026-06-06T10:00:00Z'), berlin)).toEqual(at('2026-06-06T10:00:00Z'))
    const only = { ...quiet, quietFrom: '00:00', quietUntil: '00:00' }
    expect(afterQuiet(at('2026-06-06T10:00:00Z'), only)).toEqual(at('2026-06-07T22:00:00Z'))
  })
})

describe('the daily mail', () => {
  test.each([
    ['Europe/Berlin', '08:00', '2026-06-03T05:59:59Z', '2026-06-03T06:00:00Z'],
    ['Europe/Berlin', '08:00', '2026-06-03T06:00:00Z', '2026-06-04T06:00:00Z'],
    ['Europe/Berlin', '08:00', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
    ['Europe/Berlin', '08:00', '2026-10-24T12:00:00Z', '2026-10-25T07:00:00Z'],
    // 02:30 is not shown on that day: when the clock jumps over it.
    ['Europe/Berlin', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    // 02:30 is shown twice: once is enough.
    ['Europe/Berlin', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '02:30', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['Asia/Kathmandu', '08:00', '2026-06-03T00:00:00Z', '2026-06-03T02:15:00Z'],
    // Half an hour is put forward there.
    ['Australia/Lord_Howe', '02:15', '2026-10-03T13:00:00Z', '2026-10-03T15:30:00Z'],
    ['Pacific/Kiritimati', '08:00', '2026-06-03T00:00:00Z', '2026-06-03T18:00:00Z'],
    // 30 December 2011 was left out there.
    ['Pacific/Apia', '08:00', '2011-12-29T19:00:00Z', '2011-12-30T18:00:00Z'],
    // Midnight itself was not shown on the first day of summer time.
    ['America/Sao_Paulo', '00:00', '2018-11-03T12:00:00Z', '2018-11-04T03:00:00Z'],
  ])('in %s at %s', (zone, digestAt, now, then) => {
    expect(nextDigest(at(now), wants({ zone, digestAt }))).toEqual(at(then))
  })
  test('leaves weekends out where they are quiet', () => {
    const quiet = wants({ quietWeekends: true })
    expect(nextDigest(at('2026-06-05T09:00:00Z'), quiet)).toEqual(at('2026-06-08T08:00:00Z'))
  })
})

test('what is urgent waits for nothing; what cannot be grouped waits for quiet to end', () => {
  const now = at('2026-06-03T22:00:00Z')
  expect(whenToSend({ urgent: true, grouped: true }, USUAL, now)).toEqual(now)
  expect(whenToSend({ urgent: false, grouped: false }, USUAL, now)).toEqual(at('2026-06-04T08:00:00Z'))
  const noon = wants({ digestAt: '12:00' })
  expect(whenToSend({ urgent: false, grouped: true }, noon, now)).toEqual(at('2026-06-04T12:00:00Z'))
  const none = wants({ digestAt: null })
  expect(whenToSend({ urgent: false, grouped: true }, none, now)).toEqual(at('2026-06-04T08:00:00Z'))
})

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const somebody = fc.record({
  zone: fc.constantFrom(...ZONES),
  digestAt: clock,
  quietFrom: clock,
  quietUntil: clock,
  quietWeekends: fc.boolean(),
})
const instant = fc
  .integer({ min: Date.UTC(2011, 11, 1) / MINUTE_MS, max: Date.UTC(2027, 0, 1) / MINUTE_MS })
  .map((minutes) => new Date(minutes * MINUTE_MS))

test('whoever they are and whenever it is: never in quiet, never earlier than now, never days late', () => {
  fc.assert(
    fc.property(somebody, instant, (who, now) => {
      const then = afterQuiet(now, who)
      expect(then >= now).toBe(true)
      expect(isQuiet(then, who)).toBe(false)
      // The wait is quiet all along, looked at every quarter of an hour.
      for (let t = now.getTime(); t < then.getTime(); t += 15 * MINUTE_MS)
        expect(isQuiet(new Date(t), who)).toBe(true)
      const mail = nextDigest(now, who)
      expect(mail > now).toBe(true)
      expect(mail.getTime() - now.getTime()).toBeLessThanOrEqual(
        (who.quietWeekends ? 74 : 26) * 60 * MINUTE_MS,
      )
    }),
    { numRuns: 400 },
  )
})

test('a time on a wall and its instant are each other’s', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instant, (zone, now) => {
      const local = localTime(now, zone)
      const found = instantsOf(local, zone)
      expect(found.map((one) => localTime(one, zone))).toEqual(found.map(() => local))
      expect(found.map((one) => one.getTime())).toContain(now.getTime())
    }),
  )
})

test('every zone one can choose is one, under the name it has now', () => {
  expect(CHOICE.filter((zone) => !isZone(zone))).toEqual([])
  for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Asia/Kolkata', 'Europe/Kyiv'])
    expect(CHOICE.filter((one) => one === zone)).toEqual([zone])
  expect(CHOICE).not.toContain('Asia/Calcutta')
})

describe('preferences', () => {
  test.each([
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ zone: '+02:00' }, 'zone'],
    [{ zone: '' }, 'zone'],
    [{ digestAt: '25:00' }, 'digestAt'],
    [{ digestAt: '8' }, 'digestAt'],
    [{ quietFrom: '20:60' }, 'quietFrom'],
    [{ quietUntil: 'late' }, 'quietUntil'],
    [{ quietWeekends: 'yes' }, 'quietWeekends'],
  ])('%j is wrong at its field', (given, field) => {
    expect(
      Preferences.safeParse({ ...USUAL, ...given }).error?.issues.map(({ path }) => path.join('.')),
    ).toEqual([field])
  })
  test('are as usual where they cannot be read any more', () => {
    const usual = wants({ zone: 'Europe/Berlin', digestAt: '07:00' })
    const own = wants({ quietWeekends: true, digestAt: null })
    expect(preferencesFrom(own, usual)).toEqual(own)
    expect(preferencesFrom({ ...own, zone: 'Mars/Olympus' }, usual)).toEqual(usual)
    expect(preferencesFrom(undefined)).toEqual(USUAL)
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('nowhere')]).toEqual([true, true, false])
  })
})
