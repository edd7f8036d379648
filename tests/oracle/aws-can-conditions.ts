// What conditions decide, operator by operator, from the IAM user guide.
import { when } from './aws-documents'
import { ACCOUNT, allow, asRole, asUser, deny, policy, R, U, type CanCase } from './aws-world'

const OBJECT = 'arn:aws:s3:::bucket/key'
const get = { action: 's3:GetObject', resource: OBJECT }
const S3 = policy(allow('s3:*'))
const ALL = policy(allow('*'))
const EC2 = `arn:aws:ec2:eu-north-1:${ACCOUNT}:instance/i-1`
const stop = { action: 'ec2:StopInstances', resource: EC2 }
const MFA = (operator: string, value: string) => when(operator, 'aws:MultiFactorAuthPresent', value)
const team = (operator: string, value: unknown) =>
  policy(allow('s3:*', '*', when(operator, 'aws:PrincipalTag/team', value)))
const RED = { tags: { team: 'red' } }
export const CONDITIONS: readonly CanCase[] = [
  {
    because: 'a tag that fits',
    realm: asUser([team('StringEquals', 'red')], {}, RED),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a tag that does not fit',
    realm: asUser([team('StringEquals', ['blue', 'green'])], {}, RED),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'values of tags have case',
    realm: asUser([team('StringEquals', 'Red')], {}, RED),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'StringEqualsIgnoreCase has none',
    realm: asUser([team('StringEqualsIgnoreCase', 'Red')], {}, RED),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'StringEquals takes a star for a star',
    realm: asUser([team('StringEquals', 'r*')], {}, RED),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'StringLike takes a star for anything',
    realm: asUser([team('StringLike', 'r*')], {}, RED),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a missing key makes StringEquals false',
    realm: asUser([team('StringEquals', 'red')]),
    who: U,
    ask: get,
    answer: 'no',
    says: /not in the request/,
  },
  {
    because: 'a missing key makes StringNotEquals true',
    realm: asUser([team('StringNotEquals', 'red')]),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a missing key makes IfExists true',
    realm: asUser([team('StringEqualsIfExists', 'red')]),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'ForAllValues is true of a missing key, and that is said',
    realm: asUser([team('ForAllValues:StringEquals', 'red')]),
    who: U,
    ask: get,
    answer: 'yes',
    says: /ForAllValues is true of no values/,
  },
  {
    because: 'ForAnyValue is false of a missing key',
    realm: asUser([team('ForAnyValue:StringEquals', 'red')]),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'Null true wants the key to be missing',
    realm: asUser([team('Null', 'true')], {}, RED),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'StringNotEquals of several values is none of them',
    realm: asUser([team('StringNotEquals', ['blue', 'red'])], {}, RED),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'all conditions have to hold',
    realm: asUser(
      [
        policy(
          allow('s3:*', '*', {
            Condition: {
              StringEquals: { 'aws:PrincipalTag/team': 'red' },
              StringNotEquals: { 'aws:username': 'ann' },
            },
          }),
        ),
      ],
      {},
      RED,
    ),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'an address that nobody told is open',
    realm: asUser([policy(allow('s3:*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')))]),
    who: U,
    ask: get,
    answer: 'depends',
    says: /aws:SourceIp/,
  },
  {
    because: 'an address in the range',
    realm: asUser([
      policy(allow('s3:*', '*', when('IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '2001:db8::/32']))),
    ]),
    who: U,
    ask: { ...get, context: { 'aws:sourceip': '2001:db8:1::5' } },
    answer: 'yes',
  },
  {
    because: 'an address outside of it',
    realm: asUser([policy(allow('s3:*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')))]),
    who: U,
    ask: { ...get, context: { 'aws:SourceIp': '11.0.0.1' } },
    answer: 'no',
  },
  {
    because: 'a long-term key carries no second factor: Bool false does not match what is absent',
    realm: asUser([policy(allow('s3:*', '*', MFA('Bool', 'false')))]),
    who: U,
    ask: { ...get, context: { 'aws:MultiFactorAuthPresent': [] } },
    answer: 'no',
  },
  {
    because: 'BoolIfExists does',
    realm: asUser([policy(allow('s3:*', '*', MFA('BoolIfExists', 'false')))]),
    who: U,
    ask: { ...get, context: { 'aws:MultiFactorAuthPresent': [] } },
    answer: 'yes',
  },
  {
    because: 'a Deny by BoolIfExists stops the long-term key',
    realm: asUser([S3, policy(deny('*', '*', MFA('BoolIfExists', 'false')))]),
    who: U,
    ask: { ...get, context: { 'aws:MultiFactorAuthPresent': [] } },
    answer: 'no',
  },
  {
    because: 'a Deny by a factor that is not known is open',
    realm: asUser([S3, policy(deny('*', '*', MFA('BoolIfExists', 'false')))]),
    who: U,
    ask: get,
    answer: 'depends',
  },
  {
    because: 'an unknown operator is open',
    realm: asUser([policy(allow('s3:*', '*', when('StringRhymesWith', 'aws:username', 'nan')))]),
    who: U,
    ask: get,
    answer: 'depends',
    says: /StringRhymesWith is not known/,
  },
  {
    because: 'a session of a role is issued after 2020',
    realm: asRole([
      policy(allow('s3:*', '*', when('DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z'))),
    ]),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a session of a role is not issued before 2020',
    realm: asRole([
      policy(allow('s3:*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z'))),
    ]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'whether a user asks with a session is not known',
    realm: asUser([
      policy(allow('s3:*', '*', when('DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z'))),
    ]),
    who: U,
    ask: get,
    answer: 'depends',
  },
  {
    because: 'whether it is before 2090 depends on when',
    realm: asRole([policy(allow('s3:*', '*', when('DateLessThan', 'aws:CurrentTime', '2090-01-01')))]),
    who: R,
    ask: get,
    answer: 'depends',
  },
  {
    because: 'numbers are compared as numbers',
    realm: asRole([policy(allow('s3:*', '*', when('NumericLessThanEquals', 's3:max-keys', '10')))]),
    who: R,
    ask: { ...get, context: { 's3:max-keys': '9' } },
    answer: 'yes',
  },
  {
    because: 'parts of an ARN are compared one by one',
    realm: asRole([
      policy(allow('s3:*', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ap?'))),
    ]),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a star does not reach over the parts of an ARN',
    realm: asRole([
      policy(allow('s3:*', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:*:*:role/app:x'))),
    ]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'the region of the ARN is the region asked',
    realm: asRole([ALL, policy(deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1')))]),
    who: R,
    ask: stop,
    answer: 'no',
  },
  {
    because: 'several values, and all have to be among those named',
    realm: asRole([policy(allow('s3:*', '*', when('ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'])))]),
    who: R,
    ask: { ...get, context: { 'aws:TagKeys': ['a', 'c'] } },
    answer: 'no',
  },
  {
    because: 'several values, and one of those named is enough',
    realm: asRole([policy(allow('s3:*', '*', when('ForAnyValue:StringEquals', 'aws:TagKeys', ['a', 'b'])))]),
    who: R,
    ask: { ...get, context: { 'aws:TagKeys': ['a', 'c'] } },
    answer: 'yes',
  },
  {
    because: 'the id of a role begins that of its sessions',
    realm: asRole([ALL, policy(deny('s3:*', '*', when('StringNotLike', 'aws:userid', 'AROAAPP:*')))]),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'the id of another role does not',
    realm: asRole([ALL, policy(deny('s3:*', '*', when('StringNotLike', 'aws:userid', 'AROAOTHER:*')))]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'tags of sessions may replace those of a role whose trust allows tagging',
    realm: asRole(
      [team('StringEquals', 'red')],
      {},
      {
        ...RED,
        trusts: [
          {
            id: 't',
            principalType: 'service',
            principal: 'ec2.amazonaws.com',
            effect: 'allow',
            actions: ['sts:AssumeRole', 'sts:TagSession'],
          },
        ],
      },
    ),
    who: R,
    ask: get,
    answer: 'depends',
  },
]
