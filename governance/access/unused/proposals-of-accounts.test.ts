// Proposals for roles of an account, by what AWS tells of last use: what was not seen goes, what nothing tells of stays.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Held, Ruling } from '@/core/access'
import type { Exercised } from '@/evaluators/proposal'
import { held, judging, propose, realmOf, WHO } from './proposing'

const NOTHING = { Effect: '', Action: [] as string[] }
const aws = judging('aws.account')
const ALONE: Ruling = {
  id: 'o-0',
  type: 'aws.organization',
  name: 'none',
  aliases: [],
  language: 'aws-organization',
  document: { none: true },
}
const policy = (...Statement: Record<string, unknown>[]): Held =>
  held({ id: 'p', language: 'aws-iam', document: { Version: '2012-10-17', Statement } })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
})
const world = (own: readonly Held[], rulings: readonly Ruling[] = [ALONE]) =>
  realmOf(
    'aws.account',
    {
      id: WHO,
      type: 'aws.iam-role',
      name: 'job',
      aliases: ['arn:aws:iam::410258837719:role/job'],
      held: own,
    },
    { id: '410258837719', rulings },
  )
const told = (actions: string[], unseen: string[]): Exercised[] => [
  { id: 'p', via: 'attached', actions, unseen },
]
const proposed = (own: Held, use: Exercised[], uses: string[] = []) => {
  const { answer, rights } = propose(aws, world([own]), uses, use)
  const [file] = answer.files
  const { Statement = [] } = JSON.parse(file?.text ?? '{}') as {
    Statement?: { Effect: string; Action: string[] }[]
  }
  const uncounted = rights(own)?.rights ?? []
  return { answer, statements: Statement, rights: uncounted.map(({ name, use: how }) => `${name} ${how}`) }
}

describe('what a report on last use tells', () => {
  test('a service that was not used goes as a whole, one in use stays as far as nothing is told', () => {
    const own = policy(
      allow(['s3:GetObject', 's3:Put*', 'ec2:StartInstances', 'ec2:Describe*']),
      allow('sqs:*'),
    )
    const { answer, statements, rights } = proposed(own, told(['s3:*'], ['ec2:*', 'sqs:*']))
    expect(answer).toMatchObject({ made: true, asked: 0 })
    expect(statements).toEqual([allow(['s3:GetObject', 's3:Put*'])])
    expect(rights).toEqual([
      'ec2:Describe* not-seen',
      'ec2:StartInstances not-seen',
      's3:GetObject may-be',
      's3:Put* may-be',
      'sqs:* not-seen',
    ])
  })
  test('of a service in use, actions that are told and were not seen go; what was seen is asked again', () => {
    const own = policy(allow(['s3:CreateBucket', 's3:DeleteBucket', 's3:GetObject'], 'arn:aws:s3:::shop'))
    const { answer, statements, rights } = proposed(
      own,
      told(['s3:CreateBucket', 's3:*'], ['s3:DeleteBucket']),
    )
    expect(answer).toMatchObject({ made: true, asked: 1 })
    expect(statements).toEqual([allow(['s3:CreateBucket', 's3:GetObject'], 'arn:aws:s3:::shop')])
    expect(rights).toEqual(['s3:CreateBucket seen', 's3:DeleteBucket not-seen', 's3:GetObject may-be'])
  })
  test('a pattern becomes what of it stays, in few words', () => {
    const gone = [
      'route53:CreateHostedZone',
      'route53:DeleteHostedZone',
      'route53:AssociateVPCWithHostedZone',
    ]
    const own = policy(allow('route53:*'))
    const { answer, statements, rights } = proposed(own, told(['route53:ChangeResourceRecordSets'], gone))
    expect(answer).toMatchObject({ made: true, asked: 1 })
    const [{ Action } = NOTHING] = statements
    expect(Action).toEqual(expect.arrayContaining(['route53:Get*', 'route53:List*', 'route53:Change*']))
    expect(Action.filter((one) => gone.includes(one) || one === 'route53:*')).toEqual([])
    // Something else begins with the same verb.
    expect(Action).toContain('route53:CreateHealthCheck')
    expect(rights).toEqual(
      [
        'route53:* may-be',
        'route53:ChangeResourceRecordSets seen',
        ...gone.map((one) => `${one} not-seen`),
      ].sort(),
    )
  })
  test('an administrator keeps what was used and what nothing is told of', () => {
    const { answer, statements } = proposed(policy(allow('*')), told(['s3:*'], ['ec2:*', 'iam:*', 'rds:*']))
    expect(answer.made).toBe(true)
    const [{ Action } = NOTHING] = statements
    expect(Action).toEqual(expect.arrayContaining(['s3:*', 'sqs:*', 'iam:PassRole']))
    expect(Action.filter((one) => /^(ec2|rds):|^\*|^iam:(?!PassRole)/.test(one))).toEqual([])
    expect(answer.notes.join()).toContain('has to be divided')
  })
  test('all but some actions becomes those that stay', () => {
    const own = policy({ Effect: 'Allow', NotAction: ['iam:*', 's3:Delete*'], Resource: '*' })
    const { statements, rights } = proposed(own, told(['s3:*'], ['ec2:*']))
    const [{ Action, ...rest } = NOTHING] = statements
    expect(rest).toEqual({ Effect: 'Allow', Resource: '*' })
    expect(Action).toEqual(expect.arrayContaining(['sqs:*', 's3:GetObject']))
    expect(Action.filter((one) => /^(iam|ec2):|^s3:Delete|^s3:\*/.test(one))).toEqual([])
    expect(rights).toEqual(['everything but some actions may-be'])
  })
  test('rights that are checked and never called stay, and tags of a service in use', () => {
    const own = policy(allow(['iam:PassRole', 'ec2:RunInstances', 'ec2:CreateTags', 'iam:GetRole']))
    const { statements } = proposed(own, told(['ec2:RunInstances'], ['iam:*', 'ec2:CreateTags']))
    expect(statements).toEqual([allow(['iam:PassRole', 'ec2:RunInstances', 'ec2:CreateTags'])])
    const idle = proposed(own, told(['sqs:*'], ['iam:*', 'ec2:*']))
    expect(idle.statements).toEqual([allow(['iam:PassRole'])])
  })
  test('where nothing of a policy was used it goes, unless it denies', () => {
    const own = policy(allow('ec2:*'))
    expect(proposed(own, told([], ['ec2:*'])).answer).toMatchObject({
      made: true,
      files: [],
      notes: ['p is to be removed.', expect.any(String), expect.any(String)],
    })
    const denies = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
    const mixed = policy(allow('ec2:*'), denies)
    expect(proposed(mixed, told([], ['ec2:*'])).statements).toEqual([denies])
  })
  test('a policy of which nothing is told stays as it is, and is said to', () => {
    const other = held({
      id: 'q',
      name: 'other',
      language: 'aws-iam',
      document: { Statement: [allow('sns:*')] },
    })
    const own = policy(allow(['s3:GetObject', 'ec2:*']))
    const { answer, rights } = propose(aws, world([own, other]), [], told(['s3:*'], ['ec2:*']))
    expect(answer.notes).toContain('other stays: nothing tells whether it is used.')
    expect(rights(other)).toMatchObject({ told: false })
  })
  test('what was seen is asked where it was seen: a closed region elsewhere is no objection', () => {
    const regions: Ruling = {
      id: 'p-1@410258837719',
      type: 'aws.service-control-policy',
      name: 'regions',
      aliases: [],
      language: 'aws-iam',
      document: {
        target: '410258837719',
        level: 0,
        policy: {
          Statement: [
            allow('*'),
            {
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
            },
          ],
        },
      },
    }
    const organization = { ...ALONE, document: { id: 'o-1', management: '999999999999' } }
    const own = policy(allow(['ecs:UpdateService', 'ec2:*']))
    const use = told(['ecs:UpdateService'], ['ec2:*'])
    const answered = (...uses: string[]) =>
      propose(aws, world([own], [organization, regions]), uses, use).answer
    expect(answered('ecs in eu-west-1 (tried, allowed or not)').why).toBe('')
    expect(answered().why).toContain('would be answered “depends”')
    expect(answered('ecs in us-east-1 (tried, allowed or not)').made).toBe(false)
    // The newest line of a service counts.
    expect(answered('ecs in eu-west-1 (tried, allowed or not)', 'ecs in us-east-1 (tried)').made).toBe(true)
  })
})

