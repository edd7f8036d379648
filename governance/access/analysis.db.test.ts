// From looks at accounts to verdicts, steps and findings: what makes an analysis anew, what leaves it alone, what it never forgets.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteConnection } from '@/governance/connections/delete-connection'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  all,
  dayOf,
  documentOf,
  followUp,
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
  UNREADABLE,
  verdictOf,
} from '@/tests/granted-world'
import { actorAs } from '@/tests/actors'
import { refused, takeLook } from '@/tests/scripted-source'
import { analyseScope } from './analyse-scope'
import { startTracing } from './start-tracing'

const EVERYTHING = documentOf({ Action: '*' })
const READ = documentOf({ Action: 's3:ListBucket' })
const ASSUME = documentOf({ Action: 'sts:AssumeRole' })
const signal = new AbortController().signal

let north: Source, south: Source
beforeEach(async () => {
  ;[north, south] = [await newSource(), await newSource()]
})
afterEach(forgetAll)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const deployer = (document = EVERYTHING) => [
  role('deployer'),
  policy('p-deploy', document),
  holds('deployer', 'p-deploy'),
]
const openFindings = async (ruleId: string) =>
  (await db.finding.findMany({ where: { ruleId, state: 'open' } }))
    .map(({ subjectName, verdict }) => `${subjectName} ${verdict}`)
    .sort()
const analysis = (account: string) =>
  db.accessAnalysis.findUniqueOrThrow({ where: { scopeId: scopeOf(account) } })

