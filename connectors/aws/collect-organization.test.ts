// What caps the account: every level from the root down, and that whoever may not ask has not found that there is none.
import { describe, expect, test } from 'vitest'
import { collect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Of } from '@/core/observation'
import type { Explanation, Transport } from '@/core/upstream'
import { apply } from '@/tests/conformance/reference-inventory'
import aws from './collect'
import { sessionOn } from './fixtures/recorded-world'

const ACCOUNT = '123456789012'
const [T1, T2] = ['2026-09-30T12:00:00Z', '2026-10-01T12:00:00Z']
const STREAMS = ['organization', 'service-control-policies', 'resource-control-policies']
const connector = {
  ...aws,
  streams: Object.fromEntries(STREAMS.map((name) => [name, aws.streams[name]!])),
} as unknown as Connector

const allowing = (Action: string) => ({
  Policy: { Content: JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }) },
})
const attached = (...ids: string[]) => ({
  Policies: ids.map((Id) => ({ Id, Name: `name of ${Id}`, AwsManaged: Id.endsWith('Access') })),
})
const roots = (...types: [Type: string, Status: string][]) => ({
  Roots: [{ Id: 'r-1', PolicyTypes: types.map(([Type, Status]) => ({ Type, Status })) }],
})
const parent = (Id: string, Type = 'ORGANIZATIONAL_UNIT') => ({ Parents: [{ Id, Type }] })
const SCP = 'SERVICE_CONTROL_POLICY'
const RCP = 'RESOURCE_CONTROL_POLICY'

