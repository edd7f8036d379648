// On which days a campaign says something by itself: by the clock of its zone, once, and never of before it began.
import { describe, expect, test } from 'vitest'
import { Reminders } from '../campaign-input'
import { daysFrom, dueStages, stagesOf } from './stages'

const DUE = new Date('2026-06-15T15:00:00.000Z')
const at = (text: string) => new Date(text)
const BEGUN = at('2026-05-01T00:00:00Z')
const ask = (now: string, more: Partial<Parameters<typeof dueStages>[0]> = {}) => {
  const { say, passed } = dueStages(
    { dueAt: DUE, reminders: Reminders.parse({}), since: BEGUN, done: new Set(), ...more },
    at(now),
  )
  return { say: say.map(({ id }) => id), passed: passed.map(({ id }) => id) }
}

test('the days are 7, 3 and 1 before, the day itself, and 2, 5 and 7 after, unless said otherwise', () => {
  const days = (reminders: object) =>
    stagesOf(DUE, Reminders.parse(reminders)).map(
      (stage) => `${stage.id} ${stage.at.toISOString().slice(0, 16)}`,
    )
  expect(days({})).toEqual([
    'before-7 2026-06-08T00:00',
    'before-3 2026-06-12T00:00',
    'before-1 2026-06-14T00:00',
    'due 2026-06-15T00:00',
    'manager 2026-06-17T15:00',
    'campaign 2026-06-20T15:00',
    'exception 2026-06-22T15:00',
  ])
  const own = { before: [2, 2], onTheDay: false, managerAfter: 1, campaignAfter: 1, exceptionAfter: 4 }
  expect(days(own).map((one) => one.split(' ')[0])).toEqual(['before-2', 'manager', 'campaign', 'exception'])
})

test.each([
  // The day is a day of the zone.
  ['Asia/Tokyo', '2026-06-15T15:30:00Z', '2026-06-14T15:00:00.000Z'],
  ['America/New_York', '2026-06-15T01:00:00Z', '2026-06-13T04:00:00.000Z'],
  // Clocks are put back between the two: midnight is by the clock of that day.
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-23T22:00:00.000Z'],
  ['UTC', '2026-06-15T00:00:00Z', '2026-06-14T00:00:00.000Z'],
])('one day before, in %s', (zone, due, expected) => {
  const [first] = stagesOf(at(due), Reminders.parse({ zone, before: [1] }))
  expect(first?.at.toISOString()).toBe(expected)
})

test('days after it was due are by the clock of the zone too', () => {
  const due = at('2026-10-24T12:00:00.000Z')
  expect(daysFrom(due, 2, 'Europe/Berlin').toISOString()).toBe('2026-10-26T13:00:00.000Z')
  expect(daysFrom(due, 2, 'UTC').toISOString()).toBe('2026-10-26T12:00:00.000Z')
})

describe('what is said', () => {
  test('is nothing before the first day, and each once', () => {
    expect(ask('2026-06-07T23:59:59Z')).toEqual({ say: [], passed: [] })
    expect(ask('2026-06-08T00:00:00Z')).toEqual({ say: ['before-7'], passed: [] })
    expect(ask('2026-06-09T00:00:00Z', { done: new Set(['before-7']) })).toEqual({ say: [], passed: [] })
  })
  test('is the last reminder alone where several have come meanwhile', () => {
    expect(ask('2026-06-14T08:00:00Z')).toEqual({ say: ['before-1'], passed: ['before-7', 'before-3'] })
  })
  test('is no reminder once it was due: that it is overdue is for others', () => {
    expect(ask('2026-06-15T15:00:00Z').say).toEqual([])
    expect(ask('2026-06-20T15:00:00Z').say).toEqual(['manager', 'campaign'])
  })
  test('leaves out no step of the escalation, however late', () => {
    expect(ask('2026-07-30T00:00:00Z').say).toEqual(['manager', 'campaign', 'exception'])
  })
  test('is nothing of before it was published or given more time', () => {
    expect(ask('2026-06-13T00:00:00Z', { since: at('2026-06-12T09:00:00Z') })).toEqual({
      say: [],
      passed: ['before-7', 'before-3'],
    })
    expect(ask('2026-06-14T00:00:00Z', { since: at('2026-06-12T09:00:00Z') }).say).toEqual(['before-1'])
  })
})
