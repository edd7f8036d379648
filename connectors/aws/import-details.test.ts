// Importing an exported account: the same mapping as live, nothing retired for what a file does not hold, and clear errors.
import { ReadStream } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Collected } from '@/core/collect'
import { RollcallError } from '@/core/errors'
import type { Kind, Of } from '@/core/observation'
import aws from './collect'
import { bulkExport, bulkRole, file, jsonFile, sampleExport, type Export } from './fixtures/export'
import { eventsOf } from './fixtures/recorded-world'
import { openDetails } from './import-details'
import { sampleTransport } from './sample'
import { REMOVED } from '@/core/secret-like'

const NOW = new Date('2026-09-30T12:00:00Z')
const exported = await sampleExport(NOW)
const FORMAT = 'aws-authorization-details'
const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
  events
    .flatMap((e) => (e.type === 'observations' ? e.observations : []))
    .filter((o): o is Of<K> => o.kind === kind)
const coverage = (events: readonly Collected[], stream: string) =>
  events.flatMap((e) => (e.type === 'coverage' && e.stream === stream ? [e.kinds] : []))[0]!
const collected = async (path: string) => {
  const { transport, report } = await aws.openFile(FORMAT, path)
  const events = await eventsOf(transport)
  await transport.close?.()
  return { events, report: report() }
}
const withRole = (change: Record<string, unknown>): Export => ({
  ...exported,
  RoleDetailList: [
    ...exported.RoleDetailList,
    { ...bulkRole(1), Arn: 'arn:aws:iam::410258837719:role/bulk/bulk-1', ...change },
  ],
})
const refusal = async (path: string, max?: number): Promise<RollcallError> => {
  const error = await openDetails(path, max).then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof RollcallError)) throw new Error(`expected a refusal, got ${String(error)}`)
  expect(error.message).not.toMatch(/\/tmp|aws-import-/)
  return error
}
const withoutUse = (one: object) => ({ ...one, exercised: undefined })
afterEach(() => vi.restoreAllMocks())

describe('a whole export', async () => {
  const { events, report } = await collected(jsonFile(exported))
  const live = await eventsOf(sampleTransport(NOW))

  test('gives the identities, grants, trust and owners that a live look gives', () => {
    for (const kind of ['grant', 'trust', 'owner-hint'] as const) {
      expect(of(events, kind).length).toBeGreaterThan(50)
      // Associations of service accounts are not in the file.
      const told = of(live, kind).filter((o) => !o.nativeId.includes(':podidentityassociation/'))
      // Nor is what of them was used: that is asked of AWS alone.
      expect(of(events, kind).map(withoutUse)).toEqual(told.map(withoutUse))
    }
    const uses = of(events, 'grant').flatMap(({ exercised }) => exercised ?? [])
    expect(uses.length).toBeGreaterThan(50)
    expect(uses.filter((one) => one.state !== 'unknown' || one.why !== 'not-offered')).toEqual([])
    expect(of(events, 'identity').map((i) => [i.nativeId, i.name, i.aliases])).toEqual(
      of(live, 'identity').map((i) => [i.nativeId, i.name, i.aliases]),
    )
    expect(events[0]).toMatchObject({
      type: 'scope',
      scope: { nativeId: '410258837719', name: '410258837719' },
    })
  })

  test('has facts it cannot know as unknown, and not as none', () => {
    const role = of(events, 'identity').find((i) => i.type === 'aws.iam-role')!
    expect(role.maxSessionSeconds).toMatchObject({ state: 'unknown', why: 'not-offered' })
    const user = of(events, 'identity').find((i) => i.type === 'aws.iam-user')!
    expect(user).toMatchObject({ class: 'unclear', lastUsedAt: { state: 'unknown', why: 'not-offered' } })
  })

  test('calls complete only what it holds', () => {
    const states = Object.fromEntries(
      Object.entries(coverage(events, 'principals')).map(([kind, c]) => [kind, c!.state]),
    )
    expect(states).toEqual({
      identity: 'complete',
      grant: 'complete',
      trust: 'complete',
      'owner-hint': 'complete',
      entitlement: 'complete',
    })
    for (const stream of Object.keys(aws.streams).filter((name) => name !== 'principals'))
      for (const kind of Object.values(coverage(events, stream)))
        expect(kind, stream).toMatchObject({ state: 'partial', why: 'not-offered' })
  })

  test('takes policies of AWS from the file, those that somebody holds', () => {
    const byName = new Map(of(events, 'entitlement').map((e) => [e.name, e]))
    expect(byName.get('AdministratorAccess')).toMatchObject({
      managedBy: 'provider',
      document: { state: 'known' },
    })
    expect(byName.has('NobodyHasThis')).toBe(false)
    expect(byName.get('ReadOnlyAccess')?.document).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })

  test('reports what was understood', () => {
    expect(report.understood).toEqual([
      { what: 'users', count: 18 },
      { what: 'groups', count: 3 },
      { what: 'roles', count: 57 },
      { what: 'managed policies', count: 9 },
    ])
    expect(report.ignored).toEqual([
      { what: 'older policy versions', why: 'only the version in effect counts', count: 2 },
    ])
    expect(report.dropped).toEqual([])
  })
})

