// An audit log as a file: who used what on which day, whatever the server, and nothing that it hashed or held back.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { collect, type Collected } from '@/core/collect'
import type { Of } from '@/core/observation'
import vault from './collect'
import { eventsOf, observationsOf, sessionOn } from './fixtures/recorded-world'
import { openAuditLog } from './import-audit'

const folder = mkdtempSync(join(tmpdir(), 'vault-audit-'))
const CLUSTER = '3397602a-d4e8-0b45-d73d-7c0dd929fb4d'
const HEADER = JSON.stringify({
  type: 'shamir',
  sealed: false,
  version: '1.8.0',
  cluster_id: CLUSTER,
  address: 'https://vault.acme.example:8200',
})
const RECORDED = {
  vault: readFileSync(`${import.meta.dirname}/fixtures/vault-audit.jsonl`, 'utf8'),
  openbao: readFileSync(`${import.meta.dirname}/fixtures/openbao-audit.jsonl`, 'utf8'),
}
let files = 0
function file(text: string | Buffer, ending = '.jsonl'): string {
  const path = join(folder, `log-${++files}${ending}`)
  writeFileSync(path, text)
  return path
}
const opened = (text: string) => openAuditLog(file(`${HEADER}\n${text}`))
async function usesOf(text: string): Promise<Of<'usage'>[]> {
  const { transport } = await opened(text)
  return observationsOf(await eventsOf(transport)).filter((o): o is Of<'usage'> => o.kind === 'usage')
}
const told = async (text: string) =>
  (await usesOf(text)).map(({ identity, what }) => `${identity}: ${what}`).sort()
const line = (more: Record<string, unknown>, request: Record<string, unknown> = {}) =>
  JSON.stringify({
    time: '2026-11-20T10:00:00.123456789Z',
    type: 'response',
    auth: { entity_id: 'e-1' },
    request: { operation: 'read', path: 'kv/data/a', namespace: { id: 'root' }, ...request },
    ...more,
  })

const PAYMENTS = {
  vault: '2262e814-0e75-c125-f74a-2b9d626079c5',
  openbao: 'b729294b-b7e1-1dc8-aaac-a4e9323a9719',
}
const RUNNER = {
  vault: '885ef190-78d3-cf9e-3785-2c885a8b4ad0',
  openbao: 'c0851fd5-da5f-4cc9-886d-967d24b5a834',
}
const SHOP = {
  vault: '06a15166-efb6-588f-8afb-df58c8442675',
  openbao: '4d70c57b-1ecc-3f38-2bc9-c25ec24200cc',
}
const JENKINS = {
  vault: '3488df39-cdd9-daa4-30cb-fd06f02f92ab',
  openbao: 'b88e5a77-2d0e-d104-61ab-50903cc31858',
}

describe.each(['vault', 'openbao'] as const)('the recorded log of %s', (server) => {
  test('tells sign-ins, reads, credentials handed out and denials', async () => {
    const found = await told(RECORDED[server])
    const payments = PAYMENTS[server]
    expect(found).toEqual(
      expect.arrayContaining([
        `${payments}: sign-in through auth/kubernetes`,
        'auth/kubernetes/role/payments-api: sign-in through auth/kubernetes',
        `${payments}: read on kv/…`,
        `${payments}: denied read on kv/…`,
        `${payments}: credential from database/creds/payments-ro`,
        `${payments}: token renewed`,
        `${RUNNER[server]}: sign-in through auth/approle`,
        'auth/approle/role/ci-runner: sign-in through auth/approle',
        `${SHOP[server]}: sign-in through auth/jwt-github`,
        'auth/jwt-github/role/shop-prod: sign-in through auth/jwt-github',
        `${JENKINS[server]}: sign-in through auth/userpass`,
        'auth/userpass/users/svc-jenkins: sign-in through auth/userpass',
        `${CLUSTER}/root: write on kv/…`,
      ]),
    )
    expect(JSON.stringify(found)).not.toContain('hmac')
  })
  test('reports what was read and what was not', async () => {
    const report = (await opened(RECORDED[server])).report()
    expect(report.understood.map(({ what }) => what)).toEqual(['answers', 'uses, by identity, deed and day'])
    expect(report.ignored.map(({ what }) => what)).toEqual(['request lines', 'lines of nobody'])
  })
})
test('roles and entities are named as a live read names them', async () => {
  const uses = await usesOf(RECORDED.vault)
  expect(uses.map(({ identity }) => identity)).toContain('auth/kubernetes/role/payments-api')
  expect(uses.find(({ what }) => what.startsWith('denied'))).toMatchObject({
    nativeId: `${PAYMENTS.vault}|denied read on kv/…|2026-11-22`,
    at: '2026-11-22T05:58:47.721Z',
  })
})

