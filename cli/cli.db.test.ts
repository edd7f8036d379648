// The command line as a shell meets it: what it prints where, and how it ends.
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleTransport } from '@/connectors/aws/sample'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { estate, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { runCli, type Ended } from '@/tests/run-cli'

const ROOT = path.dirname(import.meta.dirname)
const FORMAT = 'aws-credential-report'
// The test runner uses this name for something else.
process.env.BASE_URL = 'http://localhost:3000'
process.env.USER = 'tester'

const run = runCli
const json = async (args: string[]) => {
  const ended = await run([...args, '--json'])
  return { ...ended, answer: JSON.parse(ended.out || 'null') as Record<string, unknown> }
}

/** As a shell starts it. @param readOnly so many characters are read, as `| head` does */
function shell(args: string[], readOnly = Infinity): Promise<Ended> {
  const command = ['--import', 'tsx', path.join(ROOT, 'cli', 'main.ts'), ...args]
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
    if (out.length >= readOnly) child.stdout.destroy()
  })
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

let file: string

beforeAll(async () => {
  const to = await connection()
  await look(to, { at: '2026-06-01T00:00:00.000Z', streams: estate(120) })
  const evil = identity('evil', { name: '\u001b[2Jevil\nname' })
  await look(to, {
    at: '2026-06-01T00:00:00.000Z',
    scopes: ['s2'],
    streams: { main: { observations: [evil] } },
  })
  const report = await sampleTransport(new Date()).send(
    'iam:GetCredentialReport',
    {},
    AbortSignal.timeout(5000),
  )
  file = path.join(mkdtempSync(path.join(tmpdir(), 'cli-test-')), 'report.csv')
  writeFileSync(file, (report as { Content: string }).Content)
})

afterAll(closeSender)