describe('encodings', () => {
  const text = JSON.stringify(exported)
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a byte order mark, as PowerShell writes', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with one', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    const { events } = await collected(file(bytes))
    expect(of(events, 'identity')).toHaveLength(76)
    const hint = of(events, 'owner-hint').find((h) => h.value.startsWith('j'))
    expect(hint?.value).toBe('jürgen.größer@halden.example')
  })
  test('a Latin-1 file is refused, not filled with question marks', async () => {
    expect((await refusal(file(Buffer.from(text, 'latin1')))).message).toMatch(
      /not UTF-8 text.*Save it as UTF-8/,
    )
  })
})

describe('planted secrets', async () => {
  const SECRETS = [
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'ghp_0123456789abcdefghijABCDEFGHIJ',
    'hunter2222',
  ]
  const planted = withRole({
    Description: `password=${SECRETS[3]}`,
    Tags: [
      { Key: 'note', Value: SECRETS[0] },
      { Key: 'owner', Value: SECRETS[1] },
    ],
    RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: [], Token: SECRETS[2] } }],
    SecretAccessKey: SECRETS[1],
    Favourite: 'tea',
  })
  const { events, report } = await collected(jsonFile(planted))

  test('come out nowhere', () => {
    for (const secret of SECRETS) expect(JSON.stringify([events, report])).not.toContain(secret)
    expect(of(events, 'identity').find((i) => i.name === 'bulk-1')?.tags).toMatchObject({
      value: { note: REMOVED, owner: REMOVED },
    })
  })
  test('are counted by path', () => {
    expect(report.dropped).toEqual(
      expect.arrayContaining([
        { path: '$.RoleDetailList[].SecretAccessKey', count: 1 },
        { path: '$.RoleDetailList[].Description', count: 1 },
        { path: '$.RoleDetailList[].Tags[].Value', count: 2 },
        { path: '$.RoleDetailList[].RolePolicyList[].PolicyDocument.Token', count: 1 },
      ]),
    )
    expect(report.ignored).toContainEqual({
      what: '$.RoleDetailList[].Favourite',
      why: 'not a field that is needed',
      count: 1,
    })
  })
})

describe('what a file leaves out is not gone', () => {
  test.each([
    ['UserDetailList', ['identity', 'grant', 'owner-hint', 'entitlement']],
    ['RoleDetailList', ['identity', 'trust', 'grant', 'owner-hint', 'entitlement']],
    ['Policies', ['entitlement']],
    ['GroupDetailList', ['grant', 'entitlement']],
  ])('an empty %s, as a filter makes it', async (list, kinds) => {
    for (const partial of [
      { ...exported, [list]: [] },
      Object.fromEntries(Object.entries(exported).filter(([name]) => name !== list)),
    ]) {
      const { events } = await collected(jsonFile(partial))
      const states = Object.entries(coverage(events, 'principals')).filter(([, c]) => c!.state === 'partial')
      expect(states.map(([kind]) => kind).sort()).toEqual([...kinds].sort())
    }
  })
})

