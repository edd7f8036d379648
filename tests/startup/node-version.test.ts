import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { tooOld } from '@/scripts/node-version.mjs'

test.each([
  ['18.20.8', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['22.1.0', false],
  ['24.21.0', false],
])('Node %s: too old is %s', (version, expected) => expect(tooOld(version)).toBe(expected))

test.each(['start', 'test', 'check', 'rollcall', 'db', 'prisma'])(
  'scripts/%s.mjs refuses an old Node first',
  (name) => {
    const code = "Object.defineProperty(process.versions, 'node', { value: '18.20.8' })"
    const pretend = `data:text/javascript,${encodeURIComponent(code)}`
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--import', pretend, `scripts/${name}.mjs`],
      {
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('Node 18.20.8 is too old: Rollcall needs Node 20.19 or newer')
    expect({ status, stdout, trace: /\n\s+at /.test(stderr) }).toEqual({
      status: 1,
      stdout: '',
      trace: false,
    })
  },
)
