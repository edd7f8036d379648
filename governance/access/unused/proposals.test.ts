// Proposals where no source tells of actions yet, and of anything that may stand in a document.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ruling } from '@/core/access'
import { held, judging, propose, realmOf, WHO } from './proposing'

describe('platforms of which no source tells actions yet', () => {
  const aws = judging('aws.account')
  const ARN = 'arn:aws:s3:::shop/*'
  const policy = held({
    id: 'p',
    language: 'aws-iam',
    document: {
      Statement: [
        { Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: ARN },
        { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
      ],
    },
  })
  const account = realmOf(
    'aws.account',
    {
      id: WHO,
      type: 'aws.iam-role',
      name: 'job',
      aliases: ['arn:aws:iam::410258837719:role/job'],
      held: [policy],
    },
    { id: '410258837719' },
  )
  const azure = judging('azure.tenant')
  const SCOPE = '/subscriptions/5a3e1c00-0000-4000-8000-0000000000a1'
  const assignment = held({
    id: 'a',
    language: 'azure-rbac',
    document: { kind: 'assigned', role: 'contributor', scope: SCOPE },
  })
  const definition: Ruling = {
    id: 'contributor',
    type: 'azure.role-definition',
    name: 'Contributor',
    aliases: [],
    language: 'azure-rbac',
    document: {
      kind: 'definition',
      permissions: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }],
      assignableScopes: ['/'],
    },
  }
  const tenant = realmOf(
    'azure.tenant',
    { type: 'azure.application', held: [assignment] },
    { rulings: [definition] },
  )

  test('say what is missing', () => {
    expect(propose(aws, account, ['s3 in eu-west-1']).answer.why).toContain('CloudTrail')
    expect(propose(azure, tenant, []).answer.why).toContain('Activity Log')
  })
  test('and would write it down, were it told', () => {
    const one = propose(aws, account, [], [{ id: 'p', via: 'attached', actions: ['s3:GetObject'] }])
    const [file] = one.proposal.made ? one.proposal.files : []
    expect(JSON.parse(file?.text ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ARN },
        { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
      ],
    })
    // Policies of the organisation that were not read could take it away: then nothing is said to be enough.
    expect(one.answer.made).toBe(false)
    expect(one.answer.why).toMatch(/would be answered “depends”: Whether a service control policy/)
    const action = 'Microsoft.Compute/virtualMachines/read'
    const other = propose(azure, tenant, [], [{ id: 'a', via: 'attached', actions: [action] }])
    expect(other.answer.why).toBe('')
    expect(JSON.parse(other.answer.files[0]?.text ?? '')).toMatchObject({
      Actions: [action],
      DataActions: [],
      AssignableScopes: [SCOPE],
    })
  })
  test('what is denied now is not proposed', () => {
    const put = propose(aws, account, [], [{ id: 'p', via: 'attached', actions: ['s3:PutObject'] }])
    expect(put.answer).toMatchObject({ made: false })
    const write = 'Microsoft.Authorization/roleAssignments/write'
    expect(propose(azure, tenant, [], [{ id: 'a', via: 'attached', actions: [write] }]).answer.made).toBe(
      false,
    )
  })
})
test('no document, line or action breaks a proposal', () => {
  const types = ['kubernetes.cluster', 'gcp.organization', 'aws.account', 'azure.tenant']
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.object(),
      fc.array(fc.string()),
      fc.array(fc.string()),
      fc.option(fc.array(fc.string()), { nil: undefined }),
      (type, document, uses, actions, unseen) => {
        const platform = judging(type)
        const own = held({ id: 'x', language: platform.languages[0] ?? '', document })
        const { answer, rights } = propose(platform, realmOf(type, { held: [own] }), uses, [
          { id: 'x', via: 'attached', actions, ...(unseen && { unseen }) },
        ])
        rights(own)
        // Nothing in it gives anything for certain.
        if (answer.made) expect(answer.asked).toBe(0)
      },
    ),
    { numRuns: 200 },
  )
})