describe('repeated elements', () => {
  const [first] = exported.RoleDetailList
  test('that say the same are counted and given once', async () => {
    const { events, report } = await collected(
      jsonFile({ ...exported, RoleDetailList: [...exported.RoleDetailList, first] }),
    )
    expect(report.ignored).toContainEqual({
      what: 'repeated element',
      why: 'an earlier one says the same',
      count: 1,
    })
    expect(report.understood).toContainEqual({ what: 'roles', count: 57 })
    expect(of(events, 'identity')).toHaveLength(76)
  })
  test('that say something else name both places', async () => {
    const changed = {
      ...exported,
      RoleDetailList: [...exported.RoleDetailList, { ...first, RoleName: 'other' }],
    }
    expect((await refusal(jsonFile(changed))).message).toBe(
      '$.RoleDetailList[57]: has the same RoleId as $.RoleDetailList[0] but says something else',
    )
  })
})

describe('a broken file says where', () => {
  const text = JSON.stringify(exported, null, 2)
  const bulk = bulkRole(1)
  const cases: [what: string, path: () => string, says: RegExp][] = [
    ['empty', () => file(''), /file is empty/],
    ['only blanks', () => file('  \n\n '), /file is empty/],
    ['a web page', () => file('<!doctype html><html>'), /web page \(HTML\)/],
    ['the credential report', () => file('user,arn,user_creation_time\n'), /credential report \(CSV\)/],
    ['a table', () => file('----\n| GetAccount |'), /not JSON.*--output json/],
    ['YAML', () => file('UserDetailList:\n- Arn: x'), /not JSON/],
    ['a list', () => jsonFile([exported]), /^\$: is a list/],
    [
      'cut short',
      () => file(text.slice(0, text.indexOf('"RoleDetailList"') + 9000)),
      /ends in the middle, after \$\.RoleDetailList\[\d+\]: it was cut short/,
    ],
    [
      'cut in the first element',
      () => file(text.slice(0, 40)),
      /ends in the middle, before the first element/,
    ],
    [
      'a stray character',
      () => file(text.replace('"GroupDetailList"', '§"GroupDetailList"')),
      /^line \d+, column \d+: this is not JSON \(after \$\.UserDetailList\[17\]\)/,
    ],
    ['a comma too many', () => file('{"UserDetailList": [,]}'), /not JSON/],
    ['two outputs in one file', () => file(text + text), /not JSON/],
    ['another command', () => jsonFile({ Roles: [bulk] }), /holds no users, groups, roles or policies/],
    [
      'an empty account',
      () => jsonFile({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }),
      /holds no users/,
    ],
    [
      'a list that is an object',
      () => jsonFile({ RoleDetailList: { a: bulk } }),
      /^\$\.RoleDetailList: must be a list/,
    ],
    [
      'a role without id',
      () => jsonFile(withRole({ RoleId: undefined })),
      /^\$\.RoleDetailList\[57\]\.RoleId: missing$/,
    ],
    ['a role that is null', () => jsonFile({ RoleDetailList: [null] }), /^\$\.RoleDetailList\[0\]:/],
    [
      'a tag without key',
      () => jsonFile(withRole({ Tags: [{ Value: 'x' }] })),
      /^\$\.RoleDetailList\[57\]\.Tags\[0\]\.Key:/,
    ],
    [
      'a date without zone',
      () => jsonFile(withRole({ CreateDate: '2024-01-01T00:00:00' })),
      /^\$\.RoleDetailList\[57\]\.CreateDate: must be an ISO 8601 date/,
    ],
    [
      'a NUL in a name',
      () => jsonFile(withRole({ RoleName: 'a\0b' })),
      /RoleName: holds characters that cannot be stored/,
    ],
    [
      'an ARN of something else',
      () => jsonFile(withRole({ Arn: 'arn:aws:s3:::bucket' })),
      /^\$\.RoleDetailList\[57\]\.Arn: is not an ARN of IAM/,
    ],
    [
      'another account',
      () => jsonFile(withRole({ Arn: bulk['Arn'] })),
      /^\$\.RoleDetailList\[57\]\.Arn: belongs to account 123456789012, while \$\.UserDetailList\[0\] belongs to 410258837719/,
    ],
    ['a first part', () => jsonFile({ ...exported, NextToken: 'abc' }), /only the first part.*--max-items/],
    [
      'a first page',
      () => jsonFile({ ...exported, IsTruncated: true, Marker: 'abc' }),
      /only the first part/,
    ],
  ]
  test.each(cases)('%s', async (_, path, says) => {
    const error = await refusal(path())
    expect(error.code).toBe('invalid')
    expect(error.message).toMatch(says)
  })

  test('an explicit "not truncated" is fine', async () => {
    expect(
      (await collected(jsonFile({ ...exported, IsTruncated: false, Marker: null }))).report.understood,
    ).toHaveLength(4)
  })
  test('the column is right', async () => {
    const path = file('{\n "UserDetailList": [],\n "RoleDetailList" ? []\n}')
    expect((await refusal(path)).message).toMatch(/^line 3, column 19:/)
  })
  test('many mistakes are listed, up to a limit', async () => {
    const error = await refusal(jsonFile({ RoleDetailList: Array.from({ length: 500 }, () => ({})) }))
    expect(error.issues).toHaveLength(20)
    expect(error.issues[0]).toEqual({ path: '$.RoleDetailList[0].RoleId', message: 'missing' })
  })
  test('no file, a folder, an unknown format, and too large a file', async () => {
    expect((await refusal('/nowhere/x.json')).code).toBe('not-found')
    expect((await refusal(import.meta.dirname)).code).toBe('not-found')
    expect(await refusal(jsonFile(exported), 1024)).toMatchObject({
      code: 'limited',
      message: expect.stringContaining('Connect the account instead'),
    })
    await expect(aws.openFile('aws-nothing', jsonFile(exported))).rejects.toMatchObject({ code: 'not-found' })
  })
  test('a file that changes after the check ends partial', async () => {
    const path = jsonFile(exported)
    const { transport } = await openDetails(path)
    const { writeFileSync } = await import('node:fs')
    writeFileSync(path, '{"UserDetailList": [{]}')
    const events = await eventsOf(transport)
    const kinds = Object.values(coverage(events, 'principals'))
    expect(kinds.every((c) => c!.state === 'partial')).toBe(true)
    expect(JSON.stringify(kinds)).toContain('changed or went away')
  })
})

