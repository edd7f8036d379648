// What threads say of what was read before is what is said without them, of the whole sample organisation.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { compareKept, type Compared, type KeptRow } from '@/governance/evaluation/compare-kept'
import { Judge } from '@/governance/evaluation/judge'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import { compareInThreads, endThreads } from './threads'

vi.mock('@/governance/evaluation/compare-kept', async (original) => {
  const real = await original<{ compareKept: typeof compareKept }>()
  return { compareKept: vi.fn(real.compareKept) }
})
const here = vi.mocked(compareKept)

const NOW = '2027-06-01T00:00:00.000Z'
const OTHERWISE = Policy.parse({
  ...DEFAULT_POLICY,
  rules: { 'credential-long-lived': { params: { ageDaysMax: 10 } }, 'identity-ownerless': { off: 'test' } },
})
/** After so many, threads are worth their start. */
const ENOUGH = 5000
let rows: KeptRow[]

beforeAll(async () => {
  rows = await db.$queryRaw<KeptRow[]>`
    SELECT s.id, s.answers, s.digest, s.due_at AS "dueAt", f.facts FROM subject_state s JOIN subject_facts f USING (id)
    WHERE s.kind <> 'scope' ORDER BY s.id`
})
beforeEach(async () => {
  const judge = new Judge(NOW, DEFAULT_POLICY, rules)
  for (let n = 0; n < ENOUGH; n += rows.length) await compareInThreads(judge, rows)
  here.mockClear()
})
afterAll(async () => {
  await endThreads()
  await closeSender()
  await db.$disconnect()
})

test.each([
  ['the usual policy', DEFAULT_POLICY],
  ['another', OTHERWISE],
])('by %s they say the same, and it is not said here', async (_, policy) => {
  const judge = new Judge(NOW, policy, rules)
  const side: Compared[] = await Promise.all([1, 2, 3].map(() => compareInThreads(judge, rows)))
  expect(here).not.toHaveBeenCalled()
  const said = compareKept(judge, rows)
  expect(side).toEqual([said, said, said])
  // Nothing would be shown by equal answers that say nothing.
  expect(said.differ.length).toBeGreaterThan(20)
})

test('where a thread has other rules it refuses, and it is said here', async () => {
  const judge = new Judge(NOW, OTHERWISE, rules)
  Object.defineProperty(judge, 'mark', { value: 'of other rules' })
  const said = await compareInThreads(judge, rows)
  expect(here).toHaveBeenCalledOnce()
  expect(said).toEqual(compareKept(new Judge(NOW, OTHERWISE, rules), rows))
})
