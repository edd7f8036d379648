// Parts of a source that cannot be looked at: they cost a look nothing but where something is held of them.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { collect, type Check, type Holds } from './collect'
import type { Connector, StreamAt } from './connector'
import { unknown } from './fact'
import type { Observed } from './observation'
import { Session } from './session'
import type { Coverage } from './upstream'

const NOW = '2026-10-01T12:00:00Z'
const COMPLETE = { state: 'complete', gaps: [] }
const OFF = unknown('unreachable', 'secrets.list', 'it is off')
const through: Check<Observed> = async ({ batch }) => ({ good: batch })

type Says = (at: Pick<StreamAt, 'lacking' | 'unlooked'>) => void
const saying = (says: Says): Connector => ({
  manifest: {
    id: 'sample',
    title: 'Sample',
    summary: '',
    settings: z.unknown(),
    permissions: [],
    streams: {},
    types: {},
    imports: [],
    gaps: [],
    intervalMinutes: 60,
    setup: () => [],
  },
  open: () => ({ send: async () => ({}), explain: () => undefined }),
  openFile: () => Promise.reject(new Error('no files')),
  async *scopes() {
    yield { nativeId: 'a', name: 'a', type: 'sample.account' }
  },
  streams: {
    s: {
      kinds: ['secret', 'usage'],
      async *collect(at) {
        says(at)
        yield* []
      },
    },
  },
})
const off: Says = ({ unlooked }) => unlooked(['secret'], ['off:', 'gone:'], OFF)

async function look(says: Says, holds?: Holds): Promise<Partial<Record<string, Coverage>>> {
  const session = new Session({
    transport: { send: async () => ({}), explain: () => undefined },
    signal: new AbortController().signal,
    sleep: async () => undefined,
    random: () => 0,
  })
  for await (const event of collect(saying(says), session, NOW, through, undefined, holds))
    if (event.type === 'coverage') return event.kinds
  throw new Error('the stream was not read')
}

test('nothing is held of it: the look is whole', async () => {
  const asked: unknown[] = []
  const holds: Holds = async (at) => (asked.push(at), false)
  expect(await look(off, holds)).toEqual({ secret: COMPLETE, usage: COMPLETE })
  expect(asked).toMatchObject([
    { scope: { nativeId: 'a' }, stream: 's', kind: 'secret', beginnings: ['off:', 'gone:'] },
  ])
})
test('something is held of it: its kind is not whole, and every other is', async () =>
  expect(await look(off, async ({ beginnings }) => beginnings.includes('gone:'))).toEqual({
    secret: {
      state: 'partial',
      why: 'unreachable',
      permission: 'secrets.list',
      detail: 'it is off',
      gaps: [],
    },
    usage: COMPLETE,
  }))
test('nobody can tell what is held: it may be', async () =>
  expect(await look(off)).toMatchObject({ secret: { state: 'partial' } }))
test('what was refused besides is said first', async () => {
  const both: Says = (at) => {
    at.lacking(['secret'], unknown('denied', 'secrets.list', 'it said no'))
    off(at)
  }
  for (const held of [true, false])
    expect(await look(both, async () => held)).toMatchObject({ secret: { state: 'partial', why: 'denied' } })
})
test('it is of a kind that the stream declares', async () => {
  const foreign: Says = ({ unlooked }) => unlooked(['trust'], ['off:'], OFF)
  await expect(look(foreign)).rejects.toThrow('lacks trust, which it does not declare')
})
