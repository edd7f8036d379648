// What has to hold for every account: denies only take, allows only give, and ignorance never turns an answer round.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Held, Principal, Question, Realm, Ruling, TrustStatement } from '@/core/access'
import { PRIVILEGES } from '@/core/access'
import { AwsAccess } from './aws-access'
import { on } from './many'
import { aws } from './platform'

const ACCOUNT = '111122223333'
const RANK = { no: 0, depends: 1, yes: 2 }
const actions = fc.constantFrom(
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  'iam:*',
  'iam:PassRole',
  'sts:AssumeRole',
  'sts:*',
  'kms:Decrypt',
)
const resources = fc.constantFrom(
  ...[
    '*',
    'arn:aws:s3:::bucket/*',
    'arn:aws:s3:::bucket/key',
    'arn:aws:s3:::${aws:username}/*',
    'arn:aws:iam::*:role/a*',
  ],
  ...[
    `arn:aws:iam::${ACCOUNT}:role/app`,
    `arn:aws:iam::${ACCOUNT}:role/\${aws:PrincipalTag/team}*`,
    'arn:aws:iam::*:user/*',
  ],
)
const conditions = fc.constantFrom<Record<string, unknown> | undefined>(
  ...[undefined, undefined, undefined],
  { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': 'b' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': ['x*'] } },
  { Nonsense: { 'aws:username': 'x' } },
)
const listOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 })
const statementOf = (Effect: 'Allow' | 'Deny') =>
  fc
    .tuple(listOf(actions), listOf(resources), conditions, fc.nat(9))
    .map(([Action, Resource, Condition, odd]) => ({
      Effect,
      ...(odd === 0 ? { NotAction: Action } : { Action }),
      ...(odd === 1 ? { NotResource: Resource } : { Resource }),
      ...(Condition && { Condition }),
    }))
const statements = fc.array(fc.oneof(statementOf('Allow'), statementOf('Allow'), statementOf('Deny')), {
  maxLength: 3,
})
type Statements = readonly unknown[]
const held = (
  Statement: Statements | undefined,
  effect: Held['effect'] = 'allow',
  id = JSON.stringify(Statement),
): Held => ({
  id,
  name: 'P',
  language: 'aws-iam',
  effect,
  via: 'attached',
  ...(Statement && { document: { Version: '2012-10-17', Statement } }),
})
const trusts = fc.array(
  fc
    .tuple(
      fc.constantFrom<[TrustStatement['principalType'], string]>(
        ['account', ACCOUNT],
        ['identity', `arn:aws:iam::${ACCOUNT}:role/app`],
        ['identity', `arn:aws:iam::${ACCOUNT}:user/ann`],
        ['anyone', '*'],
        ['service', 'ec2.amazonaws.com'],
      ),
      conditions,
      fc.nat(4),
    )
    .map(([[principalType, principal], condition, odd]): TrustStatement => ({
      id: 't',
      principalType,
      principal,
      effect: odd === 0 ? 'deny' : 'allow',
      actions: ['sts:AssumeRole'],
      ...(condition && { conditions: condition }),
    })),
  { maxLength: 3 },
)
const principal = (
  kind: 'user' | 'role',
  name: string,
  own: readonly Held[],
  of: readonly TrustStatement[] = [],
  tags = {},
): Principal => ({
  id: name,
  type: `aws.iam-${kind}`,
  name,
  aliases: [`arn:aws:iam::${ACCOUNT}:${kind}/${name}`],
  class: 'machine',
  tags,
  held: own,
  trusts: of,
})
const ALONE: Ruling = {
  id: 'o',
  type: 'aws.organization',
  name: 'o',
  aliases: [],
  language: 'aws-iam',
  document: { none: true },
}
const scp = (level: number, Statement: Statements): Ruling => ({
  ...{ id: `scp${level}`, type: 'aws.service-control-policy', name: 'scp', aliases: [], language: 'aws-iam' },
  document: { policy: { Version: '2012-10-17', Statement }, level, target: 'x' },
})
const worlds = fc
  .record({
    kind: fc.constantFrom('user' as const, 'role' as const),
    own: fc.array(statements, { maxLength: 2 }),
    limit: fc.option(statements, { nil: undefined, freq: 3 }),
    levels: fc.array(statements, { maxLength: 1 }),
    target: trusts,
    tags: fc.constantFrom<Record<string, string>>({}, { team: 'a' }, { team: 'b' }),
  })
  .map(({ kind, own, limit, levels, target, tags }) => ({
    kind,
    held: [...own.map((one) => held(one)), ...(limit ? [held(limit, 'limit')] : [])],
    rulings: levels.length ? levels.map((one, at) => scp(at, one)) : [ALONE],
    target,
    tags,
  }))
