// Other keys of a request that a caller chooses, and those that it does not, worked out by hand.
import { when } from './aws-documents'
import { ACCOUNT, allow, asRole, deny, iam, policy, role, trust, user, world, type Raw } from './aws-world'
import type { ChoiceCase } from './aws-region-cases'

const node = role('node', [], { trusts: [trust('service', 'ec2.amazonaws.com')] })
const profile = {
  id: 'AIPA',
  type: 'aws.instance-profile',
  name: 'node',
  aliases: [iam('instance-profile/node')],
  uses: ['AROANODE'],
}
const PASS = allow('iam:PassRole', iam('role/node'))
const STARTS = 'ec2-run AROANODE'
const OWNED = when('StringEquals', 'aws:RequestTag/cluster', 'owned')
const starter = (...statements: Raw[]) =>
  world([role('app', [policy(PASS, ...statements)]), node], { runners: [profile] })
const door = (conditions: Raw, ...more: Parameters<typeof trust>[]) =>
  world([
    user('ann', [policy(allow('sts:AssumeRole'))]),
    role('app', [policy(allow('sts:AssumeRole'))]),
    role('door', [], {
      trusts: [trust('account', ACCOUNT, conditions), ...more.map((one) => trust(...one))],
    }),
  ])
const BY = (Condition: Raw): Raw => Condition

export const CHOSEN_CASES: ChoiceCase[] = [
  {
    because: 'requests are made by TLS',
    realm: asRole([
      policy(allow('s3:GetObject'), deny('*', '*', when('Bool', 'aws:SecureTransport', 'false'))),
    ]),
    level: ['sensitive', 'sensitive'],
  },
  {
    because: 'no address is chosen',
    realm: asRole([policy(allow('s3:GetObject', '*', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24')))]),
    level: ['none', 'sensitive'],
  },
  {
    because: 'a second factor is not chosen',
    realm: asRole([policy(allow('s3:GetObject', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true')))]),
    level: ['none', 'sensitive'],
  },
  {
    because: 'a service on the way is not chosen',
    realm: asRole([policy(allow('s3:GetObject', '*', when('Bool', 'aws:ViaAWSService', 'true')))]),
    level: ['none', 'sensitive'],
  },
  {
    because: 'a session is named by whoever starts it',
    realm: door(BY({ StringLike: { 'sts:RoleSessionName': 'deploy-*' } })),
    step: ['trust AROADOOR', 'yes'],
    can: [{ action: 'sts:AssumeRole', resource: iam('role/door') }, 'depends'],
  },
  {
    because: 'a session has to have one name for two conditions',
    realm: door(BY({ StringLike: { 'sts:RoleSessionName': 'deploy-*' } }), [
      'account',
      ACCOUNT,
      BY({ StringLike: { 'sts:RoleSessionName': 'dep*' } }),
      { effect: 'deny' },
    ]),
    step: ['trust AROADOOR', 'no'],
  },
  {
    because: 'a name that no session can have is chosen by nobody',
    realm: door(BY({ StringEquals: { 'sts:RoleSessionName': 'no name' } })),
    step: ['trust AROADOOR', 'no'],
  },
  {
    because: 'an external id is told by the other side',
    realm: door(BY({ StringEquals: { 'sts:ExternalId': 'b1946ac92492d234' } })),
    step: ['trust AROADOOR', 'depends'],
  },
  {
    because: 'an instance is started with the tag that is asked for, by whoever may tag it',
    realm: starter(
      allow('ec2:RunInstances', '*', OWNED),
      allow('ec2:CreateTags', '*', {
        Condition: {
          StringEquals: { 'aws:RequestTag/cluster': 'owned', 'ec2:CreateAction': ['RunInstances'] },
        },
      }),
    ),
    step: [STARTS, 'yes'],
  },
  {
    because: 'without leave to tag, it is not certain that the tag may be brought',
    realm: starter(allow('ec2:RunInstances', '*', OWNED)),
    step: [STARTS, 'depends'],
    says: /bring tags/,
  },
  {
    because: 'a tag that is denied is left out',
    realm: starter(allow('ec2:RunInstances'), deny('ec2:RunInstances', '*', OWNED)),
    step: [STARTS, 'yes'],
  },
  {
    because: 'a tag cannot be there and not be there',
    realm: starter(
      allow('ec2:*', '*', OWNED),
      deny('ec2:RunInstances', '*', when('ForAnyValue:StringEquals', 'aws:TagKeys', ['cluster'])),
    ),
    step: [STARTS, 'no'],
  },
  {
    because: 'no tags at all pass what all tags have to pass',
    realm: starter(
      allow('ec2:RunInstances', '*', when('ForAllValues:StringEquals', 'aws:TagKeys', ['team'])),
    ),
    step: [STARTS, 'yes'],
  },
  {
    because: 'an action that takes no tags brings none, and what that means is not chosen',
    realm: asRole([policy(allow('sqs:SendMessage', '*', when('StringEquals', 'aws:RequestTag/a', 'b')))]),
    level: ['none', 'write'],
  },
  {
    because: 'more tags than can be tried are not a plain no',
    realm: starter(
      allow('ec2:*', '*', {
        Condition: {
          StringEquals: Object.fromEntries(
            Array.from({ length: 12 }, (_, at) => [`aws:RequestTag/tag-${at}`, ['a', 'b', 'c']]),
          ),
        },
      }),
    ),
    step: [STARTS, 'depends'],
  },
]
