// The credential report: cells with four ways to say "none", root alone when live, everybody when imported, and errors by line.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import { RollcallError } from '@/core/errors'
import type { Kind, Of } from '@/core/observation'
import aws from './collect'
import { parseReport } from './credential-report'
import { file } from './fixtures/export'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2026-09-30T12:00:00Z')
const answer = (await sampleTransport(NOW).send(
  'iam:GetCredentialReport',
  {},
  AbortSignal.timeout(5000),
)) as { Content: string }
const csv = answer.Content
const [HEAD = '', ROOT = '', ...USERS] = csv.trim().split('\n')
const open = (text: string | Uint8Array) => aws.openFile('aws-credential-report', file(text, '.csv'))
const refusal = async (text: string | Uint8Array): Promise<RollcallError> => {
  const error = await open(text).then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof RollcallError) return error
  throw new Error(`expected a refusal, got ${String(error)}`)
}
const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
  events
    .flatMap((e) => (e.type === 'observations' ? e.observations : []))
    .filter((o): o is Of<K> => o.kind === kind)
/** A row of `svc-x` with some cells set. */
const row = (cells: Record<string, string>): string => {
  const given: Record<string, string> = {
    user: 'svc-x',
    arn: 'arn:aws:iam::410258837719:user/svc-x',
    user_creation_time: '2024-01-01T00:00:00+00:00',
    password_enabled: 'false',
    mfa_active: 'false',
    access_key_1_active: 'false',
    access_key_2_active: 'false',
    cert_1_active: 'false',
    cert_2_active: 'false',
    ...cells,
  }
  return HEAD.split(',')
    .map((column) => given[column] ?? 'N/A')
    .join(',')
}

describe('imported', async () => {
  const { transport, report } = await open(csv)
  const events = await eventsOf(transport)
  const credentials = of(events, 'credential')

  test('users go by their ARN and keys by their slot', () => {
    const identities = of(events, 'identity')
    expect(identities).toHaveLength(19)
    const jenkins = identities.find((i) => i.name === 'svc-jenkins')!
    expect(jenkins).toMatchObject({
      nativeId: 'arn:aws:iam::410258837719:user/service/svc-jenkins',
      aliases: [],
      class: 'machine',
      tags: { state: 'unknown', why: 'not-offered' },
    })
    expect(
      credentials
        .filter((c) => c.identity.state === 'known' && c.identity.value === jenkins.nativeId)
        .map((c) => c.nativeId),
    ).toEqual([`${jenkins.nativeId}#access-key-1`, `${jenkins.nativeId}#access-key-2`])
  })
  test('people, machines and what is unclear are told apart', () => {
    const count = (as: string) => of(events, 'identity').filter((i) => i.class === as).length
    expect([count('human'), count('machine'), count('unclear')]).toEqual([4, 14, 1])
  })
  test('the root user has its key', () => {
    expect(credentials.find((c) => c.nativeId === '410258837719/root#access-key-1')).toMatchObject({
      enabled: { value: true },
      lastUsedWhere: { value: 'ec2 in us-east-1' },
      identity: { value: '410258837719/root' },
    })
  })
  test('a key that was never used is an answer, and a password the report does not speak of is none', () => {
    const key = credentials.find((c) => c.nativeId.includes('svc-datadog-old'))!
    expect(key.lastUsedAt.state).toBe('absent')
    expect(credentials.find((c) => c.nativeId === '410258837719/root/password')?.enabled).toMatchObject({
      state: 'unknown',
      why: 'not-offered',
    })
    expect(credentials.filter((c) => c.type === 'aws.console-password')).toHaveLength(5)
  })
  test('only its own stream is complete', () => {
    for (const event of events)
      if (event.type === 'coverage')
        for (const kind of Object.values(event.kinds))
          expect(kind.state, event.stream).toBe(event.stream === 'credential-report' ? 'complete' : 'partial')
  })
  test('what was understood is counted', () => {
    expect(report().understood).toEqual([
      { what: 'users', count: 18 },
      { what: 'passwords and access keys', count: 25 },
    ])
  })
})