describe('lists', () => {
  test('for people: a table, how many, and what it rests on', async () => {
    const { code, out, err } = await run(['identities', '--class', 'human', '--limit', '5'])
    const lines = out.trimEnd().split('\n')
    expect([code, err]).toEqual([0, ''])
    expect(lines[0]).toMatch(/^NAME +TYPE +OWNER/)
    expect(lines).toHaveLength(1 + 5 + 2)
    expect(lines.at(-2)).toMatch(/^5 of 14 identities\. .*--after /)
    expect(lines.at(-1)).toMatch(/^Looked at 2 scopes/)
  })
  test('for programs: one object with a schema, whose place leads on', async () => {
    const first = await json(['identities', '--limit', '70'])
    expect(first.answer).toMatchObject({
      schema: 'rollcall.identities/1',
      total: 121,
      completeness: { state: 'complete' },
    })
    const second = await json(['identities', '--limit', '70', '--after', String(first.answer.next)])
    expect([first, second].map((page) => (page.answer.rows as unknown[]).length)).toEqual([70, 51])
    expect(second.answer.next).toBeNull()
  })
  test('all of it for programs: a row a line, and a last line that says so', async () => {
    const { code, out } = await run(['findings', '--all', '--json'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({ schema: 'rollcall.findings/1', end: true, count: lines.length - 1 })
  })
  test('credentials and stored secrets: unknown and never are words of their own', async () => {
    const { code, out } = await run(['credentials', '--limit', '1000'])
    const lines = out.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^NAME +TYPE +BELONGS TO +VALUE MADE +EXPIRES +LAST USED/)
    expect(lines.at(-2)).toMatch(/^\d+ credentials\.$/)
    expect(lines.at(-1)).toMatch(/^Looked at /)
    expect(out).toMatch(/ never +/)
    expect(out).toMatch(/ unknown +/)
    const { answer } = await json(['credentials', '--kind', 'credential', '--sort', 'name', '--limit', '3'])
    expect(answer).toMatchObject({ schema: 'rollcall.credentials/1' })
    expect(answer.rows).toHaveLength(3)
  })
  test('a name cannot steer the terminal', async () => {
    const { out } = await run(['identities', '--q', 'evil'])
    expect(out).not.toContain('\u001b')
    expect(out).toContain('\\u001b[2Jevil\\u000aname')
  })
})

describe('from a shell', () => {
  test('a reader that stops early is no failure', async () => {
    const { code, err } = await shell(['identities', '--all', '--json'], 10)
    expect([code, err]).toEqual([0, ''])
  })
  test('it ends by itself, with the exit code, and nothing but the message', async () => {
    expect(await shell(['identity', 'nobody'])).toMatchObject({
      code: 5,
      out: '',
      err: expect.stringMatching(/^No identity is known as “nobody”. .*\n$/) as string,
    })
  })
})

describe('one identity', () => {
  test('is found by its alias, with facts, sources and times', async () => {
    const { code, out } = await run(['identity', 'arn:demo:id-001'])
    expect(code).toBe(0)
    expect(out).toMatch(/Longest session +unknown \(not-offered: demo:List\)/)
    expect(out).toMatch(/Created .*\(demo:List, 2026-06-01T00:00Z\)/)
  })
  test('for programs', async () => {
    expect((await json(['identity', 'id-001'])).answer).toMatchObject({
      schema: 'rollcall.identity/1',
      identity: { nativeId: 'id-001' },
    })
  })
})

describe('failures', () => {
  test.each([
    [['identity', 'nobody'], 5, 'not-found'],
    [['sync', 'nobody'], 5, 'not-found'],
    [['identities', '--sort', 'colour'], 2, 'invalid'],
    [['identities', '--limit', '0'], 2, 'invalid'],
    [['identities', '--colour', 'red'], 2, 'invalid'],
    [['import', 'nonsense', 'x.csv'], 2, 'invalid'],
    [['import', FORMAT, '/nowhere/report.csv'], 2, 'invalid'],
    [['connect', 'nonsense'], 5, 'not-found'],
    [['identity', 'same'], 1, 'conflict'],
  ])('%j ends with %i', async (args, exit, code) => {
    const plain = await run(args)
    expect([plain.code, plain.out]).toEqual([exit, ''])
    expect(plain.err).not.toMatch(/\n\s+at /)
    const ended = await run([...args, '--json'])
    expect(ended.code).toBe(exit)
    expect(JSON.parse(ended.err)).toMatchObject({ schema: 'rollcall.error/1', code, exit })
  })
  test('no command at all is a wrong use', async () => expect((await run([])).code).toBe(2))
  test('help is not', async () => {
    const { code, out } = await run(['--help'])
    expect([code, out.split('\n')[0]]).toEqual([0, 'Usage: rollcall [options] [command]'])
  })
})

describe('import', () => {
  test('a preview says what it would do and does nothing', async () => {
    const held = await db.identity.count()
    const { code, out } = await run(['import', FORMAT, file, '--preview'])
    expect(code).toBe(0)
    expect(out).toMatch(/^understood/m)
    expect(out).toContain('Nothing was changed.')
    expect(await db.identity.count()).toBe(held)
  })
  test('applies what it read, without a worker, rules and all', async () => {
    const { code, answer } = await json(['import', FORMAT, file])
    expect(code).toBe(0)
    expect(answer).toMatchObject({ schema: 'rollcall.import/1', connection: { mode: 'import' } })
    const scope = await db.scope.findFirstOrThrow({ where: { connectorId: 'aws' } })
    expect(await db.posture.count({ where: { scopeId: scope.id } })).toBeGreaterThan(0)
  }, 60_000)
})

describe('the sample', () => {
  test('is read in this process when there is no worker; a partial result has its own exit code', async () => {
    const { code, out, err } = await run(['sample', 'add'])
    expect([code, out.split('\n')[0]]).toEqual([3, expect.stringContaining('partial')])
    expect(err).toMatch(/^Queued\n.*Partial: /s)
    expect((await run(['sample', 'add'])).code).toBe(1)
    expect((await run(['sources'])).out).toMatch(/Sample .* sample +partial/)
    expect((await run(['sample', 'remove'])).code).toBe(0)
    expect(await db.scope.count({ where: { sample: true } })).toBe(0)
  }, 90_000)
})

describe('tokens', () => {
  test('belong to a member, and are the only thing on standard output', async () => {
    const password = 'correct horse battery staple'
    const { id } = await createFirstAdministrator({ name: 'Ada', email: 'ada@example.com', password })
    const alone = await run(['token', 'create', '--name', 'x', '--days', '1'])
    expect([alone.code, alone.out]).toEqual([0, expect.stringMatching(/^rc_\S+\n$/)])
    const admin = { kind: 'user', id, name: 'Ada', role: 'administrator' } as const
    await createMember(admin, { name: 'Ben', email: 'ben@example.com', role: 'administrator', password })
    expect((await run(['token', 'create', '--name', 'x'])).code).toBe(2)
    expect((await json(['token', 'create', '--name', 'x', '--for', 'BEN@example.com'])).answer).toMatchObject(
      { for: 'ben@example.com' },
    )
    expect((await run(['token', 'create', '--name', 'x', '--for', 'eve@example.com'])).code).toBe(5)
    expect(
      (await run(['token', 'create', '--name', 'x', '--days', '999', '--for', 'ada@example.com'])).code,
    ).toBe(2)
    const acts = await db.activity.findMany({ where: { action: 'token.create' } })
    expect(acts.map((a) => a.actorName)).toContain('Ada, by tester (command line)')
  }, 60_000)
})

test('health without a worker is a failure that says which', async () => {
  const { code, answer } = await json(['health'])
  expect(code).toBe(1)
  expect(answer).toMatchObject({ schema: 'rollcall.health/1', ok: false, database: 'ok', worker: 'missing' })
})
