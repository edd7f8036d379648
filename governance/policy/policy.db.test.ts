// A policy is previewed, saved and restored: what the preview says is what happens, and nobody overwrites somebody else.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { absent, known } from '@/core/fact'
import type { Observed } from '@/core/observation'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { scopeIdOf } from '@/inventory/scopes'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { ownerHint } from '@/tests/queried-estate'
import { connection, credential, identity, secret, takeLook } from '@/tests/scripted-source'
import { seeded } from '@/bench/queries/random'
import { evaluateScope } from '../evaluation/evaluate-scope'
import { currentPolicy } from './current-policy'
import { beginPreview, previewPolicy, type Preview } from './preview-policy'
import { lookedWords, totalWords } from './preview-words'
import { policyDifference, policyVersion, policyVersions, policyView } from './read-policy'
import { ruleSettings } from './rule-settings'
import { restorePolicy, savePolicy } from './save-policy'

const SOURCE = 'demo:List'
const NOW = '2026-10-01T00:00:00.000Z'
const now = new Date(NOW)
const DAY_MS = 24 * 3600_000
const ago = (days: number) => known(new Date(now.getTime() - days * DAY_MS).toISOString(), SOURCE)
/** No two versions are of the same instant: these are deleted after each test, which else never happens. */
let saves = 0
const saving = () => ({ now: new Date(now.getTime() + ++saves) })
const administrator = actorAs('administrator')
const scopeId = scopeIdOf('demo', false, 's1')
const evaluate = () => evaluateScope({ scopeId, signal: new AbortController().signal, now: NOW })
const with_ = (more: object) => Policy.parse({ ...DEFAULT_POLICY, ...more })
const long = (ageDaysMax: number) => with_({ rules: { 'credential-long-lived': { params: { ageDaysMax } } } })
const preview = (policy: unknown) => previewPolicy(administrator, { policy, whole: true }, { now })

/** Of every age, use and environment. */
function organisation(): Observed[] {
  const random = seeded(7)
  const upTo = (days: number) => Math.floor(random() * days)
  return Array.from({ length: 120 }, (_, n) => `i${n}`).flatMap((name, n): Observed[] => [
    identity(name, {
      enabled: known(random() < 0.8, SOURCE),
      lastUsedAt: random() < 0.7 ? ago(upTo(200)) : absent(SOURCE),
      tags:
        random() < 0.6 ? known({ env: ['prod', 'dev', 'lab'][(n % 7) % 3] ?? '' }, SOURCE) : absent(SOURCE),
    }),
    ...(n % 3 ? [credential(`k-${name}`, name, { createdAt: ago(upTo(200)) })] : []),
    ...(n % 4 ? [ownerHint(name, 'ann@example.com')] : []),
    ...(n % 5 ? [] : [secret(`s-${name}`, { createdAt: ago(upTo(500)) })]),
  ])
}

