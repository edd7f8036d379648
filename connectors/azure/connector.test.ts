// The laws over the whole made-up tenant, recorded from the real client and SDKs on their way to it.
import { expect, test } from 'vitest'
import { isRecord } from '@/tests/conformance/world'
import { conformance, dropping, replay } from '@/tests/conformance'
import { ACTIVITY_CANARIES } from '@/tests/contract/azure/arm-activity'
import { ARM_CANARIES, DELETED } from '@/tests/contract/azure/arm-tenant'
import { azureServer } from '@/tests/contract/azure/azure-server'
import { CANARIES, principalId } from '@/tests/contract/azure/graph-tenant'
import azure from './collect'
import { eventsOf, NOW, recorded } from './fixtures/world'

async function recording(state: Parameters<typeof azureServer>[0]) {
  const server = await azureServer(state)
  const client = server.open()
  const answers = await recorded(client)
  await client.close?.()
  await server.close()
  return answers
}
const answers = await recording({ graph: { pageMax: 20 }, arm: { pageMax: 4 } })

/** The same tenant without any object: what follows from objects is not asked. */
const emptied = (answer: unknown): unknown => {
  if (!isRecord(answer)) return answer
  if (Array.isArray(answer['value'])) return { value: [] }
  return Array.isArray(answer['data']) ? { totalRecords: 0, data: [], resultTruncated: 'false' } : answer
}
const empty = answers.map((one) => ('answer' in one ? { ...one, answer: emptied(one.answer) } : one))

/** A legacy service principal that nothing else speaks of. */
const GONE = principalId(42)

/** A look at a whole tenant has many calls, each of which is broken in each way. */
const SAME =
  'to a stream it is the same as throttled, which is run: the session alone tells them apart; the Microsoft Graph half is run with all of them'

conformance(azure, {
  transport: () => replay(answers),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => answers,
  empty: () => replay(empty),
  remove: { identity: GONE, from: () => dropping(replay(answers), (one) => one['id'] === GONE) },
  now: NOW,
  // The window in which use is told is another one each day: see "a day later".
  later: '2026-11-22T20:00:00.000Z',
  // A role assignment that was left over when its service principal was deleted.
  dangling: [DELETED],
  skip: {
    'fault-matrix/timed-out': SAME,
    'fault-matrix/unreachable': SAME,
  },
})

test('nothing that was planted comes out', async () => {
  const text = JSON.stringify(await eventsOf(replay(answers)))
  for (const canary of [...CANARIES, ...ARM_CANARIES, ...ACTIVITY_CANARIES])
    expect(text).not.toContain(canary)
})
