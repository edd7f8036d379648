// Which packs are due, however long nothing ran.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginOf, EVERY, nextBegin, nextDue, packName, periodsDue, type Schedule } from './schedule'

const at = (text: string) => new Date(`${text}Z`)
const told = (schedule: Schedule, since: string, now: string) =>
  periodsDue(schedule, at(since), at(now)).map(({ from, to }) =>
    [from, to].map((one) => one.toISOString().slice(0, 10)).join(' '),
  )

describe('what is due', () => {
  test.each([
    ['week', '2026-11-16T00:00', '2026-11-23T05:59', []],
    ['week', '2026-11-16T00:00', '2026-11-23T06:00', ['2026-11-16 2026-11-23']],
    ['month', '2026-01-31T12:00', '2026-02-01T06:00', ['2026-01-01 2026-02-01']],
    ['quarter', '2026-07-01T00:00', '2026-09-30T23:59', []],
    ['quarter', '2025-11-05T00:00', '2026-01-01T06:00', ['2025-10-01 2026-01-01']],
  ] as const)('by %s since %s at %s', (every, since, now, expected) => {
    expect(told({ every, waitHours: 6 }, since, now)).toEqual(expected)
  })
  test('what was missed is made up for in its order, and not all at once', () => {
    const schedule: Schedule = { every: 'month', waitHours: 0 }
    expect(told(schedule, '2026-01-01T00:00', '2026-04-10T00:00')).toEqual([
      '2026-01-01 2026-02-01',
      '2026-02-01 2026-03-01',
      '2026-03-01 2026-04-01',
    ])
    expect(told(schedule, '1990-01-01T00:00', '2026-04-10T00:00')).toHaveLength(12)
  })
  test('delivered once, a period is not due again; the next begins where it ended', () => {
    const instant = fc.date({ min: at('2000-01-01T00:00'), max: at('2100-01-01T00:00'), noInvalidDate: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...EVERY),
        fc.nat(100),
        instant,
        fc.nat(4000),
        (every, waitHours, since, days) => {
          const schedule = { every, waitHours }
          const now = new Date(since.getTime() + days * 86_400_000)
          const due = periodsDue(schedule, since, now)
          for (const [n, period] of due.entries()) {
            expect(period.due <= now).toBe(true)
            expect(period.to).toEqual(nextBegin(every, period.from))
            if (n) expect(period.from).toEqual(due[n - 1]!.to)
          }
          const last = due.at(-1)
          if (last && due.length < 12) {
            expect(periodsDue(schedule, last.to, now)).toEqual([])
            expect(nextDue(schedule, last.to).from).toEqual(last.to)
            expect(nextDue(schedule, last.to).due > now).toBe(true)
          }
          expect(nextDue(schedule, now).due > now).toBe(true)
        },
      ),
    )
  })
  test('weeks begin on Monday, whatever the day', () => {
    for (let day = 16; day < 23; day++)
      expect(beginOf('week', at(`2026-11-${day}T23:59`))).toEqual(at('2026-11-16T00:00'))
  })
})

test.each([
  ['Quarter 3: PCI DSS', 'quarter-3-pci-dss-2026-07-01-to-2026-10-01.zip'],
  ['../../etc/passwd', 'etc-passwd-2026-07-01-to-2026-10-01.zip'],
  ['Übersicht', 'ubersicht-2026-07-01-to-2026-10-01.zip'],
  ['審査', 'pack-2026-07-01-to-2026-10-01.zip'],
  ['x'.repeat(500), `${'x'.repeat(60)}-2026-07-01-to-2026-10-01.zip`],
])('%s is called %s', (title, name) => {
  expect(packName(title, { from: at('2026-07-01T00:00'), to: at('2026-10-01T00:00') })).toBe(name)
})
