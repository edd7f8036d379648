// From observations to findings, through the real rules and the real evaluator.
import { expect, test } from 'vitest'
import { known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import { connection, credential, identity, refused, takeLook, type Script } from '@/tests/scripted-source'
import { evaluateScope } from './evaluate-scope'

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
const fresh = () => `s-${Math.random().toString(36).slice(2)}`
const signal = new AbortController().signal
/** These stay as they are, whatever other rules there come to be. */
const ASKED = ['identity-ownerless', 'identity-administrator', 'identity-escalates', 'credential-long-lived']
const asking = rules.filter(({ meta }) => ASKED.includes(meta.id))

const grant = (of: string, entitlement: string): Of<'grant'> => ({
  kind: 'grant',
  nativeId: `${of} ${entitlement}`,
  identity: of,
  entitlement,
  entitlementName: entitlement,
  effect: 'allow',
  via: 'attached',
})
const entitlement = (nativeId: string, document: Fact<Record<string, unknown>>): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId,
  aliases: [],
  type: 'demo.policy',
  name: nativeId,
  language: 'aws-iam',
  managedBy: 'customer',
  document,
})
const everything = known(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'd',
)
const denyAll = known(
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
  'd',
)
const hint = (of: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${of} owner`,
  identity: of,
  names: 'person',
  value: 'ada@acme.example',
  via: 'tag owner',
})

async function judge(scope: string, at: string, script: Script, to?: Awaited<ReturnType<typeof connection>>) {
  const source = to ?? (await connection())
  await takeLook(source, { at, scopes: [scope], streams: { all: script } })
  await evaluateScope({ scopeId: scopeIdOf('demo', false, scope), signal, now: at, asking })
  return source
}
const verdicts = async (scope: string, ruleId: string) =>
  Object.fromEntries(
    (
      await db.finding.findMany({
        where: { scopeId: scopeIdOf('demo', false, scope), ruleId, state: 'open' },
      })
    ).map((f) => [f.subjectName, f.verdict]),
  )

const estate: Observation[] = [
  identity('owned'),
  identity('nobody'),
  identity('person', { class: 'human' }),
  identity('root-like'),
  identity('capped'),
  hint('owned'),
  entitlement('all', everything),
  entitlement('none', denyAll),
  grant('root-like', 'all'),
  grant('capped', 'all'),
  grant('capped', 'none'),
  credential('old', 'owned'),
  credential('new', 'owned', { createdAt: known(T(1), 'd') }),
]

test('a complete look gives plain answers', async () => {
  const scope = fresh()
  await judge(scope, T(2), { observations: estate })
  expect(await verdicts(scope, 'identity-ownerless')).toEqual({
    nobody: 'fail',
    'root-like': 'fail',
    capped: 'fail',
  })
  expect(await verdicts(scope, 'identity-administrator')).toEqual({ 'root-like': 'fail' })
  expect(await verdicts(scope, 'credential-long-lived')).toEqual({ old: 'fail' })
  const posture = await db.posture.findFirstOrThrow({ where: { ownerName: 'ada@acme.example' } })
  expect(posture).toMatchObject({ credentials: 2, failing: 1, unknowns: 0, privilegeClass: 'none' })
  const tally = await db.tally.findFirstOrThrow({
    where: { ruleId: 'identity-ownerless', scope: { nativeId: scope } },
  })
  expect(tally).toMatchObject({ pass: 1, fail: 3, unknown: 0, notApplicable: 1 })
})

test('what was never seen whole is unknown, not fail and not pass', async () => {
  const scope = fresh()
  const lacking = {
    kinds: ['owner-hint' as const, 'grant' as const],
    why: unknown('denied', 'demo:Tags', 'no'),
  }
  const observations = estate.filter((o) => !['owner-hint', 'grant'].includes(o.kind))
  await judge(scope, T(2), { observations, lacking })
  const all = { owned: 'unknown', nobody: 'unknown', 'root-like': 'unknown', capped: 'unknown' }
  expect(await verdicts(scope, 'identity-ownerless')).toEqual(all)
  expect(await verdicts(scope, 'identity-administrator')).toEqual(all)
})

test('a later refusal changes no verdict; it is said beside the evidence', async () => {
  const scope = fresh()
  const to = await judge(scope, T(2), { observations: estate })
  await judge(scope, T(3), { observations: [], fails: refused() }, to)
  expect(await verdicts(scope, 'identity-administrator')).toEqual({ 'root-like': 'fail' })
  const finding = await db.finding.findFirstOrThrow({
    where: { ruleId: 'identity-ownerless', subjectName: 'nobody', scopeId: scopeIdOf('demo', false, scope) },
  })
  expect(finding.evidence).toMatchObject([{ fact: 'owner', state: 'absent', at: T(2), why: 'denied' }])
})

test('a finding resolves when it passes or its subject goes, and reopens as itself', async () => {
  const scope = fresh()
  const to = await judge(scope, T(2), { observations: [identity('a'), identity('b')] })
  const one = await db.finding.findFirstOrThrow({
    where: { subjectName: 'a', ruleId: 'identity-ownerless', scopeId: scopeIdOf('demo', false, scope) },
  })
  await judge(scope, T(3), { observations: [identity('a'), hint('a')] }, to)
  const settled = await db.finding.findMany({
    where: { scopeId: scopeIdOf('demo', false, scope), ruleId: 'identity-ownerless' },
    orderBy: { subjectName: 'asc' },
  })
  expect(settled.map((f) => [f.subjectName, f.state, f.resolvedWhy])).toEqual([
    ['a', 'resolved', 'the rule passes now'],
    ['b', 'resolved', 'the subject is gone'],
  ])
  await judge(scope, T(4), { observations: [identity('a')] }, to)
  const again = await db.finding.findUniqueOrThrow({ where: { id: one.id } })
  expect([again.state, again.openedAt.toISOString()]).toEqual(['open', T(4)])
})

test('a finding about what the rule no longer speaks of is not said to pass', async () => {
  const scope = fresh()
  const to = await judge(scope, T(2), { observations: [identity('a')] })
  await judge(scope, T(3), { observations: [identity('a', { class: 'human' })] }, to)
  const [finding] = await db.finding.findMany({
    where: { scopeId: scopeIdOf('demo', false, scope), ruleId: 'identity-ownerless' },
  })
  expect([finding?.state, finding?.resolvedWhy]).toEqual(['resolved', 'the rule no longer applies to it'])
})

test('no credential is a fact only where credentials were seen whole, or cannot be', async () => {
  const states = async (scope: string) =>
    (
      await db.posture.findMany({
        where: { scopeId: scopeIdOf('demo', false, scope) },
        orderBy: { ownerName: { sort: 'asc', nulls: 'last' } },
      })
    ).map((p) => p.credentialsState)
  const observations = [identity('user'), hint('user'), identity('role', { neverHasCredentials: true })]
  const [seen, unseen] = [fresh(), fresh()]
  await judge(seen, T(2), { observations })
  expect(await states(seen)).toEqual(['known', 'known'])
  const lacking = { kinds: ['credential' as const], why: unknown('denied', 'demo:Keys', 'no') }
  await judge(unseen, T(2), { observations, lacking })
  expect(await states(unseen)).toEqual(['unknown', 'known'])
})

test('evaluating again without a change writes no finding', async () => {
  const scope = fresh()
  await judge(scope, T(2), { observations: estate })
  const before = await db.finding.findMany({
    where: { scopeId: scopeIdOf('demo', false, scope) },
    orderBy: { id: 'asc' },
  })
  await evaluateScope({
    scopeId: scopeIdOf('demo', false, scope),
    signal,
    now: '2026-10-02T01:00:00.000Z',
    asking,
  })
  const after = await db.finding.findMany({
    where: { scopeId: scopeIdOf('demo', false, scope) },
    orderBy: { id: 'asc' },
  })
  expect(after).toEqual(before)
})

test('a hint at who answers for a stored secret is kept, and makes nobody the owner of an identity', async () => {
  const scope = fresh()
  const secretHint: Of<'owner-hint'> = {
    kind: 'owner-hint',
    nativeId: 'kept/owner',
    secret: 'kept',
    names: 'team',
    value: 'shop',
    via: 'metadata team',
  }
  await judge(scope, T(2), { observations: [identity('a'), hint('a'), secretHint, identity('kept')] })
  const scopeId = scopeIdOf('demo', false, scope)
  const rows = await db.ownerHint.findMany({ where: { scopeId }, orderBy: { nativeId: 'asc' } })
  expect(rows.map(({ identityRef, unbound, value }) => [identityRef, unbound, value])).toEqual([
    ['a', false, 'ada@acme.example'],
    [null, false, 'shop'],
  ])
  expect(rows[1]?.identityId).toBeNull()
  expect(await verdicts(scope, 'identity-ownerless')).toEqual({ kept: 'fail' })
})

test('names that could not be read stay in the inventory, marked, until they were', async () => {
  const scope = fresh()
  const keys = [{ type: 'demo.name', value: 'a' }]
  const to = await judge(scope, T(2), { observations: [identity('a', { keys })] })
  const doc = async () =>
    (await db.identity.findFirstOrThrow({ where: { scopeId: scopeIdOf('demo', false, scope) } })).doc
  await judge(scope, T(3), { observations: [identity('a', { joiningUnseen: true })] }, to)
  expect(await doc()).toMatchObject({ keys, joiningUnseen: true })
  await judge(scope, T(4), { observations: [identity('a')] }, to)
  expect(await doc()).not.toHaveProperty('keys')
  expect(await doc()).not.toHaveProperty('joiningUnseen')
})

test('what a stream of others did not see leaves an identity ownerless and without keys, as far as it is not about it', async () => {
  const to = await connection()
  const scope = fresh()
  const own = ['demo.token']
  const unread = (about?: Script['about']): Script => ({
    observations: [],
    lacking: { kinds: ['identity', 'grant', 'owner-hint'], why: unknown('left-out', 'demo:Tokens') },
    ...(about && { about }),
  })
  const ask = async (at: string, tokens: Script) => {
    const observations = [identity('robot'), identity('token', { type: 'demo.token' })]
    await takeLook(to, { at, scopes: [scope], streams: { main: { observations }, tokens } })
    await evaluateScope({ scopeId: scopeIdOf('demo', false, scope), signal, now: at, asking })
    const postures = await db.$queryRaw<{ name: string; owner: string; privilege: string }[]>`
      SELECT i.name, p.owner_state AS owner, p.privilege_class AS privilege FROM posture p
      JOIN identity i ON i.id = p.identity_id WHERE p.scope_id = ${scopeIdOf('demo', false, scope)}::uuid ORDER BY i.name`
    return postures.map(({ name, owner, privilege }) => [name, owner, privilege])
  }
  expect(await ask(T(1), unread())).toEqual([
    ['robot', 'unknown', 'unknown'],
    ['token', 'unknown', 'unknown'],
  ])
  expect(await ask(T(2), unread({ identity: own, grant: own, 'owner-hint': own }))).toEqual([
    ['robot', 'absent', 'none'],
    ['token', 'unknown', 'unknown'],
  ])
})

test('what gives nobody anything needs no evaluator; what may give something does', async () => {
  const privilege = async (scope: string) =>
    (await db.posture.findFirstOrThrow({ where: { scopeId: scopeIdOf('demo', false, scope) } }))
      .privilegeClass
  const rule = { ...entitlement('a rule', known({}, 'd')), language: 'rules-of-others' }
  const [restricted, foreign] = [fresh(), fresh()]
  await judge(restricted, T(2), { observations: [identity('a'), { ...rule, gives: 'nothing' }] })
  await judge(foreign, T(2), { observations: [identity('a'), rule] })
  expect([await privilege(restricted), await privilege(foreign)]).toEqual(['none', 'unknown'])
})
