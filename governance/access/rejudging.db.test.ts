// Whom an analysis judges after a change: whoever rests on it, and nobody else; what is held of the others stays as it is.
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Of } from '@/core/observation'
import { aws } from '@/evaluators/aws-iam/platform'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  all,
  dayOf,
  documentOf,
  forgetAll,
  holds,
  lets,
  newSource,
  NORTH,
  policy,
  role,
  roleArn,
  scopeOf,
  see,
  type Source,
  SOUTH,
  stepsOf,
  verdictOf,
} from '@/tests/granted-world'
import { workload } from '@/tests/facts-world'
import { takeLook } from '@/tests/scripted-source'
import { analyseScope } from './analyse-scope'
import { JUDGED_BY } from './judged-by'
import { realmMark } from './realm-mark'

const READ = documentOf({ Action: 's3:ListBucket' })
const WRITE = documentOf({ Action: ['s3:ListBucket', 's3:DeleteObject'] })
const ASSUME = documentOf({ Action: 'sts:AssumeRole' })
const EVERYTHING = documentOf({ Action: '*' })
const signal = new AbortController().signal

/** Whoever was asked about since it was last cleared. */
const asked = new Set<string>()
let onAsked = (): void => undefined
const within = aws.within.bind(aws)
let source: Source
beforeEach(async () => {
  source = await newSource()
  asked.clear()
  onAsked = () => undefined
  vi.spyOn(aws, 'within').mockImplementation((realm) => {
    const access = within(realm)
    const note = (id: string) => {
      asked.add(id)
      onAsked()
    }
    return {
      ...access,
      privileges: (id) => (note(id), access.privileges(id)),
      steps: (id) => (note(id), access.steps(id)),
      pitfalls: (id) => (note(id), access.pitfalls(id)),
    }
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await forgetAll()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const names = Array.from({ length: 12 }, (_, at) => `r${at}`)
type Said = Record<'p0' | 'p1' | 'p2', ReturnType<typeof documentOf>>
const SAID: Said = { p0: READ, p1: READ, p2: ASSUME }
/** Twelve roles, of which every third holds the same policy; p2 lets them assume what lets them in. */
const account = (
  said: Said = SAID,
  only: readonly string[] = names,
): Of<'identity' | 'entitlement' | 'grant'>[] => [
  ...only.map((name) => role(name)),
  ...Object.entries(said).map(([id, document]) => policy(id, document)),
  ...only.map((name) => holds(name, `p${names.indexOf(name) % 3}`)),
]
const holders = (of: number) => names.filter((_, at) => at % 3 === of).sort()
const told = () => [...asked].sort()
async function look(day: number, ...seen: Parameters<typeof all>): Promise<void> {
  asked.clear()
  await see(source, NORTH, day, all(...seen))
}

test('a first analysis asks about everybody', async () => {
  await look(1, ...account())
  expect(told()).toEqual([...names].sort())
})

test('one changed policy among many roles: its holders alone, and what is held of the others stays', async () => {
  await look(1, ...account())
  const before = await verdictOf(NORTH, 'r0')
  await look(2, ...account({ ...SAID, p1: WRITE }))
  expect(told()).toEqual(holders(1))
  expect(await verdictOf(NORTH, 'r1')).toMatchObject({ certain: 'write' })
  expect(await verdictOf(NORTH, 'r0')).toEqual(before)
  const mark = await db.accessAnalysis.findUniqueOrThrow({ where: { scopeId: scopeOf(NORTH) } })
  expect(mark.mark).toBe(await realmMark(scopeOf(NORTH)))
})

test('back to what it was: its holders again', async () => {
  await look(1, ...account())
  await look(2, ...account({ ...SAID, p1: WRITE }))
  await look(3, ...account())
  expect(told()).toEqual(holders(1))
  expect(await verdictOf(NORTH, 'r1')).toMatchObject({ certain: 'read' })
})

test('whoever was asked about and told the same as before is not asked about again', async () => {
  await look(1, ...account())
  await look(2, ...account(), role('another'))
  expect(asked.size).toBe(names.length + 1)
  await look(3, ...account({ ...SAID, p1: WRITE }), role('another'))
  expect(told()).toEqual(holders(1))
})

test('a policy that is held by one more: that one', async () => {
  await look(1, ...account())
  await look(2, ...account(), holds('r0', 'p1'))
  expect(told()).toEqual(['r0'])
})

test('changed trust of a target changes the steps of those whom it lets in, and asks about nobody else', async () => {
  await look(1, ...account())
  expect(await stepsOf(scopeOf(NORTH))).toEqual([])
  await look(2, ...account(), lets('r0', roleArn('r2')))
  expect(told()).toEqual(['r0', 'r2'])
  expect(await stepsOf(scopeOf(NORTH))).toEqual(['r2>r0 by trust, possible'])
  await look(3, ...account(), lets('r0', roleArn('r5')))
  expect(told()).toEqual(['r0', 'r2', 'r5'])
  expect(await stepsOf(scopeOf(NORTH))).toEqual(['r5>r0 by trust, possible'])
})

test('an administrator who can give rights to others rests on what keeps those down', async () => {
  const seen = (said: Said) => [
    ...account(said),
    policy('p-all', EVERYTHING),
    role('chief'),
    holds('chief', 'p-all'),
  ]
  await look(1, ...seen(SAID))
  await look(2, ...seen({ ...SAID, p1: WRITE }))
  expect(told()).toEqual(holders(1))
  await look(3, ...seen({ ...SAID, p1: documentOf({ Effect: 'Deny', Action: 'iam:*' }) }))
  expect(told()).toEqual(['chief', ...holders(1)].sort())
})

test('an analysis that is called off on the way leaves all as it was, and the next one asks about the same again', async () => {
  await look(1, ...account())
  const before = await db.accessVerdict.findMany({ orderBy: { identityId: 'asc' } })
  await takeLook(source, {
    at: dayOf(2),
    scopes: [NORTH],
    streams: { all: all(...account({ ...SAID, p1: WRITE })) },
  })
  const off = new AbortController()
  onAsked = () => off.abort()
  await expect(analyseScope(scopeOf(NORTH), off.signal)).rejects.toThrow()
  expect(await db.accessVerdict.findMany({ orderBy: { identityId: 'asc' } })).toEqual(before)
  onAsked = () => undefined
  asked.clear()
  expect(await analyseScope(scopeOf(NORTH), signal)).toMatchObject({ made: true, judged: 4 })
  expect(told()).toEqual(holders(1))
  expect(await verdictOf(NORTH, 'r1')).toMatchObject({ certain: 'write' })
})

test('what other code judged is judged anew, all of it', async () => {
  await look(1, ...account())
  const mark = await realmMark(scopeOf(NORTH))
  expect(mark.startsWith(JUDGED_BY)).toBe(true)
  asked.clear()
  await db.accessAnalysis.updateMany({ data: { mark: mark.replace(JUDGED_BY, 'other code') } })
  await db.$executeRaw`UPDATE access_rests SET rests_on = gen_random_uuid()`
  expect(await analyseScope(scopeOf(NORTH), signal)).toMatchObject({ made: true, judged: 12 })
  expect(told()).toEqual([...names].sort())
})

test('a verdict of which it is not known what it was made from is made anew', async () => {
  await look(1, ...account())
  asked.clear()
  await db.accessAnalysis.updateMany({ data: { mark: '' } })
  const { id } = await db.identity.findFirstOrThrow({ where: { name: 'r4' } })
  await db.accessRests.delete({ where: { identityId: id } })
  await analyseScope(scopeOf(NORTH), signal)
  expect(told()).toEqual(['r4'])
  expect(await db.accessRests.count()).toBe(12)
})

test('a platform that cannot say what it rests on asks about everybody each time', async () => {
  vi.spyOn(aws, 'within').mockImplementation((realm) => {
    const { restsOn: _, ...access } = within(realm)
    return { ...access, privileges: (id) => (asked.add(id), access.privileges(id)) }
  })
  await look(1, ...account())
  await look(2, ...account({ ...SAID, p1: WRITE }))
  expect(told()).toEqual([...names].sort())
  expect(await db.accessRests.count()).toBe(0)
})

test('a principal that is gone takes its verdict, its steps and what they rested on', async () => {
  const rest = names.slice(1)
  await look(1, ...account(), lets('r0', roleArn('r5')), lets('r5', roleArn('r0')))
  expect(await stepsOf(scopeOf(NORTH))).toHaveLength(2)
  await look(2, ...account(SAID, rest), lets('r5', roleArn('r0')))
  expect(await stepsOf(scopeOf(NORTH))).toEqual([])
  expect(await verdictOf(NORTH, 'r0')).toBeNull()
  expect(await db.accessRests.count()).toBe(rest.length)
})

test('what is joined, and what runs as what, stays where nobody is asked about', async () => {
  const runs = workload('nightly', ['r0'])
  const far = await newSource()
  await look(1, ...account(), runs)
  await see(far, SOUTH, 2, all(role('far', SOUTH), lets('far', roleArn('r2'))))
  const steps = await stepsOf(scopeOf(NORTH))
  expect(steps.some((step) => /by runs-as/.test(step))).toBe(true)
  const joined = await stepsOf(scopeOf(SOUTH))
  expect(joined).toEqual(['r2>far by permitted, possible'])
  await look(3, ...account({ ...SAID, p1: WRITE }), runs)
  expect(told()).toEqual(holders(1))
  expect(await stepsOf(scopeOf(NORTH))).toEqual(steps)
  expect(await stepsOf(scopeOf(SOUTH))).toEqual(joined)
})
