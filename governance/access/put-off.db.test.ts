// Where making distances takes long, it is not done for each of many scopes that are analysed one after the other.
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  all,
  dayOf,
  documentOf,
  forgetAll,
  holds,
  newSource,
  NORTH,
  policy,
  role,
  scopeOf,
  see,
  type Source,
} from '@/tests/granted-world'
import { analyseScope } from './analyse-scope'

const signal = new AbortController().signal
const deployer = [
  role('deployer'),
  policy('p-deploy', documentOf({ Action: '*' })),
  holds('deployer', 'p-deploy'),
]
const analysis = () => db.accessAnalysis.findUniqueOrThrow({ where: { scopeId: scopeOf(NORTH) } })

let north: Source
// Each look at the clock finds it ten seconds later: what was made took ten, and was made ten seconds ago.
let clock = 0
beforeEach(async () => {
  north = await newSource()
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 10_000))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await forgetAll()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const again = async (others: boolean) => {
  await db.accessAnalysis.updateMany({ data: { traced: false } })
  const { isPutOff = false } = await analyseScope(scopeOf(NORTH), signal, undefined, async () => others)
  return { isPutOff, traced: (await analysis()).traced }
}

test('it is put off while others come that want it too, and not by the last of them', async () => {
  await see(north, NORTH, 1, all(...deployer))
  expect(await again(true)).toEqual({ isPutOff: true, traced: false })
  expect(await again(false)).toEqual({ isPutOff: false, traced: true })
})
test('it is not put off again and again', async () => {
  await see(north, NORTH, 1, all(...deployer))
  const answers = []
  for (let times = 0; times < 6; times++) answers.push((await again(true)).traced)
  expect(answers).toContain(true)
  expect(answers).toContain(false)
})
test('nothing is judged meanwhile, and an evaluation says that it was put off', async () => {
  await see(north, NORTH, 1, all(...deployer))
  await db.accessAnalysis.updateMany({ data: { traced: false } })
  const { evaluatedAt } = await db.scope.findUniqueOrThrow({ where: { id: scopeOf(NORTH) } })
  const at = { scopeId: scopeOf(NORTH), signal, now: dayOf(3) }
  expect(await evaluateScope({ ...at, putOff: async () => true })).toMatchObject({ how: 'put-off' })
  expect(await db.scope.findUniqueOrThrow({ where: { id: scopeOf(NORTH) } })).toMatchObject({
    evaluatedAt,
  })
  expect(await evaluateScope({ ...at, putOff: async () => false })).toMatchObject({ how: 'moved' })
})