/** A member of an organization, two units deep, that may ask everything. */
const ANSWERS: Record<string, unknown> = {
  'sts:GetCallerIdentity': { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:role/x` },
  'iam:ListAccountAliases': { AccountAliases: [] },
  'organizations:DescribeOrganization': {
    Organization: {
      Id: 'o-1',
      MasterAccountId: '210987654321',
      MasterAccountEmail: 'canary@halden.example',
      FeatureSet: 'ALL',
    },
  },
  'organizations:ListRoots': roots([SCP, 'ENABLED'], [RCP, 'ENABLED'], ['TAG_POLICY', 'ENABLED']),
  [`organizations:ListParents ${ACCOUNT}`]: parent('ou-low'),
  'organizations:ListParents ou-low': parent('ou-high'),
  'organizations:ListParents ou-high': parent('r-1', 'ROOT'),
  [`organizations:ListPoliciesForTarget r-1 ${SCP}`]: attached('p-lock', 'p-FullAWSAccess'),
  [`organizations:ListPoliciesForTarget ou-high ${SCP}`]: attached('p-FullAWSAccess'),
  [`organizations:ListPoliciesForTarget ou-low ${SCP}`]: attached('p-FullAWSAccess', 'p-lock'),
  [`organizations:ListPoliciesForTarget ${ACCOUNT} ${SCP}`]: attached('p-own'),
  'organizations:ListPoliciesForTarget': attached('p-RCPFullAWSAccess'),
  'organizations:DescribePolicy': allowing('*'),
}
type Answer = object | Explanation
class Refused extends Error {
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}
const denied: Explanation = { why: 'denied', code: 'AccessDeniedException', detail: 'Not permitted.' }
const none: Explanation = { why: 'malformed', code: 'AWSOrganizationsNotInUseException', detail: 'None.' }
const isRefusal = (answer: Answer): answer is Explanation => 'why' in answer

/** The most particular answer there is to a question. */
function estate(changes: Record<string, Answer> = {}): Transport & { calls: string[] } {
  const answers = { ...ANSWERS, ...changes } as Record<string, Answer>
  const calls: string[] = []
  return {
    calls,
    async send(permission, params) {
      const { ChildId, TargetId, Filter, PolicyId } = params as Record<string, string>
      const words = [permission, ChildId ?? TargetId ?? PolicyId, Filter].filter((word) => word !== undefined)
      calls.push(words.join(' '))
      const found = [words, words.slice(0, 2), words.slice(0, 1)]
        .map((some) => answers[some.join(' ')])
        .find((answer) => answer !== undefined)
      if (!found) throw new Error(`not expected: ${words.join(' ')}`)
      if (isRefusal(found)) throw new Refused(found)
      return found
    },
    explain: (error) => (error instanceof Refused ? error.explanation : undefined),
  }
}
async function look(changes: Record<string, Answer> = {}, now = T1) {
  const transport = estate(changes)
  const events: Collected[] = []
  for await (const event of collect(connector, sessionOn(transport), now)) events.push(event)
  return { events, calls: transport.calls }
}
const rows = (events: readonly Collected[], type?: string) =>
  events
    .flatMap((e) => (e.type === 'observations' ? e.observations : []))
    .filter((o): o is Of<'entitlement'> => o.kind === 'entitlement' && (!type || o.type === type))
const documents = (events: readonly Collected[], type: string) =>
  rows(events, type).map(({ document }) => (document.state === 'known' ? document.value : document.state))
const states = (events: readonly Collected[]) =>
  events.flatMap((e) => (e.type === 'coverage' ? [e.kinds.entitlement?.state] : []))
const COMPLETE = ['complete', 'complete', 'complete']

describe('the organization', () => {
  test('is told by ids, and without the mail address of anybody', async () => {
    const { events } = await look()
    expect(documents(events, 'aws.organization')).toEqual([
      { id: 'o-1', management: '210987654321', featureSet: 'ALL' },
    ])
    expect(JSON.stringify(events)).not.toContain('canary')
    expect(rows(events).every(({ gives, language }) => gives === 'nothing' && language !== 'aws-iam')).toBe(
      true,
    )
  })
  test('none is an answer, and nothing else is asked', async () => {
    const { events, calls } = await look({ 'organizations:DescribeOrganization': none })
    expect(rows(events).map(({ nativeId, document }) => [nativeId, document])).toEqual([
      [
        `${ACCOUNT}/organization`,
        { state: 'known', value: { none: true }, source: 'organizations:DescribeOrganization' },
      ],
    ])
    expect(states(events)).toEqual(COMPLETE)
    expect(new Set(calls.filter((call) => call.startsWith('organizations:')))).toEqual(
      new Set(['organizations:DescribeOrganization']),
    )
  })
  test('one that may not be asked for is unknown, with all that is in it', async () => {
    const { events } = await look({ 'organizations:DescribeOrganization': denied })
    expect(rows(events)).toEqual([])
    expect(states(events)).toEqual(['partial', 'partial', 'partial'])
  })
})

describe('policies', () => {
  test('of every level, the root first and the account last', async () => {
    const { events } = await look()
    expect(states(events)).toEqual(COMPLETE)
    const found = rows(events, 'aws.service-control-policy').map(
      ({ nativeId, name, managedBy, document }) => [
        nativeId,
        name,
        managedBy,
        document.state === 'known' && document.value['level'],
      ],
    )
    expect(found).toEqual([
      ['p-FullAWSAccess@r-1', 'name of p-FullAWSAccess', 'provider', 0],
      ['p-lock@r-1', 'name of p-lock', 'customer', 0],
      ['p-FullAWSAccess@ou-high', 'name of p-FullAWSAccess', 'provider', 1],
      ['p-FullAWSAccess@ou-low', 'name of p-FullAWSAccess', 'provider', 2],
      ['p-lock@ou-low', 'name of p-lock', 'customer', 2],
      [`p-own@${ACCOUNT}`, 'name of p-own', 'customer', 3],
    ])
    expect(documents(events, 'aws.service-control-policy').at(-1)).toEqual({
      policy: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      level: 3,
      target: ACCOUNT,
      name: 'name of p-own',
    })
    expect(rows(events, 'aws.resource-control-policy')).toHaveLength(4)
  })
  test('are read once, however often they are attached', async () => {
    const { calls } = await look()
    expect(calls.filter((call) => call === 'organizations:DescribePolicy p-FullAWSAccess')).toHaveLength(1)
  })
  test('of a sort that is off there are none, and that is known', async () => {
    const { events, calls } = await look({ 'organizations:ListRoots': roots([SCP, 'ENABLED']) })
    expect(states(events)).toEqual(COMPLETE)
    expect(documents(events, 'aws.control-policy-type')).toEqual([
      { policyType: SCP, status: 'enabled' },
      { policyType: RCP, status: 'disabled' },
    ])
    expect(calls.some((call) => call.endsWith(RCP))).toBe(false)
  })
  test('an organization for billing alone has none, which takes no permission to know', async () => {
    const billing = {
      Organization: { Id: 'o-1', MasterAccountId: ACCOUNT, FeatureSet: 'CONSOLIDATED_BILLING' },
    }
    const { events } = await look({
      'organizations:DescribeOrganization': billing,
      'organizations:ListRoots': denied,
    })
    expect(states(events)).toEqual(COMPLETE)
    expect(documents(events, 'aws.control-policy-type')).toMatchObject([
      { status: 'disabled' },
      { status: 'disabled' },
    ])
  })
  test('a sort that is just being turned on is neither on nor off', async () => {
    const { events } = await look({ 'organizations:ListRoots': roots([SCP, 'PENDING_ENABLE']) })
    expect(states(events)).toEqual(['complete', 'partial', 'complete'])
    expect(documents(events, 'aws.control-policy-type')).toMatchObject(['unknown', { status: 'disabled' }])
  })
})

describe('what a refusal costs', () => {
  test('a member account knows its organization, and that its policies are unknown', async () => {
    const { events, calls } = await look({ 'organizations:ListRoots': denied })
    expect(states(events)).toEqual(['complete', 'partial', 'partial'])
    expect(documents(events, 'aws.control-policy-type')).toEqual(['unknown', 'unknown'])
    const detail = events.flatMap((e) =>
      e.type === 'coverage' && e.kinds.entitlement?.state === 'partial' ? [e.kinds.entitlement.detail] : [],
    )
    expect(detail[0]).toBe(
      'Not permitted. Only the management account of the organization, and accounts that it delegates to, may ask at all.',
    )
    expect(calls.some((call) => call.startsWith('organizations:ListParents'))).toBe(false)
  })
  test.each([
    ['ListParents ou-low', denied, 0],
    ['ListParents ou-low', { Parents: [] }, 0],
    [`ListPoliciesForTarget ou-high ${SCP}`, denied, 5],
  ])('%s, answered with %j', async (question, answer, left) => {
    const { events } = await look({ [`organizations:${question}`]: answer })
    expect(states(events)[1]).toBe('partial')
    expect(rows(events, 'aws.service-control-policy')).toHaveLength(left)
  })
  test('units that lie in each other for ever are no tree', async () => {
    const { events } = await look({ 'organizations:ListParents ou-high': parent('ou-low') })
    expect(states(events)).toEqual(['complete', 'partial', 'partial'])
  })
  test('what a policy says can be unknown while it is known where it is attached', async () => {
    const { events } = await look({ 'organizations:DescribePolicy p-lock': denied })
    expect(states(events)).toEqual(COMPLETE)
    const dark = rows(events).filter(({ document }) => document.state === 'unknown')
    expect(dark.map(({ nativeId }) => nativeId)).toEqual(['p-lock@r-1', 'p-lock@ou-low'])
  })
  test('a policy that is no document is unknown too', async () => {
    const { events } = await look({ 'organizations:DescribePolicy p-own': { Policy: { Content: 'allow' } } })
    expect(documents(events, 'aws.service-control-policy').at(-1)).toBe('unknown')
  })
  test('a policy deleted while it was read is gone', async () => {
    const gone = { why: 'malformed' as const, code: 'PolicyNotFoundException', detail: 'gone' }
    const { events } = await look({ 'organizations:DescribePolicy p-lock': gone })
    expect(states(events)).toEqual(COMPLETE)
    expect(rows(events, 'aws.service-control-policy')).toHaveLength(4)
  })
})

test('a refusal retires nothing and erases nothing; a policy that was detached goes with the next whole look', async () => {
  const first = apply(new Map(), (await look()).events, T1)
  const refused = apply(first.state, (await look({ 'organizations:ListRoots': denied }, T2)).events, T2)
  expect(refused.changes.filter(({ type }) => type === 'retired')).toEqual([])
  const status = [...refused.state.values()].find(({ nativeId }) =>
    nativeId.endsWith('/service-control-policies'),
  )
  expect(status?.observation).toMatchObject({ document: { state: 'known', value: { status: 'enabled' } } })
  const own = `organizations:ListPoliciesForTarget ${ACCOUNT} ${SCP}`
  const later = apply(first.state, (await look({ [own]: attached() }, T2)).events, T2)
  expect(later.changes.map(({ type, nativeId }) => [type, nativeId])).toEqual([
    ['retired', `p-own@${ACCOUNT}`],
  ])
})
