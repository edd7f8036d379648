// Person, machine, provider or unclear: one case per visible rule.
import { expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import { classifyRole, classifyUser } from './classify'
import { REPORT, type ReportRow } from './credential-report'
import { readTrust } from './map-trust'

const key = (active: boolean) => ({
  slot: 1 as const,
  active,
  rotatedAt: active ? known('2026-01-01T00:00:00.000Z', REPORT) : absent(REPORT),
  usedAt: absent(REPORT),
  usedWhere: absent(REPORT),
})
const user = (passwordEnabled: boolean | undefined, hasKeys: boolean, mfa = false) =>
  classifyUser(known({ passwordEnabled, mfa, keys: [key(hasKeys)] } as unknown as ReportRow, REPORT))

test.each([
  [true, false, false, 'human', /password and no access key/],
  [true, true, false, 'unclear', /password and access keys/],
  [false, true, false, 'machine', /keys and no console password/],
  [false, false, true, 'human', /second factor/],
  [false, true, true, 'unclear', /second factor/],
  [false, false, false, 'unclear', /neither/],
  [undefined, true, false, 'unclear', /does not say/],
])('user: password %s, keys %s, second factor %s → %s', (password, keys, mfa, as, says) => {
  const { classUnseen, ...decided } = user(password, keys, mfa)
  expect(decided).toEqual({ class: as, classReason: expect.stringMatching(says) })
  expect(classUnseen).toBe(password === undefined ? true : undefined)
})

test('user: a report that was refused is named', () => {
  expect(classifyUser(unknown('denied', REPORT))).toEqual({
    class: 'unclear',
    classReason: expect.stringContaining('denied'),
    classUnseen: true,
  })
})

const trusted = (...Statement: object[]) =>
  readTrust({ RoleId: 'r', RoleName: 'r', AssumeRolePolicyDocument: { Statement } }, 'x').trusted
const allow = (Principal: unknown, Condition?: unknown) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...(Condition !== undefined && { Condition }),
})
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const service = allow({ Service: 'ec2.amazonaws.com' })
const saml = allow({ Federated: 'arn:aws:iam::123456789012:saml-provider/idp' })
const oidc = allow({
  Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
})

test.each([
  ['/aws-service-role/autoscaling.amazonaws.com/', [service], 'provider'],
  ['/aws-reserved/sso.amazonaws.com/eu-west-1/', [saml], 'human'],
  ['/aws-reserved/other/', [service], 'provider'],
  ['/', [service], 'machine'],
  ['/', [service, oidc], 'machine'],
  ['/', [saml], 'human'],
  ['/', [saml, service], 'unclear'],
  ['/', [allow({ AWS: 'arn:aws:iam::123456789012:role/other' })], 'machine'],
  [
    '/',
    [allow({ AWS: 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1' })],
    'human',
  ],
  ['/', [allow({ AWS: 'arn:aws:iam::123456789012:user/alice' })], 'unclear'],
  ['/', [allow({ AWS: '210987654321' })], 'unclear'],
  ['/', [allow({ AWS: '210987654321' }, MFA)], 'human'],
  ['/', [allow({ AWS: '210987654321' }, { BoolIfExists: MFA.Bool })], 'unclear'],
  ['/', [allow({ AWS: '210987654321' }, MFA), service], 'unclear'],
  ['/', [allow({ Federated: 'cognito-identity.amazonaws.com' })], 'unclear'],
  ['/', [allow('*')], 'unclear'],
  ['/', [allow({ AWS: 'AROAX2ZKT7LQEXAMPLE42' })], 'unclear'],
  ['/', [{ ...service, Effect: 'Deny' }], 'unclear'],
  ['/', [], 'unclear'],
])('role: path %s, %j → %s', (path, statements, as) =>
  expect(classifyRole(path, trusted(...statements)).class).toBe(as),
)

test('role: an unreadable trust policy decides nothing', () => {
  expect(classifyRole('/', undefined)).toEqual({
    class: 'unclear',
    classReason: 'Who may assume it could not be read.',
    classUnseen: true,
  })
})