beforeAll(async () => {
  await takeLook(await connection(), {
    at: NOW,
    streams: {
      main: {
        kinds: ['identity', 'credential', 'grant', 'owner-hint', 'secret'],
        observations: organisation(),
      },
    },
  })
  await evaluate()
})
beforeEach(async () => {
  await db.policy.deleteMany()
  await evaluate()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

/** What stands open: by rule and subject, how it was judged. */
async function standing(): Promise<Map<string, string>> {
  const rows = await db.finding.findMany({ where: { state: 'open' } })
  return new Map(
    rows.map((row) => [
      `${row.ruleId} ${row.subjectId}`,
      row.verdict === 'fail' ? `fail ${row.severity}` : 'unknown',
    ]),
  )
}
const NONE = 'nothing'
function difference(before: Map<string, string>, after: Map<string, string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [from, to] = [before.get(key) ?? NONE, after.get(key) ?? NONE]
    const what = `${key.split(' ')[0]}: ${from} -> ${to}`
    if (from !== to) counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info']
function promised({ moves }: Preview): Record<string, number> {
  const counts: Record<string, number> = {}
  const words = ({ state, severity }: Preview['moves'][number]['from']) =>
    state === 'fail' ? `fail ${SEVERITIES.indexOf(severity ?? '')}` : state === 'unknown' ? state : NONE
  for (const { ruleId, from, to, count } of moves) {
    const what = `${ruleId}: ${words(from)} -> ${words(to)}`
    // From passing to exempt nothing is written down.
    if (words(from) !== words(to)) counts[what] = (counts[what] ?? 0) + count
  }
  return counts
}

const POLICIES: [string, Policy][] = [
  ['a limit', long(30)],
  ['a wider limit', long(180)],
  ['a severity', with_({ rules: { 'identity-ownerless': { severity: 'critical' } } })],
  ['a rule that is off', with_({ rules: { 'identity-ownerless': { off: 'kept elsewhere' } } })],
  [
    'an environment of its own',
    with_({
      rules: {
        'credential-long-lived': {
          for: [{ environments: ['production'], params: { ageDaysMax: 20 }, severity: 'high' }],
        },
      },
    }),
  ],
  [
    'other environments',
    with_({ environments: { tags: ['stage'], names: [], places: [{ place: 's*', environment: 'x' }] } }),
  ],
  ['no environments', with_({ environments: { tags: [] } })],
  ['emergencies', with_({ breakGlass: [{ identity: 'i1*', why: 'when all fails', until: '2027-01-01' }] })],
  ['suppliers', with_({ suppliers: [{ name: 'Acme', identities: ['*2'], endedOn: '2026-01-01' }] })],
]

test.each(POLICIES)('what is said of %s is what happens', async (_, policy) => {
  const before = await standing()
  const told = await preview(policy)
  expect(await standing()).toEqual(before)
  expect([told.isWhole, told.looked, told.of]).toEqual([true, told.of, told.of])
  expect(Object.keys(promised(told)).length, 'the policy makes a difference').toBeGreaterThan(0)
  await savePolicy(administrator, { policy, note: 'as previewed', base: 0 }, saving())
  await evaluate()
  const after = await standing()
  expect(difference(before, after)).toEqual(promised(told))
  const worse = [...after].filter(([key, is]) => {
    const [was, severity] = [before.get(key), Number(is.split(' ')[1])]
    return is !== 'unknown' && (!was?.startsWith('fail') || severity < Number(was.split(' ')[1]))
  })
  expect(Object.values(told.newFailures).reduce((sum, n) => sum + n, 0)).toBe(worse.length)
  // And from there back.
  const back = await preview(DEFAULT_POLICY)
  expect(back.total).toBe(told.total)
  await restorePolicy(administrator, { version: 0, base: 1 }, saving())
  await evaluate()
  expect(await standing()).toEqual(before)
})

describe('a preview', () => {
  test('names some of each, and says how many an emergency pattern stands for', async () => {
    const told = await preview(POLICIES.find(([name]) => name === 'emergencies')?.[1])
    // i1, i10 to i19, i100 to i119
    expect(told.declared).toMatchObject([{ identity: 'i1*', fits: 31 }])
    expect(told.declared[0]?.some).toHaveLength(5)
    for (const { some, count } of told.moves) {
      expect(some).toHaveLength(Math.min(5, count))
      for (const { name } of some) expect(name).toMatch(/^(k-)?i1/)
    }
  })
  test('asks nothing where nothing differs, or only the words', async () => {
    expect(await preview(DEFAULT_POLICY)).toMatchObject({ looked: 0, isWhole: true, total: 0, changes: [] })
  })
  test('asks no rule that is not in question', async () => {
    const told = await preview(long(30))
    expect(new Set(told.moves.map(({ ruleId }) => ruleId))).toEqual(new Set(['credential-long-lived']))
    expect(told.changes).toEqual([
      { section: 'rules', ruleId: 'credential-long-lived', what: 'Days until a new value', after: '30' },
    ])
  })
  test('warns, and says which fields are wrong', async () => {
    const everybody = with_({ breakGlass: [{ identity: '*', why: 'when all fails', until: '2027-01-01' }] })
    const told = await preview(everybody)
    expect(told.warnings).toMatchObject([{ path: 'breakGlass.0.identity' }])
    expect(told.declared).toMatchObject([{ fits: 120 }])
    await expect(preview({ rules: { nonsense: {} } })).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'rules.nonsense' }],
    })
  })
  test('says how far it is, and stops when it is told to', async () => {
    const seen: number[] = []
    const { steps } = await beginPreview(administrator, { policy: long(30), whole: true }, { now })
    const stop = new AbortController()
    const work = async () => {
      for await (const step of steps(stop.signal)) {
        if ('preview' in step) return step.preview
        seen.push(step.progress.looked)
      }
      return undefined
    }
    expect((await work())?.total).toBeGreaterThan(0)
    expect(seen.length).toBeGreaterThan(0)
    stop.abort()
    await expect(work()).rejects.toMatchObject({ name: 'AbortError' })
  })
  test('that is cut says so, and never more than there is', async () => {
    const policy = with_({ environments: { tags: [] } })
    const whole = await preview(policy)
    const cut = await previewPolicy(administrator, { policy }, { now, lookedMax: 40 })
    expect([cut.looked, cut.of, cut.isWhole]).toEqual([40, whole.of, false])
    expect(cut.total).toBeGreaterThan(0)
    expect(cut.total).toBeLessThan(whole.total)
    expect(totalWords(cut)).toMatch(/^At least \d+ verdicts of/)
    expect(lookedWords(cut)).toContain(`Looked at 40 of ${whole.of}`)
    const none = await previewPolicy(administrator, { policy }, { now, lookedMax: 0 })
    expect(totalWords(none)).toBe('No verdict that was looked at would be another.')
    const enough = await previewPolicy(administrator, { policy }, { now, lookedMax: whole.of })
    expect(enough).toEqual(whole)
  })
  test('is for those who may see all of it', async () => {
    for (const role of ['analyst', 'auditor'] as const)
      expect(await previewPolicy(actorAs(role), { policy: long(80) }, { now })).toMatchObject({
        isWhole: true,
      })
    await expect(previewPolicy(actorAs('owner'), { policy: long(80) })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('saving', () => {
  const save = (policy: unknown, base: number, note = 'because') =>
    savePolicy(administrator, { policy, note, base }, saving())
  test('makes a version, sends everything to be judged, and says so in the activity', async () => {
    expect(await save(long(30), 0)).toMatchObject({ version: 1, before: 0, changed: 1 })
    expect(await currentPolicy()).toMatchObject({ version: 1, policy: long(30) })
    expect((await pendingJobs('evaluate-scope', { scopeId })).length).toBeGreaterThan(0)
    const last = await db.activity.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(last).toMatchObject({
      action: 'policy.save',
      object: 'policy:1',
      detail: { version: 1, before: 0, note: 'because', changes: [expect.stringContaining('30')] },
    })
  })
  test('refuses what was made from another version, and of two at once one', async () => {
    await save(long(30), 0)
    await expect(save(long(40), 0)).rejects.toMatchObject({ code: 'conflict' })
    const both = await Promise.allSettled([save(long(50), 1), save(long(60), 1)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await currentPolicy()).version).toBe(2)
  })
  test.each<[string, unknown, string]>([
    ['nothing new', DEFAULT_POLICY, ''],
    ['an unknown rule', with_({ rules: { nonsense: { off: 'why not' } } }), 'rules.nonsense'],
    ['no policy', { rules: 1 }, 'rules'],
    ['nothing at all', undefined, ''],
  ])('refuses %s', async (_, policy, path) => {
    const failure = save(policy, 0)
    await expect(failure).rejects.toMatchObject({ code: 'invalid' })
    if (path) await expect(failure).rejects.toMatchObject({ issues: [{ path }] })
    expect(await db.policy.count()).toBe(0)
  })
  test.each(['', '  ', 'x'])('refuses the note %j', async (note) => {
    await expect(save(long(30), 0, note)).rejects.toMatchObject({ issues: [{ path: 'note' }] })
  })
  test('is for administrators', async () => {
    for (const role of ['analyst', 'owner', 'auditor'] as const) {
      const actor = actorAs(role)
      await expect(savePolicy(actor, { policy: long(30), note: 'because', base: 0 })).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(restorePolicy(actor, { version: 0, base: 0 })).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('earlier versions', () => {
  beforeEach(async () => {
    await savePolicy(administrator, { policy: long(30), note: 'first', base: 0 }, saving())
    await savePolicy(administrator, { policy: long(60), note: 'second', base: 1, source: 'code' }, saving())
  })
  test('are listed, shown and compared', async () => {
    const { rows } = await policyVersions(administrator)
    expect(rows.map(({ version, source, note }) => [version, source, note])).toEqual([
      [2, 'code', 'second'],
      [1, 'interface', 'first'],
      [0, 'built-in', 'What is built in'],
    ])
    expect(await policyVersions(administrator, { before: 2 })).toMatchObject({ rows: [{ version: 1 }, {}] })
    expect((await policyVersion(administrator, 1)).policy).toEqual(long(30))
    expect(await policyDifference(administrator, { from: 1, to: 2 })).toMatchObject([
      { what: 'Days until a new value', before: '30', after: '60' },
    ])
    for (const version of [3, -1, 0.5, 2 ** 40, Number.NaN])
      await expect(policyVersion(administrator, version)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('count again as a new version', async () => {
    expect(await restorePolicy(administrator, { version: 1, base: 2 }, saving())).toMatchObject({
      version: 3,
    })
    expect(await policyView(administrator)).toMatchObject({
      version: 3,
      note: 'Version 1 again',
      policy: long(30),
    })
    await expect(restorePolicy(administrator, { version: 1, base: 3 })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(restorePolicy(administrator, { version: 9, base: 3 })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(restorePolicy(administrator, { version: 0, base: 2 })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
  test('whose rules are gone are not', async () => {
    const doc = { ...DEFAULT_POLICY, rules: { nonsense: { off: 'why not', for: [] } } }
    await db.policy.create({ data: { version: 3, doc, note: 'x', author: 'x', source: 'code' } })
    await savePolicy(administrator, { policy: long(10), note: 'next', base: 3 }, saving())
    await expect(restorePolicy(administrator, { version: 3, base: 4 })).rejects.toMatchObject({
      issues: [{ path: 'rules.nonsense' }],
    })
  })
  test('say what was set of a rule at an instant', async () => {
    await db.policy.update({ where: { version: 1 }, data: { at: '2026-08-01T00:00:00Z' } })
    await db.policy.update({ where: { version: 2 }, data: { at: '2026-09-01T00:00:00Z' } })
    const set = async (known?: string) => {
      const { version, params } = await ruleSettings(actorAs('owner'), 'credential-long-lived', known)
      return [version, params[0]?.value, params[0]?.isSet]
    }
    expect(await set()).toEqual([2, '60', true])
    expect(await set('2026-08-15T00:00:00.000Z')).toEqual([1, '30', true])
    expect(await set('2026-07-15T00:00:00.000Z')).toEqual([0, '90', false])
  })
})
