// Owners and the directory at the command line: the same commands and lists as everywhere.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { look, ownerHint } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection, identity } from '@/tests/scripted-source'

const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-people-'))
const file = (name: string, ...lines: string[]) => {
  const at = path.join(folder, name)
  writeFileSync(at, lines.join('\n'))
  return at
}
const json = async (...args: string[]) => {
  const { code, out, err } = await runCli([...args, '--json'])
  return {
    code,
    err,
    answer: JSON.parse(out || 'null') as Record<string, unknown> & { rows: Record<string, unknown>[] },
  }
}

beforeAll(async () => {
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    streams: {
      main: { observations: [identity('one'), identity('two'), ownerHint('one', 'ann@b.c')] },
    },
  })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('a file of people is tried, brought in, and says by line what is wrong', async () => {
  const good = file('people.csv', 'name,email,team', 'Ann,ann@b.c,Data', 'Bob,bob@b.c,')
  expect((await json('people', 'import', good, '--preview')).answer).toMatchObject({ people: 2, added: 2 })
  expect(await db.person.count()).toBe(0)
  expect((await json('people', 'import', good)).answer).toMatchObject({
    schema: 'rollcall.people-imported/1',
    added: 2,
  })
  const wrong = await runCli(['people', 'import', file('wrong.csv', 'name,email', 'Ann,nonsense')])
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('line 2, column email')])
  const less = file('less.csv', 'name,email', 'Ann,ann@b.c')
  const refused = await runCli(['people', 'import', less, '--complete'])
  expect(refused.err).toContain('Look at the preview, then say 1.')
  expect((await json('people', 'import', less, '--complete', '--leaving', '1')).code).toBe(0)
  const { answer } = await json('people', 'list', '--standing', 'left')
  expect(answer.rows).toEqual([expect.objectContaining({ name: 'Bob' })])
  expect((await runCli(['people', 'list', '--all'])).out).toContain('ann@b.c')
})

test('owners are listed with who is suggested, confirmed, handed over and taken back', async () => {
  const listed = await json('owners', 'list')
  expect(listed.answer).toMatchObject({
    schema: 'rollcall.owners/1',
    total: 2,
    rows: [
      { name: 'one', suggestions: [{ name: 'ann@b.c', isBest: true }] },
      { name: 'two', suggestions: [] },
    ],
  })
  expect((await runCli(['owners', 'confirm', 'one,two'])).err).toContain(
    'Nothing was confirmed: 1 of 2 cannot be',
  )
  const { answer } = await json('owners', 'confirm', 'one')
  expect(answer).toMatchObject({ changed: 1 })
  expect((await json('owners', 'assign', 'two', '--team', 'data', '--contact', 'ann@b.c')).code).toBe(0)
  expect((await json('owners', 'list', '--ownership', 'confirmed')).answer).toMatchObject({ total: 2 })
  const disputed = await json('owners', 'dispute', 'two', '--why', 'not theirs')
  expect((await runCli(['owners', 'list', '--ownership', 'disputed'])).out).toContain('two')
  expect((await json('owners', 'undo', String(disputed.answer.actId))).code).toBe(0)
  expect((await runCli(['owners', 'transfer', 'two', '--to', 'bob@b.c', '--why', 'a reason'])).err).toContain(
    'has left',
  )
  expect((await json('owners', 'undo', String(answer.actId))).code).toBe(0)
  expect((await runCli(['owners'])).err).toContain('Say list')
})

test('an OWNERS file is checked by line, says by its exit what it would change, and counts', async () => {
  await json('people', 'import', file('more.csv', 'name,email', 'Eva,eva@b.c'))
  const wrong = await runCli(['owners', 'check', file('WRONG', 'version: 1', 'owners:', '  - team: A')])
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('line 3, column 5')])
  const unknown = ['version: 1', 'owners:', '  - match: { name: two }', '    person: nobody@b.c']
  const nobody = await json('owners', 'check', file('UNKNOWN', ...unknown))
  expect([nobody.code, nobody.answer.ok]).toEqual([2, false])
  expect((await runCli(['owners', 'check', file('UNKNOWN', ...unknown), '--form-only'])).code).toBe(0)
  const good = file('OWNERS', 'version: 1', 'owners:', '  - match: { name: two }', '    person: eva@b.c')
  const before = await json('owners', 'check', good, '--exit-code')
  expect([before.code, before.answer]).toEqual([3, expect.objectContaining({ ok: true })])
  const applied = await json('owners', 'apply', good, '--ref', 'main@abc')
  expect(applied.answer).toMatchObject({ schema: 'rollcall.owners-applied/1', version: 1, changed: 1 })
  expect((await runCli(['owners', 'check', good, '--exit-code'])).code).toBe(0)
  expect((await runCli(['owners', 'apply', good, '--ref', 'main@abd'])).out).toContain(
    'Nothing differs from version 1.',
  )
  const empty = file('EMPTY', 'version: 1', 'owners: []')
  const refused = await runCli(['owners', 'apply', empty, '--ref', 'main@abe'])
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('then say 1.')])
  expect((await runCli(['owners', 'apply', empty, '--ref', 'main@abe', '--losing', '1'])).code).toBe(0)
})