describe('one account', () => {
  test('the first look is analysed: verdict, step, finding', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    expect(await verdictOf(NORTH, 'deployer')).toMatchObject({
      platform: 'aws',
      certain: 'administrator',
      possible: 'administrator',
      hops: 0,
      openHops: 0,
    })
    expect(await stepsOf(scopeOf(NORTH))).toEqual(['deployer>administrator by administrator, possible'])
    expect(await openFindings('identity-administrator')).toEqual(['deployer fail'])
  })

  test('a policy that says less changes the verdict, the steps and the finding', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    await see(north, NORTH, 2, all(...deployer(READ)))
    expect(await verdictOf(NORTH, 'deployer')).toMatchObject({
      certain: 'read',
      possible: 'read',
      hops: null,
    })
    expect(await stepsOf(scopeOf(NORTH))).toEqual([])
    expect(await openFindings('identity-administrator')).toEqual([])
  })

  test('what has not changed is not analysed again', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    const before = await analysis(NORTH)
    await see(north, NORTH, 2, all(...deployer()))
    expect(await analysis(NORTH)).toEqual(before)
    expect(await analyseScope(scopeOf(NORTH), signal)).toEqual({ made: false, changed: [], judged: 0 })
  })

  test('a step keeps since when it is known while other things change', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    const [before] = await db.accessStep.findMany()
    await see(north, NORTH, 2, all(...deployer(), role('another')))
    expect(await db.accessStep.findMany()).toEqual([before])
  })

  test('a refused look takes no step and no verdict away', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    const held = await verdictOf(NORTH, 'deployer')
    await see(north, NORTH, 2, { ...all(), fails: refused() })
    expect(await stepsOf(scopeOf(NORTH))).toEqual(['deployer>administrator by administrator, possible'])
    expect(await verdictOf(NORTH, 'deployer')).toEqual(held)
    expect(await openFindings('identity-administrator')).toEqual(['deployer fail'])
  })

  test('a look that was cut short keeps the steps of what it did not come to', async () => {
    await see(north, NORTH, 1, all(...deployer(), role('reader'), holds('reader', 'p-deploy')))
    await see(north, NORTH, 2, { ...all(role('reader')), fails: refused('throttled') })
    expect(await stepsOf(scopeOf(NORTH))).toEqual([
      'deployer>administrator by administrator, possible',
      'reader>administrator by administrator, possible',
    ])
  })

  test('a complete look that no longer sees an identity takes its steps and its verdict', async () => {
    const reader = [role('reader'), policy('p-none', documentOf()), holds('reader', 'p-none')]
    await see(north, NORTH, 1, all(...deployer(), ...reader))
    await see(north, NORTH, 2, all(...reader))
    expect(await stepsOf(scopeOf(NORTH))).toEqual([])
    expect(await verdictOf(NORTH, 'deployer')).toBeNull()
    expect(await verdictOf(NORTH, 'reader')).toMatchObject({ certain: 'none', possible: 'none' })
  })

  test('a document that could not be read may allow anything: unknown, never none', async () => {
    await see(
      north,
      NORTH,
      1,
      all(role('deployer'), policy('p-deploy', UNREADABLE), holds('deployer', 'p-deploy')),
    )
    expect(await verdictOf(NORTH, 'deployer')).toMatchObject({
      certain: 'none',
      possible: 'administrator',
      hops: null,
      openHops: 0,
    })
    expect(await stepsOf(scopeOf(NORTH))).toEqual(['deployer>administrator by administrator, depends'])
    expect(await openFindings('identity-administrator')).toEqual(['deployer unknown'])
    const { privilege } = await db.posture.findFirstOrThrow({ where: { scopeId: scopeOf(NORTH) } })
    expect(privilege).toMatchObject({ state: 'known', value: { class: 'conditional' } })
  })

  test('grants that were never read whole: what was seen to be nothing is unknown', async () => {
    await see(north, NORTH, 1, { ...all(role('deployer')), fails: refused() })
    const { privilege } = await db.posture.findFirstOrThrow({ where: { scopeId: scopeOf(NORTH) } })
    expect(privilege).toMatchObject({ state: 'unknown' })
    expect((await analysis(NORTH)).unseen).toContain('demo:List was not read whole (denied).')
    expect(await openFindings('identity-escalates')).toEqual(['deployer unknown'])
  })

  test('an account that nobody can judge is no account of the harmless', async () => {
    const strange = policy('p-strange', EVERYTHING, 'klingon')
    await see(north, NORTH, 1, all(role('deployer'), strange, holds('deployer', 'p-strange')))
    expect(await verdictOf(NORTH, 'deployer')).toBeNull()
    const { privilege } = await db.posture.findFirstOrThrow({ where: { scopeId: scopeOf(NORTH) } })
    expect(privilege).toMatchObject({ state: 'unknown' })
  })

  test('an account that is removed takes its steps, its verdicts and its analysis', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    await db.scope.delete({ where: { id: scopeOf(NORTH) } })
    expect([
      await db.accessStep.count(),
      await db.accessVerdict.count(),
      await db.accessAnalysis.count(),
    ]).toEqual([0, 0, 0])
    expect(await analyseScope(scopeOf(NORTH), signal)).toEqual({ made: false, changed: [], judged: 0 })
  })

  test('distances are made again by whoever comes next, where they were not made', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    await db.accessAnalysis.updateMany({ data: { traced: false } })
    await db.accessVerdict.updateMany({ data: { traced: false, hops: null, openHops: null } })
    expect(await analyseScope(scopeOf(NORTH), signal)).toEqual({
      made: false,
      changed: [scopeOf(NORTH)],
      judged: 0,
    })
    expect(await verdictOf(NORTH, 'deployer')).toMatchObject({ hops: 0, openHops: 0, traced: true })
    expect(await analyseScope(scopeOf(NORTH), signal)).toEqual({ made: false, changed: [], judged: 0 })
  })

  test('distances that nobody is there to make are made by what is done every minute', async () => {
    await see(north, NORTH, 1, all(...deployer()))
    await db.accessAnalysis.updateMany({ data: { traced: false } })
    await startTracing()
    await followUp()
    expect(await analysis(NORTH)).toMatchObject({ traced: true })
  })

  test('an analysis that is called off writes nothing', async () => {
    await takeLook(north, { at: dayOf(1), scopes: [NORTH], streams: { all: all(...deployer()) } })
    await expect(analyseScope(scopeOf(NORTH), AbortSignal.abort())).rejects.toThrow()
    expect([await db.accessVerdict.count(), await db.accessAnalysis.count()]).toEqual([0, 0])
  })
})