describe('a line', () => {
  test.each([
    [
      'many of a day are one, with the last of them',
      [line({}), line({ time: '2026-11-20T23:00:00Z' }), line({ time: '2026-11-20T01:00:00Z' })],
      ['e-1: read on kv/…'],
    ],
    [
      'of two days are two',
      [line({}), line({ time: '2026-11-21T10:00:00Z' })],
      ['e-1: read on kv/…', 'e-1: read on kv/…'],
    ],
    [
      'of a token made by a role is of the role as well',
      [line({}, { operation: 'update', path: 'auth/token/create/deploy' })],
      ['auth/token/roles/deploy: token made by role deploy', 'e-1: token made by role deploy'],
    ],
    ['that failed otherwise', [line({ error: 'internal' })], ['e-1: failed read on kv/…']],
    [
      'denied by what the policies said',
      [line({ auth: { entity_id: 'e-1', policy_results: { allowed: false } } })],
      ['e-1: denied read on kv/…'],
    ],
    [
      'of a mount deeper down',
      [line({}, { path: 'team/kv/data/x', mount_point: 'team/kv/' })],
      ['e-1: read on team/kv/…'],
    ],
    [
      'about the server',
      [line({}, { operation: 'list', path: 'sys/policies/acl' })],
      ['e-1: list on sys/policies'],
    ],
    [
      'of a sign-in with a password that failed',
      [
        line(
          { auth: null, error: 'invalid' },
          { operation: 'update', path: 'auth/userpass/login/alice', mount_type: 'userpass' },
        ),
      ],
      ['auth/userpass/users/alice: failed sign-in through auth/userpass'],
    ],
  ])('%s', async (_, lines, expected) => expect(await told(lines.join('\n'))).toEqual(expected))
  test('keeps no path below the mount, where a token or the name of a secret may stand', async () => {
    const token = 's.canary1234567890abcdefgh'
    const found = await told(
      [line({}, { path: `auth/token/lookup/${token}` }), line({}, { path: `cubbyhole/${token}` })].join('\n'),
    )
    expect(found).toEqual(['e-1: read on cubbyhole/…', 'e-1: token looked up'])
  })
  test('of another namespace is of its own scope', async () => {
    const { transport } = await opened(line({}, { namespace: { id: 'x', path: 'team-data/' } }))
    const events: Collected[] = []
    for await (const event of collect(
      vault as unknown as Parameters<typeof collect>[0],
      sessionOn(transport),
      '2026-11-22T08:00:00Z',
    ))
      events.push(event)
    expect(events.flatMap((e) => (e.type === 'scope' ? [e.scope] : []))).toMatchObject([
      {
        nativeId: `${CLUSTER}/team-data`,
        name: 'vault.acme.example:8200/team-data',
        authorities: expect.arrayContaining(['vault:vault.acme.example:8200']),
      },
    ])
  })
  test('more than a page are all told', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => line({ auth: { entity_id: `e-${n}` } }))
    expect(await usesOf(lines.join('\n'))).toHaveLength(2500)
  })
})

describe('a file', () => {
  test('tells nothing but uses, and retires nothing else', async () => {
    const { transport } = await opened(RECORDED.vault)
    const kinds = (await eventsOf(transport)).flatMap((e) =>
      e.type === 'coverage' ? Object.entries(e.kinds).map(([k, c]) => [k, c.state] as const) : [],
    )
    // Uses included: a log has no word on what was done before and after it.
    expect(kinds.filter(([, state]) => state === 'complete')).toEqual([])
  })
  test('may be packed', async () => {
    const { report } = await openAuditLog(file(gzipSync(`${HEADER}\n${line({})}\n`), '.jsonl.gz'))
    expect(report().understood[0]).toEqual({ what: 'answers', count: 1 })
  })
  test('may end in the middle of a line, as a log does that is being written', async () => {
    const { report } = await opened(`${line({})}\n${line({}).slice(0, 40)}`)
    expect(report().ignored).toEqual([{ what: 'last line', why: 'it was cut short', count: 1 }])
  })
  test.each([
    ['without saying of which server', `${line({})}\n`, /line 1: does not say which server.*vault status/],
    [
      'with a header without its address',
      `${JSON.stringify({ cluster_id: 'x', version: '1' })}\n`,
      /line 1: does not say/,
    ],
    ['that is empty', '', /empty/],
    [
      'with something else in it',
      `${HEADER}\n${line({})}\nnot a line\n${line({})}\n`,
      /line 3: this is not a line/,
    ],
    ['in another form', `${HEADER}\n{"time":"yesterday"}\n${line({})}\n`, /line 2: this is not a line/],
  ])('%s is refused', async (_, text, message) => {
    await expect(openAuditLog(file(text))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    })
  })
  test('that is no gzip, or is not there, is refused', async () => {
    await expect(openAuditLog(file('plain', '.gz'))).rejects.toMatchObject({
      message: expect.stringContaining('not gzip'),
    })
    await expect(openAuditLog(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'not-found' })
  })
})
