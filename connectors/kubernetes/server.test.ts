// The version of the API server: told where it may be asked, and missed nowhere else.
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import type { Recorded } from '@/tests/conformance'
import { replay } from '@/tests/conformance'
import { eventsOf, WORLD } from './fixtures/recorded-world'
import { VERSION } from './permissions'

async function look(other: Partial<Recorded> = {}) {
  const world = WORLD.map((one) =>
    one.permission === VERSION ? ({ permission: VERSION, params: one.params, ...other } as Recorded) : one,
  )
  const events = await eventsOf(replay('answer' in other || 'refusal' in other ? world : WORLD))
  const rows = events.flatMap((event) =>
    event.type === 'observations' && event.stream === 'server' ? event.observations : [],
  ) as Of<'entitlement'>[]
  const coverage = events.flatMap((event) =>
    event.type === 'coverage' && event.stream === 'server' ? [event.kinds.entitlement] : [],
  )
  return { rows, coverage }
}
const answer = (minor: string) => ({ answer: { major: '1', minor, platform: 'linux/amd64' } })

test('is one row that gives nothing', async () => {
  const { rows, coverage } = await look()
  expect(rows).toMatchObject([
    {
      nativeId: 'api-server',
      type: 'kubernetes.server',
      gives: 'nothing',
      document: { state: 'known', value: { version: '1.36' }, source: VERSION },
    },
  ])
  expect(coverage).toMatchObject([{ state: 'complete' }])
})
test('is told without what a vendor adds to it', async () => {
  const { rows } = await look(answer('31+'))
  expect(rows[0]?.document).toMatchObject({ value: { version: '1.31' } })
})
test.each([
  ['denied', { refusal: { why: 'denied', detail: 'no' } }],
  ['malformed', answer('latest')],
] as const)('that is %s leaves no row, and no held one is taken for gone', async (why, other) => {
  const { rows, coverage } = await look(other as Partial<Recorded>)
  expect(rows).toEqual([])
  // Rows of it are taken to be held here.
  expect(coverage).toMatchObject([{ state: 'partial', why, permission: VERSION }])
})