describe('two accounts', () => {
  const asker = [role('asker'), policy('p-assume', ASSUME), holds('asker', 'p-assume')]
  const target = [
    role('target', SOUTH),
    policy('p-all', EVERYTHING),
    holds('target', 'p-all'),
    lets('target', roleArn('asker')),
  ]
  // What caps another account is not read: how sure the step is, is not what is asked here.
  const steps = async () => (await stepsOf(scopeOf(NORTH))).map((step) => step.replace(/,.*/, ''))
  const STEP = 'asker>target by trust'
  const NOWHERE = { certain: 'read', hops: null, openHops: null }
  /** Certain, or open because of something that was not seen: never silence. */
  const said = async () => (await openFindings('identity-escalates')).map((one) => one.replace(/ \w+$/, ''))

  test('trust that is read later makes a step, and what is said in the other account follows', async () => {
    await see(north, NORTH, 1, all(...asker))
    expect(await verdictOf(NORTH, 'asker')).toMatchObject(NOWHERE)
    expect(await said()).toEqual([])
    await see(south, SOUTH, 2, all(...target))
    expect(await steps()).toEqual([STEP])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject({ certain: 'read', openHops: 1 })
    expect(await said()).toEqual(['asker'])
  })

  test('the order in which they are read makes no difference', async () => {
    await see(south, SOUTH, 1, all(...target))
    await see(north, NORTH, 2, all(...asker))
    expect(await steps()).toEqual([STEP])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject({ certain: 'read', openHops: 1 })
    expect(await said()).toEqual(['asker'])
  })

  test('an administrator who is one no longer brings nobody nearer', async () => {
    await see(north, NORTH, 1, all(...asker))
    await see(south, SOUTH, 2, all(...target))
    const weaker = [role('target', SOUTH), policy('p-all', READ), holds('target', 'p-all')]
    await see(south, SOUTH, 3, all(...weaker, lets('target', roleArn('asker'))))
    expect(await steps()).toEqual([STEP])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject(NOWHERE)
    expect(await said()).toEqual([])
  })

  test('trust that is taken back takes the step', async () => {
    await see(south, SOUTH, 1, all(...target))
    await see(north, NORTH, 2, all(...asker))
    await see(south, SOUTH, 3, all(...target.slice(0, 3)))
    expect(await steps()).toEqual([])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject(NOWHERE)
    expect(await said()).toEqual([])
  })

  test('trust that asks for something more makes the step depend on it, whatever else it says', async () => {
    await see(south, SOUTH, 1, all(...target))
    await see(north, NORTH, 2, all(...asker))
    const asks = { conditions: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
    await see(south, SOUTH, 3, all(...target.slice(0, 3), lets('target', roleArn('asker'), asks)))
    expect(await stepsOf(scopeOf(NORTH))).toEqual([`${STEP}, depends`])
    const [step] = await db.accessStep.findMany({ where: { scopeId: scopeOf(NORTH) } })
    expect(step?.because.join(' ')).toMatch(/MultiFactorAuthPresent/)
    expect(await verdictOf(NORTH, 'asker')).toMatchObject({ hops: null, openHops: 1 })
    expect(await openFindings('identity-escalates')).toEqual(['asker unknown'])
  })

  test('a refused look at the one takes nothing from the other', async () => {
    await see(north, NORTH, 1, all(...asker))
    await see(south, SOUTH, 2, all(...target))
    await see(south, SOUTH, 3, { ...all(), fails: refused() })
    expect(await steps()).toEqual([STEP])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject({ openHops: 1 })
    expect(await said()).toEqual(['asker'])
  })

  test('a target that is gone is no target any more, whatever else was read later', async () => {
    const other = [role('other', SOUTH), lets('other', roleArn('asker'))]
    await see(north, NORTH, 1, all(...asker))
    await see(south, SOUTH, 2, all(...target))
    await see(south, SOUTH, 3, all(...target, ...other))
    expect(await steps()).toEqual(['asker>other by trust', STEP])
    await see(south, SOUTH, 4, all(...other))
    expect(await steps()).toEqual(['asker>other by trust'])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject(NOWHERE)
  })

  test('an account that is removed brings nobody nearer to anything', async () => {
    await see(north, NORTH, 1, all(...asker))
    await see(south, SOUTH, 2, all(...target))
    await deleteConnection(actorAs('administrator'), { connectionId: south.id })
    await followUp()
    expect(await steps()).toEqual([])
    expect(await verdictOf(NORTH, 'asker')).toMatchObject(NOWHERE)
    expect(await said()).toEqual([])
  })

  test('a step that is known in the other account alone goes with it, and so does the distance over it', async () => {
    const [link] = lets('target', roleArn('robot')).links ?? []
    const open = role('target', SOUTH, { links: link && [link] })
    await see(north, NORTH, 1, all(role('robot'), policy('p-read', READ), holds('robot', 'p-read')))
    await see(south, SOUTH, 2, all(open, policy('p-all', EVERYTHING), holds('target', 'p-all')))
    expect(await stepsOf(scopeOf(NORTH))).toEqual([])
    expect(await verdictOf(NORTH, 'robot')).toMatchObject({ certain: 'read', hops: 1 })
    expect(await openFindings('identity-escalates')).toEqual(['robot fail'])
    await deleteConnection(actorAs('administrator'), { connectionId: south.id })
    await followUp()
    expect(await verdictOf(NORTH, 'robot')).toMatchObject(NOWHERE)
    expect(await openFindings('identity-escalates')).toEqual([])
  })

  test('one whom trust means by token and by another name as well is judged by the token', async () => {
    const issuer = 'oidc.example'
    const workloads = Array.from({ length: 8 }, (_, n) => `w${n}`)
    const name = (one: string) => `spiffe://a.example/${one}`
    const bearing = workloads.map((one) =>
      role(one, SOUTH, {
        keys: [
          { type: 'spiffe.id', value: name(one) },
          { type: 'oidc.subject', value: `${issuer}|${name(one)}` },
        ],
      }),
    )
    await see(south, SOUTH, 1, all(...bearing))
    // Of another platform: within one both sides are judged together.
    await db.scope.update({ where: { id: scopeOf(SOUTH) }, data: { type: 'other.account' } })
    const provider = `arn:aws:iam::${NORTH}:oidc-provider/${issuer}`
    const link = (to: string, value: string) => ({
      relation: 'permitted' as const,
      means: 'becomes-this' as const,
      to,
      match: 'exact' as const,
      value,
      reason: 'Its trust means it.',
    })
    const trust = workloads.map((one) =>
      lets('web', one, {
        principalType: 'federated',
        principal: provider,
        actions: ['sts:AssumeRoleWithWebIdentity'],
        conditions: { StringEquals: { [`${issuer}:sub`]: name(one) } },
        links: [link('spiffe.id', name(one)), link('oidc.subject', `${issuer}|${name(one)}`)],
      }),
    )
    await see(north, NORTH, 2, all(role('web'), ...trust))
    const steps = await stepsOf(scopeOf(NORTH))
    expect(steps).toEqual(
      workloads.map((one) => expect.stringContaining(`${one}>web by permitted`) as string),
    )
  })

  test('where nobody can judge what is held, who is let in is told all the same', async () => {
    await see(north, NORTH, 1, all(role('robot'), policy('p-read', READ), holds('robot', 'p-read')))
    const asks = { conditions: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
    const doors = [role('door', SOUTH), role('gate', SOUTH), lets('gate', roleArn('robot'), asks)]
    await see(south, SOUTH, 2, all(...doors, lets('door', roleArn('robot'))))
    expect(await stepsOf(scopeOf(SOUTH))).toEqual([
      'robot>door by permitted, possible',
      'robot>gate by permitted, depends',
    ])
  })
})
