// Who is an administrator where conditions or documents that are not understood decide.
import {
  allow,
  attached,
  boundary,
  deny,
  denyExcept,
  inline,
  MFA,
  NO_MFA,
  unreadable,
  when,
  type Case,
} from './aws-documents'

const EVERYTHING = attached(allow('*'))
const odd = (document: Record<string, unknown>): Case['held'][number] => ({
  name: 'Odd',
  effect: 'allow',
  via: 'inline',
  document,
})

export const DOCUMENT_CASES: readonly Case[] = [
  // Conditions.
  {
    because: 'administrator only with a second factor',
    held: [attached(allow('*', '*', MFA))],
    answer: 'depends',
    says: /^[^\n]*aws:MultiFactorAuthPresent \(Bool\) is "true"/,
  },
  {
    because: 'the same without a condition beside it',
    held: [attached(allow('*', '*', MFA)), inline(allow('iam:*'))],
    answer: 'yes',
  },
  {
    because: 'denied without a second factor',
    held: [EVERYTHING, inline(deny('*', '*', NO_MFA))],
    answer: 'depends',
    says: /^Inline \(inline\), statement 1 denies every action on every resource, when aws:MultiFactorAuthPresent/,
  },
  {
    because: 'a guardrail on regions that leaves iam alone',
    held: [
      EVERYTHING,
      inline(
        denyExcept(['iam:*', 'sts:*'], '*', when('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1'])),
      ),
    ],
    answer: 'yes',
  },
  {
    because: 'a guardrail on regions that meets iam',
    held: [
      EVERYTHING,
      inline(denyExcept(['s3:*'], '*', when('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1']))),
    ],
    answer: 'depends',
    says: /aws:RequestedRegion/,
  },
  {
    because: 'a conditional deny of another service',
    held: [EVERYTHING, inline(deny('s3:*', '*', NO_MFA))],
    answer: 'yes',
  },
  {
    because: 'a conditional deny does not soften an outright one',
    held: [EVERYTHING, inline(deny('iam:*', '*', NO_MFA), deny('iam:*'))],
    answer: 'no',
  },
  {
    because: 'a conditional deny of one way leaves the other',
    held: [EVERYTHING, inline(deny('iam:*Role*', '*', NO_MFA))],
    answer: 'yes',
  },
  {
    because: 'new roles only under a boundary',
    held: [
      attached(
        allow(
          'iam:CreateRole',
          '*',
          when('StringEquals', 'iam:PermissionsBoundary', 'arn:aws:iam::123456789012:policy/cap'),
        ),
        allow('iam:AttachRolePolicy', 'arn:aws:iam::*:role/app-*'),
      ),
    ],
    answer: 'depends',
    says: /iam:PermissionsBoundary/,
  },
  {
    because: 'an operator nobody knows is a condition too',
    held: [attached(allow('*', '*', when('StringSomehow', 'aws:X', 'y')))],
    answer: 'depends',
    says: /StringSomehow/,
  },
  {
    because: 'a condition that names nothing is none',
    held: [attached(allow('*', '*', { Condition: { StringEquals: {} } }))],
    answer: 'yes',
  },
  {
    because: 'a condition that is a text is not understood',
    held: [attached(allow('*', '*', { Condition: 'always' }))],
    answer: 'depends',
    says: /statement 1 was not understood/,
  },
  {
    because: 'an operator without keys is not understood',
    held: [attached(allow('*', '*', { Condition: { Bool: 'aws:MultiFactorAuthPresent' } }))],
    answer: 'depends',
    says: /statement 1 was not understood/,
  },
  {
    because: 'a condition in the boundary',
    held: [EVERYTHING, boundary(allow('*', '*', MFA))],
    answer: 'depends',
  },

  // Unread and odd documents.
  {
    because: 'an unreadable document may allow anything',
    held: [attached(allow('s3:*')), unreadable()],
    answer: 'depends',
    says: /Hidden \(attached\) could not be read/,
  },
  {
    because: 'an unreadable document may deny anything',
    held: [EVERYTHING, unreadable()],
    answer: 'depends',
    says: /could not be read/,
  },
  {
    because: 'a deny of everything stands, whatever else is held',
    held: [attached(deny('*')), unreadable()],
    answer: 'no',
  },
  {
    because: 'a boundary without iam stands, whatever else is held',
    held: [boundary(allow('s3:*')), unreadable()],
    answer: 'no',
  },
  {
    because: 'a document without statements of any form',
    held: [odd({ Version: '2012-10-17' })],
    answer: 'depends',
    says: /was not understood/,
  },
  {
    because: 'a version nobody knows',
    held: [odd({ Version: '2031-01-01', Statement: [allow('*')] })],
    answer: 'depends',
    says: /version/,
  },
  {
    because: 'a statement with an unknown part, of another service even',
    held: [EVERYTHING, odd({ Statement: [allow('s3:*', '*', { Unless: {} })] })],
    answer: 'yes',
  },
  {
    because: 'a statement with an unknown part that may deny',
    held: [EVERYTHING, odd({ Statement: [deny('s3:*', '*', { Unless: {} })] })],
    answer: 'depends',
  },
  {
    because: 'an effect that is neither',
    held: [odd({ Statement: [{ Effect: 'allow', Action: '*', Resource: '*' }] })],
    answer: 'depends',
  },
  { because: 'an action that is no text', held: [odd({ Statement: [allow([42])] })], answer: 'depends' },
  {
    because: 'both an action and its exception',
    held: [odd({ Statement: [allow('*', '*', { NotAction: 'iam:*' })] })],
    answer: 'depends',
  },
  {
    because: 'neither a resource nor an exception',
    held: [odd({ Statement: [{ Effect: 'Allow', Action: '*' }] })],
    answer: 'depends',
  },
  { because: 'a statement that is null', held: [odd({ Statement: [null] })], answer: 'depends' },
  {
    because: 'statements that are a text',
    held: [EVERYTHING, odd({ Statement: 'Deny' })],
    answer: 'depends',
  },
]
