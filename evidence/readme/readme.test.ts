// The README of a pack says what the facts say, and nothing in them can become part of the page.
import { describe, expect, test } from 'vitest'
import type { ControlResult, ReportFacts } from '../report/facts'
import { cssText } from './html'
import { readmeHtml } from './readme'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style><script>alert(2)</script>',
  "'; } @import url(https://evil.example/x.css); {",
  '&lt;b&gt;',
  '\u202egnp.exe',
  'a\u0000b',
]
const control: ControlResult = {
  framework: { id: 'csf', title: 'NIST CSF', version: '2.0' },
  control: 'PR.AA-05',
  title: 'Access is managed',
  text: 'Access permissions are managed.',
  state: 'failing',
  population: 1234,
  rules: [
    {
      ...{ id: 'identity-dormant', title: 'Dormant', severity: 'medium', revisions: ['ab'.repeat(32)] },
      ...{ parameters: 'Days: 90', blindSpot: 'What nobody records', pass: 1000, fail: 30, excepted: 4 },
      ...{ unknown: 200, notAsked: 4 },
    },
  ],
  gaps: ['usage of prod was not seen whole'],
  signOffs: [
    { campaign: 'Spring', by: 'Mia', at: '2026-09-01T10:00:00.000Z', decisions: 7, statement: 'I looked.' },
  ],
}
const facts: ReportFacts = {
  title: 'Quarter 3',
  product: { name: 'Rollcall', version: '0.1.0' },
  by: 'Otto Auditor',
  asOf: { valid: '2026-09-30T23:59:59.999Z', known: '2026-10-05T00:00:00.000Z' },
  period: { from: '2026-07-01T00:00:00.000Z', to: '2026-09-30T23:59:59.999Z' },
  scope: ['Class: machine'],
  redacted: [],
  complete: false,
  gaps: ['credential of prod was not seen whole (denied, iam:ListAccessKeys)', 'second gap'],
  totals: { identities: 1234, credentials: 56, failing: 30, unknown: 200, excepted: 4 },
  controls: [control],
  sources: [
    {
      ...{ connection: 'AWS', connector: 'aws', scope: 'prod', scopeNativeId: '123', kind: 'identity' },
      ...{ read: 10, held: 12, excluded: [{ count: 2, why: 'not explained: a gap' }] },
      ...{ refused: [{ call: 'list', permission: 'iam:ListUsers', times: 3 }], state: 'partial' as const },
    },
  ],
  exceptions: [
    {
      id: 'e1',
      reason: 'migration',
      askedBy: 'Ann',
      approvedBy: 'Bo',
      findings: 4,
      until: '2026-12-31T23:59:59.999Z',
    },
  ],
  files: [{ name: 'population.csv', about: 'Who', rows: 1234 }],
  method: ['It was read.'],
}

/** All of it replaced by one text, numbers and instants apart. */
const withText = (value: unknown, text: string): unknown => {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT|^(failing|partial)$/.test(value) ? value : text
  if (Array.isArray(value)) return value.map((one) => withText(one, text))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withText(one, text)]))
  return value
}
const plain = (page: string) => page.replace(/<style>[^]*?<\/style>/, '').replace(/<[^>]*>/g, ' ')

describe('what it says', () => {
  const page = readmeHtml(facts)
  const tight = page.replace(/\s*\n\s*/g, '')
  test('scope, moment, counts, and that it is incomplete, with why', () => {
    const text = plain(page)
    for (const words of [
      'Quarter 3',
      '2026-09-30 23:59:59 UTC',
      'as it was known at 2026-10-05 00:00:00 UTC',
      'Class: machine',
      'INCOMPLETE: credential of prod was not seen whole',
      'second gap',
      'PR.AA-05',
      '1,234',
      'What nobody records',
      'iam:ListUsers × 3',
      '2: not explained: a gap',
      'Mia, 2026-09-01 10:00:00 UTC: 7 decisions',
      'population.csv',
    ])
      expect(text).toContain(words)
  })
  test('what the source does not say is unknown, and not none', () => {
    expect(tight).toMatch(/<td class="n">unknown<\/td><td class="n">10<\/td><td class="n">12<\/td>/)
  })
  test('a pack that is whole has no mark', () => {
    expect(readmeHtml({ ...facts, complete: true, gaps: [] })).not.toContain('INCOMPLETE')
  })
  test('the mark stands in the head that is repeated on each printed page', () => {
    expect(tight).toMatch(/<thead aria-hidden="true"><tr><td><p>INCOMPLETE: /)
  })
  test('nothing of it is fetched or run, and the same facts are the same page', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|src=|url\(|@import|https?:\/\//)
    expect(readmeHtml(structuredClone(facts))).toBe(page)
  })
})

describe('hostile names', () => {
  const tags = (page: string) =>
    [...page.matchAll(/<\/?([a-z0-9]+|!doctype)/gi)].map(([tag]) => tag.toLowerCase())
  const usual = tags(readmeHtml(withText(facts, 'name') as ReportFacts))
  test.each(HOSTILE)('%j everywhere leaves the page as it is', (text) => {
    const page = readmeHtml(withText(facts, text) as ReportFacts)
    expect(tags(page)).toEqual(usual)
    expect(page.match(/<style>([^]*?)<\/style>/)?.[1]).not.toMatch(/@import|url\(|</)
    for (const char of ['\u0000', '\u202e']) expect(page.includes(char)).toBe(false)
  })
  test('a text in the style sheet cannot leave its quotes', () => {
    expect(cssText('a"; } b\\').text).toBe('"a\\22 \\3b  \\7d  b\\5c "')
  })
})
