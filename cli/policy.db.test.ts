// The policy at the command line, as in a repository with CI: checked, tried, applied, shown, restored.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollcall-policy-'))
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(20) })
})
beforeEach(() => db.policy.deleteMany())
afterAll(async () => {
  await rm(folder, { recursive: true })
  await closeSender()
  await db.$disconnect()
})

async function file(text: string): Promise<string> {
  const name = path.join(folder, `${Math.random()}.yaml`)
  await writeFile(name, text)
  return name
}
/** What counts, with something put in its place. */
async function changed(from: string, to: string): Promise<string> {
  const { out } = await runCli(['policy', 'show', '--yaml'])
  expect(out).toContain(from)
  return file(out.replace(from, to))
}
const json = async (...args: string[]) => {
  const { code, out, err } = await runCli([...args, '--json'])
  return { code, err, answer: JSON.parse(out || 'null') as Record<string, unknown> }
}
const SEVERE = 'rules:\n  identity-ownerless:\n    severity: critical'

test('what is shown is a policy, and applying it changes nothing', async () => {
  const same = await changed('# Policy', '# The policy')
  expect(await runCli(['policy', 'check', same])).toEqual({ code: 0, out: 'It is a policy.\n', err: '' })
  const { code, out } = await runCli(['policy', 'apply', same, '--note', 'again'])
  expect([code, out]).toEqual([0, 'Nothing differs from version 0.\n'])
  expect(await db.policy.count()).toBe(0)
})

test('a mistake names its line and column and what to write, and ends with 2', async () => {
  const wrong = await file('endTags: [expires]\nrules:\n  identity-ownerles:\n    off: kept elsewhere\n')
  const said = `${wrong}:3:3 rules.identity-ownerles: There is no such rule. Do you mean identity-ownerless?`
  for (const args of [['check'], ['preview'], ['apply', '--note', 'why not']]) {
    const { code, out, err } = await runCli(['policy', args[0] ?? '', wrong, ...args.slice(1)])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  }
  const { code, answer } = await json('policy', 'check', wrong)
  expect(code).toBe(2)
  expect(answer).toMatchObject({
    schema: 'rollcall.policy-check/1',
    ok: false,
    issues: [{ line: 3, column: 3, path: 'rules.identity-ownerles' }],
  })
  expect(await db.policy.count()).toBe(0)
})

test('a preview says what would change and ends with 3 where CI should stop', async () => {
  const severe = await changed('rules: {}', SEVERE)
  const { code, out } = await runCli(['policy', 'preview', severe])
  expect(code).toBe(0)
  expect(out).toContain('identity-ownerless  fails, medium  fails, critical')
  expect(out).toContain('Would newly fail, or fail worse:')
  expect(out).toContain('Nothing was saved.')
  const stopped = await runCli(['policy', 'preview', severe, '--fail-on-new', 'critical,high'])
  expect(stopped.code).toBe(3)
  expect(stopped.err).toMatch(/There would be new failures: \d+ critical\./)
  expect((await runCli(['policy', 'preview', severe, '--fail-on-new', 'high'])).code).toBe(0)
  expect((await runCli(['policy', 'preview', severe, '--fail-on-new', 'dreadful'])).code).toBe(2)
  const { answer } = await json('policy', 'preview', severe)
  expect(answer).toMatchObject({
    schema: 'rollcall.policy-preview/1',
    isWhole: true,
    moves: [{ ruleId: 'identity-ownerless', to: { state: 'fail', severity: 'critical' } }],
  })
  expect(await db.policy.count()).toBe(0)
})

test('is applied with a note, shown, listed and restored', async () => {
  const severe = await changed('rules: {}', SEVERE)
  expect((await runCli(['policy', 'apply', severe])).code).toBe(2)
  const applied = await runCli(['policy', 'apply', severe, '--note', 'from the repository'])
  expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('Version 1 counts.') as string })
  expect(applied.out).toContain('Severity: critical (new)')
  expect((await runCli(['policy', 'show'])).out).toContain('identity-ownerless  severity critical')
  expect((await json('policy', 'show', '--version', '1')).answer).toMatchObject({
    schema: 'rollcall.policy/1',
    version: 1,
    source: 'code',
    note: 'from the repository',
  })
  expect((await json('policy', 'history')).answer).toMatchObject({
    rows: [{ version: 1 }, { version: 0, source: 'built-in' }],
  })
  expect((await runCli(['policy', 'restore', '0'])).out).toContain('Version 2 counts.')
  expect((await runCli(['policy', 'restore', '0'])).code).toBe(2)
  expect((await runCli(['policy', 'restore', '7'])).code).toBe(5)
  const last = await db.activity.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(last).toMatchObject({
    action: 'policy.restore',
    actorKind: 'cli',
    detail: { restored: 0, version: 2 },
  })
})

test('what is no file, or far too large, is told in a sentence', async () => {
  const { code, err } = await runCli(['policy', 'check', path.join(folder, 'none.yaml')])
  expect([code, err]).toEqual([5, expect.stringMatching(/^There is no file .* that can be read\.\n$/)])
  const large = await file(`endTags: [${'a, '.repeat(3_500_000)}]`)
  expect(await runCli(['policy', 'check', large])).toMatchObject({
    code: 2,
    err: expect.stringContaining('larger than 1 MB') as string,
  })
  for (const wrong of ['x', '-1', '1e9'])
    expect((await runCli(['policy', 'show', '--version', wrong])).code, wrong).toBe(2)
})

test('warns of what is over and of what is everything', async () => {
  const breakGlass = `breakGlass:
  - {identity: root, why: when all fails, until: 2020-01-01}
  - {identity: "*", why: when all fails, until: 2999-01-01}`
  const warned = await changed('breakGlass: []', breakGlass)
  const { code, err } = await runCli(['policy', 'check', warned])
  expect(code).toBe(0)
  expect(err).toMatch(/Warning: .*:\d+:\d+ breakGlass\.0\.until: 2020-01-01 is over/)
  expect(err).toMatch(/breakGlass\.1\.identity: It fits every identity/)
  expect((await runCli(['policy', 'preview', warned])).out).toContain(
    '* stands for 20 identities until 2999-01-01',
  )
})
