// What notices say, in text and in HTML: the same, nothing that is obeyed, nothing that is fetched.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Content } from './content'
import { html } from './html'
import { instantWords } from './instant-words'
import { NOTICE_KINDS, kindOf, type DataOf, type KindName } from './kinds'
import { writeDigest, writeOne, type Reader } from './write-out'

const reader: Reader = { baseUrl: 'https://rollcall.example', zone: 'Europe/Berlin', settings: 'own' }
const ID = '00000000-0000-4000-8000-000000000001'
const UNTIL = '2026-06-05T00:00:00.000Z'
const exception = { id: ID, about: 'deploy, by one rule', until: UNTIL }
const review = { campaignId: ID, name: 'Spring', dueAt: UNTIL }
const removal = { campaignId: ID, identity: 'deploy', kind: 'remove', decidedAt: UNTIL } as const
const delivery = { id: ID, title: 'PCI every quarter' }
const quarter = { from: '2026-07-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' }
const audited = { id: ID, audit: 'Year 2026', item: ID, title: 'Who approved it?', by: 'Ann' }
const SAMPLES: { [K in KindName]: DataOf<K> } = {
  'exception.asked': { ...exception, by: 'Ann', reason: 'It goes in March.', covered: 3 },
  'exception.approved': { ...exception, by: 'Bob', note: null },
  'exception.refused': { ...exception, by: 'Bob', note: 'No.' },
  'exception.ending': { ...exception, covered: 3 },
  'review.begins': { ...review, items: 3, riskiest: ['root', 'deploy'] },
  'review.event': { ...review, cause: 'Its owner has left', items: 1, riskiest: ['root'] },
  'review.handed-over': { ...review, items: 2, by: 'Ann', reason: 'It is of your team.' },
  'review.second-look': { ...review, items: 2 },
  'review.link': review,
  'review.reminder': { ...review, open: 3, decided: 1, second: 1, riskiest: ['root'], days: 3 },
  'campaign.began': { ...review, items: 34, reviewers: 2, unreached: 1 },
  'campaign.reviewers-overdue': { ...review, reviewers: 2, open: 5, high: 1 },
  'campaign.overdue': {
    ...review,
    reviewers: 2,
    open: 5,
    high: 1,
    exceptionAt: UNTIL,
    accountable: 'Mia',
  },
  'campaign.excepted': { ...review, items: 5, high: 1, accountable: 'Mia' },
  'campaign.signed': { ...review, by: 'Ann', items: 5, left: 0 },
  'campaign.cards-wait': { waiting: 9800, perDay: 200, byCause: ['Its owner has left: 9,800'] },
  'remediation.verified': removal,
  'remediation.still-there': { ...removal, kind: 'reduce' },
  'pack.sealed': { id: ID, title: 'Quarter 3', sha256: '9f'.repeat(32), complete: false, until: UNTIL },
  'pack.failed': { id: ID, title: 'Quarter 3', why: 'The disk is full.' },
  'delivery.delivered': {
    ...delivery,
    ...quarter,
    name: 'quarter-3.zip',
    place: 'folder audit',
    sha256: '9f'.repeat(32),
    complete: false,
  },
  'delivery.failed': { ...delivery, ...quarter, why: 'The folder audit: its disk is full.' },
  'delivery.stopped': { ...delivery, why: 'It asks as Ann, who has no account in use any more.' },
  'audit.asked': { ...audited, due: UNTIL },
  'audit.ready': audited,
  'audit.answered': audited,
  'run.failed': { connectionId: ID, runId: ID, source: 'production', error: 'It did not answer.' },
  'source.stale': { scope: 'production', seenAt: UNTIL, since: UNTIL },
  'channel.test': { channel: 'Mail', by: 'Ann' },
}
const contentOf = (name: string): Content => {
  const kind = kindOf(name)
  if (!kind) throw new Error(name)
  return kind.content(kind.data.parse(SAMPLES[name as KindName]))
}
/** What a person reads of a page, with the addresses that its links lead to. */
const readable = (page: string) =>
  page
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2 $1')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
const wordsOf = (text: string) => new Set(text.match(/[\p{L}\d]+/gu) ?? [])

