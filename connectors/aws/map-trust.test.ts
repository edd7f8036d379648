// Trust policies in the forms AWS allows, and in forms that nobody has thought of.
import { describe, expect, test } from 'vitest'
import { readTrust } from './map-trust'

const role = (AssumeRolePolicyDocument: unknown) => ({
  RoleId: 'AROAROLE',
  RoleName: 'role',
  AssumeRolePolicyDocument,
})
const statement = (extra: Record<string, unknown>) =>
  role({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...extra }] })
const read = (given: ReturnType<typeof role>) => readTrust(given, 'iam:ListRoles')
const who = (given: ReturnType<typeof role>) =>
  read(given).trusts.map((t) => `${t.principalType} ${t.principal}`)

describe('principals', () => {
  test.each([
    [{ AWS: 'arn:aws:iam::210987654321:root' }, 'account 210987654321'],
    [{ AWS: '210987654321' }, 'account 210987654321'],
    [{ AWS: 'arn:aws-cn:iam::210987654321:root' }, 'account 210987654321'],
    [{ AWS: 'arn:aws:iam::210987654321:role/a/b' }, 'identity arn:aws:iam::210987654321:role/a/b'],
    [
      { AWS: 'arn:aws:sts::210987654321:assumed-role/a/s' },
      'identity arn:aws:sts::210987654321:assumed-role/a/s',
    ],
    [{ AWS: 'AROAX2ZKT7LQEXAMPLE42' }, 'unresolvable AROAX2ZKT7LQEXAMPLE42'],
    [{ AWS: '*' }, 'anyone *'],
    [{ Service: 'lambda.amazonaws.com' }, 'service lambda.amazonaws.com'],
    [{ Federated: 'cognito-identity.amazonaws.com' }, 'federated cognito-identity.amazonaws.com'],
    [{ CanonicalUser: '79a59d' }, 'unresolvable CanonicalUser:79a59d'],
  ])('%j', (Principal, expected) => expect(who(statement({ Principal }))).toEqual([expected]))

  test('a bare star is anyone, and a list is one row each', () => {
    expect(who(statement({ Principal: '*' }))).toEqual(['anyone *'])
    expect(
      who(statement({ Principal: { Service: ['a.amazonaws.com', 'b.amazonaws.com'], AWS: '210987654321' } })),
    ).toHaveLength(3)
  })

  test('NotPrincipal is anyone, and the exception stays visible', () => {
    const [trust] = read(
      statement({ NotPrincipal: { AWS: '210987654321' }, Condition: { Bool: { a: 'true' } } }),
    ).trusts
    expect(trust).toMatchObject({
      principalType: 'anyone',
      effect: 'allow',
      conditions: { Bool: { a: 'true' }, NotPrincipal: { AWS: '210987654321' } },
    })
  })

  test('NotAction is every action, and the exception stays visible', () => {
    const given = role({ Statement: { Effect: 'Deny', NotAction: 'sts:TagSession', Principal: '*' } })
    expect(read(given).trusts[0]).toMatchObject({
      effect: 'deny',
      actions: ['*'],
      conditions: { NotAction: 'sts:TagSession' },
    })
  })
})

describe('ids', () => {
  const a = {
    Principal: { AWS: ['210987654321', '310987654321'] },
    Condition: { StringEquals: { x: ['1', '2'], y: '3' } },
  }
  const b = {
    Condition: { StringEquals: { y: '3', x: ['2', '1'] } },
    Principal: { AWS: ['310987654321', '210987654321'] },
  }
  const ids = (given: ReturnType<typeof role>) =>
    read(given)
      .trusts.map((t) => t.nativeId)
      .sort()

  test('do not change with the order of keys, lists and statements', () =>
    expect(ids(statement(a))).toEqual(ids(statement(b))))
  test('change with the content', () =>
    expect(ids(statement(a))).not.toEqual(ids(statement({ ...a, Condition: { StringEquals: { x: '9' } } }))))
  test('two equal statements are one row', () => {
    const one = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'a.amazonaws.com' } }
    expect(ids(role({ Statement: [one, one] }))).toHaveLength(1)
  })
})

describe('what cannot be read is a refusal and never "nobody"', () => {
  const good = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'a.amazonaws.com' } }
  test.each([
    ['not JSON', '{"Statement": ['],
    ['text', 'hello'],
    ['null', null],
    ['missing', undefined],
    ['a list', []],
    ['no statement', {}],
    ['statements as text', { Statement: 'Allow' }],
    ['an unknown effect', { Statement: { ...good, Effect: 'allow' } }],
    ['an inherited name as effect', { Statement: { ...good, Effect: 'constructor' } }],
    ['no principal', { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole' } }],
    ['a number as principal', { Statement: { ...good, Principal: { AWS: 7 } } }],
    ['an empty principal', { Statement: { ...good, Principal: { AWS: '' } } }],
    ['no action', { Statement: { Effect: 'Allow', Principal: '*' } }],
  ])('%s', (_, document) => {
    const { trusts, trusted, refusal } = read(role(document))
    expect(trusts).toEqual([])
    expect(trusted).toBeUndefined()
    expect(refusal).toMatchObject({ state: 'unknown', why: 'malformed' })
  })

  test('one odd statement keeps the others', () => {
    const { trusts, trusted, refusal } = read(role({ Statement: [good, { ...good, Principal: 7 }] }))
    expect(trusts).toHaveLength(1)
    expect(trusted).toBeUndefined()
    expect(refusal).toMatchObject({ detail: expect.stringContaining('trust policy of role') })
  })

  test('an empty list of statements is nobody', () => {
    expect(read(role({ Statement: [] }))).toEqual({ trusts: [], trusted: [], refusal: undefined })
  })
})