test('live, the report gives only what no other stream has', async () => {
  const events = await eventsOf(sampleTransport(NOW))
  const seen = events.flatMap((e) =>
    e.type === 'observations' && e.stream === 'credential-report' ? e.observations : [],
  )
  expect(seen.map((o) => o.nativeId).sort()).toEqual([
    '410258837719/root#access-key-1',
    '410258837719/root/password',
  ])
})

describe('cells', () => {
  const key = async (cells: Record<string, string>) => {
    const { rows, issues } = await parseReport(
      `${HEAD}\n${row({ access_key_1_active: 'true', access_key_1_last_rotated: '2024-01-01T00:00:00+00:00', ...cells })}\n`,
    )
    expect(issues).toEqual([])
    return rows[0]!.keys[0]!
  }
  test.each([
    ['N/A', { state: 'absent' }],
    ['no_information', { state: 'absent', note: 'AWS has no use of it on record' }],
    ['not_supported', { state: 'unknown', why: 'not-offered' }],
    ['2025-06-01T10:00:00+02:00', { state: 'known', value: '2025-06-01T08:00:00.000Z' }],
    ['2025-06-01T10:00:00Z', { state: 'known', value: '2025-06-01T10:00:00.000Z' }],
  ])('last used %s', async (cell, expected) =>
    expect((await key({ access_key_1_last_used_date: cell })).usedAt).toMatchObject(expected),
  )

  test('a user name with a comma stays in its cell', async () => {
    const { rows, issues } = await parseReport(`${HEAD}\n${row({ user: '"a,b"' })}\n`)
    expect(issues).toEqual([])
    expect(rows[0]?.user).toBe('a,b')
  })
  test('columns in another order and new columns do not matter', async () => {
    const turned = [HEAD, ROOT, ...USERS].map(
      (line, n) => `${n ? 'x' : 'new_column'},${line.split(',').reverse().join(',')}`,
    )
    const { rows, issues } = await parseReport(turned.join('\r\n'))
    expect(issues).toEqual([])
    expect(rows.map((one) => one.user)).toEqual((await parseReport(csv)).rows.map((one) => one.user))
  })
})

describe('a broken file says where', () => {
  const other = row({ arn: 'arn:aws:iam::123456789012:user/svc-x' })
  test.each([
    ['empty', '', /file is empty/],
    ['only the header', HEAD, /has no rows/],
    ['HTML', '<html>', /web page/],
    ['JSON', '{"Content": "dXNlcg=="}', /This is JSON, not the decoded report/],
    ['still base64', Buffer.from(csv).toString('base64'), /still base64/],
    ['another CSV', 'name,age\nx,1\n', /^line 1: this is not a credential report/],
    ['a missing column', csv.replace('mfa_active', 'mfa'), /^line 1 lacks the column mfa_active/],
    ['a row that is too short', `${HEAD}\n${ROOT}\nsvc-x,arn`, /^line 3 has 2 columns instead of 22/],
    [
      'a date that is none',
      `${HEAD}\n${ROOT}\n${row({ access_key_1_last_used_date: 'yesterday' })}`,
      /^line 3, column access_key_1_last_used_date is not a date/,
    ],
    ['an ARN that is none', `${HEAD}\n${row({ arn: 'x' })}`, /^line 2, column arn is not the ARN/],
    ['a user twice', `${HEAD}\n${row({})}\n${row({})}`, /^line 3 repeats the user of line 2/],
    [
      'two accounts',
      `${HEAD}\n${ROOT}\n${other}`,
      /^line 3, column arn: belongs to account 123456789012, while line 2/,
    ],
    ['an open quote', `${HEAD}\n"${ROOT}`, /is not CSV/],
  ])('%s', async (_, text, says) => {
    const error = await refusal(text)
    expect(error.code).toBe('invalid')
    expect(error.message).toMatch(says)
  })
  test('a report in UTF-16 with a byte order mark is read', async () => {
    expect((await open(Buffer.from(`\ufeff${csv}`, 'utf16le'))).report().understood[0]).toEqual({
      what: 'users',
      count: 18,
    })
  })
})
