// Every event against the schema of OCSF 1.8.0, and that what is not known is neither passed nor an alarm.
import { describe, expect, test } from 'vitest'
import { ocsfProblems } from '@/tests/ocsf-schema'
import { bytesOf, madeFacts, madeFinding, madeFindings } from '@/tests/report-facts'
import { ocsfEvents } from './events'

type Event = {
  [key: string]: unknown
  class_uid: number
  severity_id: number
  status_id?: number
  message: string
  time: number
  compliance?: { status_id: number; status_code: string; control: string }
  metadata: { uid: string; event_code: string }
  finding_info: { uid: string; uid_alt?: string }
}
async function eventsOf(findings: number, facts = madeFacts()) {
  const bytes = await bytesOf(ocsfEvents(facts, madeFindings(findings)))
  const lines = bytes.toString('utf8').split('\n')
  expect(lines.pop()).toBe('')
  return lines.map((line) => JSON.parse(line) as Event)
}

test('every event fits the schema', async () => {
  const events = await eventsOf(600)
  expect(events).toHaveLength(610)
  expect(new Set(events.flatMap((event) => ocsfProblems(event)))).toEqual(new Set())
})

describe('the check against the schema finds', () => {
  const cases: [string, (event: Event) => object, string][] = [
    ['what is missing', ({ finding_info: _, ...event }) => event, 'finding_info is required'],
    ['what is no attribute', (event) => ({ ...event, extra: 1 }), 'extra is no attribute'],
    ['a value that is none', (event) => ({ ...event, severity_id: 12 }), 'severity_id 12 is none'],
    ['a word beside another id', (event) => ({ ...event, severity: 'Fatal' }), 'severity says Fatal'],
    ['seconds', (event) => ({ ...event, time: 1_780_000_000 }), 'time is not in milliseconds'],
    ['another type', (event) => ({ ...event, message: 1 }), 'message is no text'],
    ['another activity', (event) => ({ ...event, activity_id: 1, activity_name: 'Create' }), 'type_uid'],
    ['none of those of which one has to be', ({ applications: _, ...event }) => event, 'needs one of'],
    ['another class', (event) => ({ ...event, class_uid: 2099 }), 'is no class'],
    [
      'deprecated attributes',
      (event) => ({ ...event, finding_info: { uid: 'x' }, metadata: { ...event.metadata, product: {} } }),
      'needs one of name, uid',
    ],
  ]
  test.each(cases)('%s', async (_, change, told) => {
    const events = await eventsOf(6, madeFacts({ controls: 0 }))
    const event = events.find(({ class_uid, activity_id }) => class_uid === 2008 && activity_id === 2)!
    expect(ocsfProblems(event)).toEqual([])
    expect(ocsfProblems(change(event) as Event).join('; ')).toContain(told)
  })
})

describe('what an event says', () => {
  test('a control: passed only where everything was asked and passed', async () => {
    const events = await eventsOf(0, madeFacts({ controls: 5 }))
    const said = Object.fromEntries(
      events.map(({ compliance, severity_id }) => [
        compliance!.status_code,
        [compliance!.status_id, severity_id],
      ]),
    )
    expect(said).toEqual({
      failing: [3, 5],
      'no-failure': [1, 1],
      'cannot-tell': [2, 0],
      'nothing-judged': [0, 0],
      'no-rule': [0, 0],
    })
  })
  test('about an identity it is of class 2008, about anything else of class 2003', async () => {
    const events = await eventsOf(60, madeFacts({ controls: 0 }))
    expect(events.map(({ class_uid }) => class_uid)).toEqual(
      Array.from({ length: 60 }, (_, n) => (madeFinding(n).identityId ? 2008 : 2003)),
    )
  })
  test('what cannot be told has no severity and says so; an exception is not called benign; what is over is closed', async () => {
    const events = await eventsOf(120, madeFacts({ controls: 0 }))
    for (const [n, event] of events.entries()) {
      const { verdict, state, excepted } = madeFinding(n)
      expect(event.severity_id === 0).toBe(verdict === 'unknown')
      expect(event.message.startsWith('Cannot be told. ')).toBe(verdict === 'unknown')
      expect(event.status_id).toBe(state === 'resolved' ? 4 : excepted ? 99 : 1)
      expect(event.activity_id === 3).toBe(state === 'resolved')
    }
    expect(events.map(({ status_id }) => status_id)).toEqual(expect.arrayContaining([1, 4, 99]))
  })
  test('ids are there once', async () => {
    const events = await eventsOf(600)
    for (const of of [(one: Event) => one.metadata.uid, (one: Event) => one.finding_info.uid])
      expect(new Set(events.map(of)).size).toBe(events.length)
  })
})

test('built again it is the same, byte by byte', async () => {
  const build = () => bytesOf(ocsfEvents(madeFacts(), madeFindings(300)))
  expect((await build()).equals(await build())).toBe(true)
})