test('whatever is given and told, a proposal holds nothing that was not given, nothing unseen, and all that was seen', () => {
  const name = fc.constantFrom(
    ...[
      's3:GetObject',
      's3:DeleteBucket',
      's3:CreateBucket',
      'sqs:SendMessage',
      'iam:PassRole',
      'ec2:RunInstances',
    ],
  )
  const pattern = fc.constantFrom(
    '*',
    's3:*',
    's3:*Bucket',
    's3:Get*',
    'sqs:*',
    'iam:*',
    '*:*',
    'ec2:Run*',
    'S3:DELETE*',
  )
  const unseen = fc.constantFrom('s3:*', 'sqs:*', 'iam:*', 'ec2:*', 's3:DeleteBucket', 's3:CreateBucket')
  const names = [
    's3:GetObject',
    's3:DeleteBucket',
    's3:CreateBucket',
    'sqs:SendMessage',
    'iam:PassRole',
    'ec2:RunInstances',
  ]
  const fits = (patterns: readonly string[], action: string) =>
    patterns.some((one) => new RegExp(`^${one.replaceAll('*', '.*')}$`, 'i').test(action))
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(name, pattern), { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(name, { maxLength: 3 }),
      fc.uniqueArray(unseen, { maxLength: 4 }),
      fc.boolean(),
      (given, seen, none, not) => {
        const own = policy(not ? { Effect: 'Allow', NotAction: given, Resource: '*' } : allow(given))
        const gives = (action: string) => fits(given, action) !== not
        const { answer, statements } = proposed(own, told(seen, none))
        expect(answer.why).toBe('')
        const kept = statements.flatMap(({ Action }) => Action)
        for (const action of names) {
          const isKept = fits(kept, action)
          if (isKept) expect(gives(action)).toBe(true)
          const isGone = fits(none, action) && !seen.includes(action) && action !== 'iam:PassRole'
          if (gives(action)) expect([action, isKept]).toEqual([action, !isGone])
        }
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