test('a large file is read in pieces: never more than a little is held, and no list is read past its end', async () => {
  const bulk = await bulkExport(16 * 1024 * 1024)
  let chunks = 0
  let largest = 0
  const push = ReadStream.prototype.push
  vi.spyOn(ReadStream.prototype, 'push').mockImplementation(function (
    this: ReadStream,
    chunk: unknown,
    encoding,
  ) {
    if (chunk instanceof Uint8Array) {
      chunks++
      largest = Math.max(largest, chunk.length)
    }
    return push.call(this, chunk, encoding)
  })
  const { transport, report } = await openDetails(bulk.path)
  expect(report().understood).toEqual([{ what: 'roles', count: bulk.roles }])
  let most = 0
  const events = await eventsOf({
    async send(permission, params, signal) {
      const answer = (await transport.send(permission, params, signal)) as { RoleDetailList?: unknown[] }
      most = Math.max(most, answer.RoleDetailList?.length ?? 0)
      return answer
    },
    explain: transport.explain,
  })
  expect(of(events, 'identity').filter((i) => i.type === 'aws.iam-role')).toHaveLength(bulk.roles)
  expect(largest).toBeLessThanOrEqual(256 * 1024)
  expect(most).toBe(100)
  // Two passes: the check, and the one list that holds anything.
  expect(chunks).toBeLessThan((2.2 * bulk.bytes) / (256 * 1024) + 10)
}, 60_000)
