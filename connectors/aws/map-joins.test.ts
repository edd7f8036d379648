// Whom a trust policy means, in the forms AWS allows: names, patterns, tokens of issuers, and what cannot be told.
import { describe, expect, test } from 'vitest'
import { roleKeys } from './map-joins'
import { readTrust } from './map-trust'

const ACCOUNT = '210987654321'
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC'
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`
const links = (statement: Record<string, unknown>) =>
  readTrust(
    {
      RoleId: 'AROAROLE',
      RoleName: 'role',
      Arn: `arn:aws:iam::${ACCOUNT}:role/role`,
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
      },
    },
    'iam:ListRoles',
  ).trusts.flatMap((trust) => trust.links ?? [])
const names = (statement: Record<string, unknown>) =>
  links(statement).map(({ to, match, value, authority }) => `${to} ${match} ${value} @ ${authority}`)
const web = (Condition?: unknown) => ({
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: PROVIDER },
  ...(Condition !== undefined && { Condition }),
})
/** Links to subjects alone: the one to the provider is always there. */
const subjects = (Condition?: unknown) =>
  links(web(Condition))
    .filter(({ to }) => to === 'oidc.subject')
    .map(
      ({ match, value, authority }) =>
        `${match} ${value.replace(`${ISSUER}|`, '')}${authority ? '' : ' unsure'}`,
    )
const SUB = `${ISSUER}:sub`
const SA = 'system:serviceaccount:payments:api'

test('a whole trust domain is known as such, a part of it by its issuer alone', () => {
  const spiffe = (operator: string, sub: string) =>
    links(web({ [operator]: { [SUB]: sub } }))
      .filter(({ to }) => to === 'spiffe.id')
      .map(({ match, value, authority }) => `${match} ${value} @ ${authority}`)
  expect(spiffe('StringLike', 'spiffe://partner.example/*')).toEqual([
    'pattern spiffe://partner.example/* @ spiffe:partner.example',
  ])
  expect(spiffe('StringLike', 'spiffe://partner.example/ns/*')).toEqual([])
  // There the star is meant as itself.
  expect(spiffe('StringEquals', 'spiffe://partner.example/*')).toEqual([])
})

describe('principals', () => {
  test.each([
    [
      { AWS: 'arn:aws:iam::310987654321:role/a/b' },
      ['aws.arn exact arn:aws:iam::310987654321:role/a/b @ aws:310987654321'],
    ],
    [{ AWS: 'arn:aws:iam::310987654321:root' }, ['aws.account exact 310987654321 @ aws:310987654321']],
    [{ AWS: '310987654321' }, ['aws.account exact 310987654321 @ aws:310987654321']],
    [
      { AWS: 'arn:aws:sts::310987654321:assumed-role/CI-Deploy/run-7' },
      ['aws.role-name exact 310987654321/ci-deploy @ aws:310987654321'],
    ],
    [{ AWS: 'AROAX2ZKT7LQEXAMPLE42' }, [`aws.unique-id exact AROAX2ZKT7LQEXAMPLE42 @ aws:${ACCOUNT}`]],
    [{ AWS: 'AGPAX2ZKT7LQEXAMPLE42' }, []],
    [{ AWS: '*' }, []],
    [{ Service: 'lambda.amazonaws.com' }, []],
    [
      { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/sso` },
      [`aws.arn exact arn:aws:iam::${ACCOUNT}:saml-provider/sso @ aws:${ACCOUNT}`],
    ],
    [
      { Federated: 'accounts.google.com' },
      ['oidc.subject pattern accounts.google.com|* @ oidc:accounts.google.com'],
    ],
  ])('%j', (Principal, expected) => expect(names({ Action: 'sts:*', Principal })).toEqual(expected))

  test('one that AWS holds by its id passes nothing on to a successor', () => {
    expect(links({ Principal: { AWS: 'arn:aws:iam::310987654321:user/x' } })).toMatchObject([{ bound: true }])
    expect(links(web({ StringEquals: { [SUB]: SA } })).some(({ bound }) => bound)).toBe(false)
  })
  test('a role is known by its ARN, its id and its short name', () => {
    expect(roleKeys('arn:aws:iam::1234567890123:role/x', 'AROA1', 'X')).toHaveLength(2)
    expect(roleKeys(`arn:aws:iam::${ACCOUNT}:role/p/Deploy`, 'AROA1', 'Deploy').at(-1)).toEqual({
      type: 'aws.role-name',
      value: `${ACCOUNT}/deploy`,
    })
  })
  test('a statement that denies, or lets nobody assume, means nobody', () => {
    const Principal = { AWS: '310987654321' }
    expect(names({ Effect: 'Deny', Principal })).toEqual([])
    expect(names({ Action: 'sts:TagSession', Principal })).toEqual([])
    expect(names({ Action: ['sts:TagSession', 'sts:Assume*'], Principal })).toHaveLength(1)
  })
  test('of an account or of anyone, only whom a condition names', () => {
    const Condition = { ArnLike: { 'AWS:principalarn': [`arn:aws:iam::${ACCOUNT}:role/ci-*`] } }
    const expected = [`aws.arn pattern arn:aws:iam::${ACCOUNT}:role/ci-* @ aws:${ACCOUNT}`]
    expect(names({ Principal: { AWS: ACCOUNT }, Condition })).toEqual(expected)
    expect(names({ Principal: '*', Condition })).toEqual(expected)
    const without = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } }
    const [link] = links({ Principal: { AWS: ACCOUNT }, Condition: without })
    expect(link).toMatchObject({
      to: 'aws.account',
      reason: expect.stringContaining('excluded by a condition'),
    })
  })
})