describe.each(Object.keys(NOTICE_KINDS))('%s', (name) => {
  const content = contentOf(name)
  const written = writeOne(content, reader)
  test('says what it is about, why one gets it, and where to look', () => {
    expect(written.subject).toBe(content.subject)
    for (const text of [written.text, readable(written.html)]) {
      expect(text).toContain(content.why)
      expect(text).toContain(`https://rollcall.example${content.link.path}`)
      if (content.due) expect(text).toContain(instantWords(content.due.at, reader.zone))
    }
  })
  test('says the same in text and in HTML', () => {
    expect([...wordsOf(readable(written.html))].sort()).toEqual([...wordsOf(written.text)].sort())
  })
  test('fetches nothing and follows nobody', () => {
    expect(written.html).not.toMatch(
      /<(img|script|link|style|iframe|form|object|video|svg)\b|src=|url\(|@import/i,
    )
    const addresses = [...written.html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => new URL(address))
    expect(new Set(addresses.map(({ host, search }) => host + search))).toEqual(new Set(['rollcall.example']))
  })
})

test('the mail of a day has each of them, and counts what it does not show', () => {
  const names = Object.keys(NOTICE_KINDS)
  const few = writeDigest(names.map(contentOf), reader)
  expect(few.subject).toBe(`${names.length} notices from Rollcall`)
  for (const name of names)
    for (const text of [few.text, readable(few.html)]) expect(text).toContain(contentOf(name).subject)
  const many = writeDigest(
    Array.from({ length: 57 }, () => contentOf('source.stale')),
    reader,
  )
  expect(many.text).toContain('And 7 more.')
  expect(many.html.match(/<h2>/g)).toHaveLength(50)
})

test('whatever stands in a notice is text', () => {
  const evil = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=y>',
      "' onclick='x",
      '&lt;b&gt;',
      'a\r\nBcc: x',
    ),
  )
  const plain = writeOne(contentOf('exception.asked'), reader).html.replaceAll(/>[^<]*</g, '><')
  fc.assert(
    fc.property(evil, evil, evil, (about, by, reason) => {
      const { data, content } = NOTICE_KINDS['exception.asked']
      const told = writeOne(content(data.parse({ ...SAMPLES['exception.asked'], about, by, reason })), reader)
      // The tags are those of an ordinary notice, whatever was said.
      expect(told.html.replaceAll(/>[^<]*</g, '><')).toBe(plain)
      expect(told.subject).not.toMatch(/[\r\n\0]/)
      expect(told.subject.length).toBeLessThanOrEqual(200)
    }),
  )
  expect(html`<i title="${`"'<&>`}">${'<b>'}</i>`.source).toBe(
    '<i title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;</i>',
  )
})

test.each([
  ['Europe/Berlin', 'Friday 5 June 2026 at 02:00 (Europe/Berlin), 2026-06-05 00:00 UTC'],
  ['America/New_York', 'Thursday 4 June 2026 at 20:00 (America/New_York), 2026-06-05 00:00 UTC'],
  ['Asia/Kathmandu', 'Friday 5 June 2026 at 05:45 (Asia/Kathmandu), 2026-06-05 00:00 UTC'],
  ['UTC', '2026-06-05 00:00 UTC'],
])('an instant is told in %s and in UTC', (zone, words) => {
  expect(instantWords(UNTIL, zone).replace(/(\w+),? (\d)/, '$1 $2')).toBe(words)
})

test('a channel is told why it gets something in other words', () => {
  const written = writeOne(contentOf('run.failed'), { ...reader, settings: 'channel' })
  expect(written.text).toContain('This channel takes notices of this kind.')
  expect(written.text).not.toContain('because you')
})