type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never
const realmOf = ({ kind, held: own, rulings, target, tags }: World, more: Partial<Realm> = {}): Realm => ({
  id: ACCOUNT,
  type: 'aws.account',
  name: 'x',
  principals: [
    principal(kind, kind === 'role' ? 'app' : 'ann', own, [], tags),
    ...['a', 'ab', 'b', 'c'].map((name) => principal('role', name, [], target, { team: name })),
  ],
  elsewhere: [],
  runners: [],
  rulings,
  things: [],
  unseen: [],
  ...more,
})
const who = ({ kind }: World): string => (kind === 'role' ? 'app' : 'ann')
const questions = fc.constantFrom<Question>(
  { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/*' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::ann/x' },
  { action: 's3:ListAllMyBuckets', resource: '*' },
  { action: 'iam:PassRole', resource: `arn:aws:iam::${ACCOUNT}:role/a` },
  { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/a` },
  { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-north-1:${ACCOUNT}:key/1` },
)
const answerOf = (world: World, question: Question, more: Partial<Realm> = {}) =>
  aws.within(realmOf(world, more)).can(who(world), question).answer
const RUNS = { numRuns: 200 }

test('adding a deny never adds access', () => {
  fc.assert(
    fc.property(worlds, questions, statementOf('Deny'), (world, question, deny) => {
      const more = { ...world, held: [...world.held, held([deny])] }
      expect(RANK[answerOf(more, question)]).toBeLessThanOrEqual(RANK[answerOf(world, question)])
    }),
    RUNS,
  )
})

test('removing a grant never adds access', () => {
  fc.assert(
    fc.property(worlds, questions, statementOf('Allow'), (world, question, allow) => {
      const more = { ...world, held: [...world.held, held([allow])] }
      expect(RANK[answerOf(world, question)]).toBeLessThanOrEqual(RANK[answerOf(more, question)])
    }),
    RUNS,
  )
})

test('the order of documents, statements and levels does not matter', () => {
  fc.assert(
    fc.property(worlds, questions, (world, question) => {
      const turned = world.held
        .map((one) => held([...(one.document!.Statement as Statements)].reverse(), one.effect))
        .reverse()
      expect(answerOf({ ...world, held: turned, rulings: [...world.rulings].reverse() }, question)).toBe(
        answerOf(world, question),
      )
    }),
    RUNS,
  )
})

test('knowing less never turns a plain answer into the opposite', () => {
  const parts = fc.constantFrom('grants', 'rulings', 'trusts', 'principals', 'runners') as fc.Arbitrary<
    Realm['unseen'][number]['part']
  >
  fc.assert(
    fc.property(worlds, questions, parts, fc.nat(3), (world, question, part, at) => {
      const before = answerOf(world, question)
      const unreadable = world.held.map((one, n) => (n === at ? held(undefined, one.effect, 'gone') : one))
      for (const after of [
        answerOf({ ...world, held: unreadable }, question),
        answerOf(world, question, { unseen: [{ part, words: 'Not seen' }] }),
        answerOf(world.rulings[0] === ALONE ? { ...world, rulings: [] } : world, question),
      ])
        expect(['depends', before]).toContain(after)
    }),
    RUNS,
  )
})

test('what is certain of privileges is never more than what is possible, and an unreadable document leaves nothing certain', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { certain, possible } = aws.within(realmOf(world)).privileges(who(world))
      expect(PRIVILEGES.indexOf(certain)).toBeGreaterThanOrEqual(PRIVILEGES.indexOf(possible))
      const hidden = { ...world, held: [...world.held, held(undefined, 'allow', 'gone')] }
      expect(aws.within(realmOf(hidden)).privileges(who(world)).certain).toBe('none')
    }),
    { numRuns: 60 },
  )
})

test('many targets at a time are answered as one at a time', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom('iam:PassRole', 'iam:GetRole', 'sts:TagSession'), (world, action) => {
      const access = new AwsAccess(realmOf(world))
      const subject = access.subject(who(world))!
      const together = new Map(
        on(access, subject, [{ action }], access.targets('role')).flatMap(({ targets, answer }) =>
          targets.map(({ arn }) => [arn, answer.value]),
        ),
      )
      for (const { arn } of access.targets('role').list)
        expect([arn, together.get(arn) ?? 'no']).toEqual([
          arn,
          access.judge(subject, { action, resource: arn }).value,
        ])
    }),
    RUNS,
  )
})

test('steps of trust are those that asking for each role finds', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const access = aws.within(realmOf(world))
      const steps = access.steps(who(world)).steps.filter(({ by }) => by === 'trust')
      const told = Object.fromEntries(
        steps.map(({ to, answer }) => [to.kind === 'principal' ? to.id : '', answer]),
      )
      for (const name of ['a', 'ab', 'b', 'c']) {
        const resource = `arn:aws:iam::${ACCOUNT}:role/${name}`
        const { answer } = access.can(who(world), { action: 'sts:AssumeRole', resource })
        // A step chooses the tags of its request; a question that tells of none leaves them open.
        const isChosen = answer === 'depends' && JSON.stringify(world).includes('aws:TagKeys')
        if (!isChosen) expect([name, told[name] ?? 'no']).toEqual([name, answer])
      }
    }),
    RUNS,
  )
})

test('whatever is given, there is an answer, and nonsense is no plain yes', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('*', 'arn:aws:s3:::*', 's3:*', '${', '${aws:username}', 's3:GetObject'),
  )
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
      text,
      text,
      text,
      (document, odd, id, action, resource) => {
        const own: Held[] = [
          { ...held(undefined), id, document },
          { ...held(undefined), id, document: { Version: '2012-10-17', Statement: odd } },
          {
            ...held(undefined),
            id,
            document: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: odd }] },
          },
        ]
        const row = {
          id,
          principalType: 'identity',
          principal: id,
          effect: 'allow',
          actions: [action],
          conditions: document,
        } as TrustStatement
        const rulings = ['aws.service-control-policy', 'aws.resource-policy', 'aws.organization'].map(
          (type) => ({ ...ALONE, type, document }),
        )
        const realm: Realm = {
          ...realmOf({ kind: 'role', held: own, rulings, target: [row], tags: {} }),
          rulings: [
            ...rulings,
            { ...ALONE, type: 'aws.resource-policy', document: { resource, policy: odd } },
          ],
        }
        const access = aws.within(realm)
        const { answer } = access.can('app', { action, resource, context: { [id]: resource } })
        expect(answer).not.toBe('yes')
        expect(access.can(id, { action: 's3:GetObject', resource }).answer).not.toBe('yes')
        expect(access.privileges('app').certain).not.toBe('administrator')
        expect(
          access.admits('a', { kind: 'token', issuer: id, claims: { [action]: resource } }).answer,
        ).not.toBe('yes')
        expect(access.steps('app').steps.every((step) => step.answer !== 'yes')).toBe(true)
        expect(Array.isArray(access.pitfalls('a'))).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})