describe('tokens of an issuer', () => {
  test('the provider is relied on, by its ARN', () => {
    expect(links(web())[0]).toMatchObject({
      kind: 'issuer',
      means: 'relied-on',
      to: 'aws.arn',
      value: PROVIDER,
    })
  })
  test.each([
    ['no condition: every subject', undefined, ['pattern *']],
    ['only the audience: every subject', { StringEquals: { [`${ISSUER}:aud`]: 'x' } }, ['pattern *']],
    ['one subject', { StringEquals: { [SUB]: SA } }, [`exact ${SA}`]],
    ['a key in another case', { StringEquals: { [SUB.toUpperCase()]: SA } }, [`exact ${SA}`]],
    ['an operator in another case', { stringequals: { [SUB]: SA } }, [`exact ${SA}`]],
    [
      'a pattern',
      { StringLike: { [SUB]: 'system:serviceaccount:payments:*' } },
      ['pattern system:serviceaccount:payments:*'],
    ],
    ['a pattern without wildcards', { StringLike: { [SUB]: SA } }, [`exact ${SA}`]],
    ['a star that is none', { StringEquals: { [SUB]: 'a*' } }, ['exact a*']],
    ['any of several', { 'ForAnyValue:StringLike': { [SUB]: ['b*', 'a?'] } }, ['pattern a?', 'pattern b*']],
    ['if there is one', { StringEqualsIfExists: { [SUB]: SA } }, [`exact ${SA}`]],
    [
      'both of two demands',
      { StringEquals: { [SUB]: ['a1', 'b1'] }, StringLike: { [SUB]: 'a*' } },
      ['exact a1'],
    ],
    ['demands that nobody fits', { StringEquals: { [SUB]: 'b1' }, StringLike: { [SUB]: 'a*' } }, []],
    ['all but some', { StringNotLike: { [SUB]: 'a*' } }, ['pattern *']],
    ['whatever the case', { StringEqualsIgnoreCase: { [SUB]: SA } }, [`exact ${SA} unsure`]],
    ['a variable', { StringLike: { [SUB]: 'a-${aws:SourceIp}' } }, ['pattern a-* unsure']],
    ['another issuer’s subject', { StringEquals: { 'other.example:sub': SA } }, ['pattern *']],
    [
      'a very long one',
      { StringEquals: { [SUB]: 'x'.repeat(3000) } },
      [`pattern ${'x'.repeat(400)}* unsure`],
    ],
    ['a form nobody knows', { StringEquals: { [SUB]: 7 } }, ['pattern *']],
  ])('%s', (_, Condition, expected) => expect(subjects(Condition)).toEqual(expected))

  test('more than can be told one by one are one', () => {
    const many = Array.from({ length: 600 }, (_, n) => `s${n}`)
    expect(subjects({ StringEquals: { [SUB]: many } })).toEqual(['pattern * unsure'])
  })
  test('the reason says what the name leaves out', () => {
    const reason = (Condition?: unknown) =>
      links(web(Condition)).find(({ to }) => to === 'oidc.subject')?.reason
    expect(reason()).toBe(`Its trust policy accepts every token of ${ISSUER}: no condition says whose.`)
    expect(reason({ StringNotLike: { [SUB]: 'a*' } })).toContain('excluded by a condition')
    expect(reason({ StringEquals: { [SUB]: SA, 'aws:SourceVpc': 'v' } })).toContain(
      'Further conditions apply.',
    )
  })
  test('the order of a list means nothing', () => {
    const of = (list: string[]) => links(web({ StringEquals: { [SUB]: list } }))
    expect(of(['b', 'a', 'b'])).toEqual(of(['a', 'b']))
  })
})
