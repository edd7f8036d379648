// Clusters and associations as rows: what leads to whom, and what is not claimed.
import { describe, expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import { Observation } from '@/core/observation'
import { associationTrust, clusterIssuer, issuerOf, podsMay } from './map-cluster'
import { readTrust } from './map-trust'
import { AssociationAnswer, ClusterAnswer, Region } from './shapes-clusters'

const ARN = 'arn:aws:eks:eu-west-1:123456789012:cluster/prod'
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC'
const cluster = (extra: object = {}) =>
  ClusterAnswer.parse({
    cluster: {
      name: 'prod',
      arn: ARN,
      createdAt: new Date('2024-05-01T10:00:00Z'),
      identity: { oidc: { issuer: `https://${ISSUER}` } },
      certificateAuthority: { data: 'not-to-be-read' },
      tags: { owner: 'x' },
      ...extra,
    },
  }).cluster
const association = (extra: object = {}) =>
  AssociationAnswer.parse({
    association: {
      associationArn: 'arn:aws:eks:eu-west-1:123456789012:podidentityassociation/prod/a-1',
      namespace: 'shop',
      serviceAccount: 'web',
      roleArn: 'arn:aws:iam::123456789012:role/web',
      externalId: 'not-to-be-read',
      ...extra,
    },
  }).association
const row = (extra: object = {}) =>
  associationTrust({
    association: association(),
    cluster: 'prod',
    issuer: known(ISSUER, 'eks:DescribeCluster'),
    role: { id: 'AROA1', may: 'yes' },
    ...extra,
  })

describe('a cluster', () => {
  test('is its issuer, and bears no key beside that of the cluster itself', () => {
    const issuer = clusterIssuer(cluster())
    expect(Observation.parse(issuer)).toMatchObject({
      nativeId: ARN,
      name: 'prod',
      createdAt: { value: '2024-05-01T10:00:00.000Z' },
      links: [{ means: 'same', to: 'oidc.issuer', value: ISSUER, authority: `oidc:${ISSUER}` }],
    })
    expect(issuer.keys).toEqual([{ type: 'aws.eks-cluster', value: ARN }])
    expect(issuer.joiningUnseen).toBeUndefined()
  })
  test.each([{ identity: undefined }, { identity: { oidc: {} } }])(
    'that has no issuer yet takes no link away: %j',
    (extra) => {
      const issuer = clusterIssuer(cluster(extra))
      expect(issuer).toMatchObject({ joiningUnseen: true })
      expect(issuer.links).toBeUndefined()
      expect(issuerOf(cluster(extra))).toBeUndefined()
    },
  )
  test('is read without what is not asked for', () => {
    expect(JSON.stringify([cluster(), association()])).not.toContain('not-to-be-read')
  })
})

describe('an association', () => {
  test('lets the service account of its cluster become the role', () => {
    expect(Observation.parse(row())).toEqual({
      kind: 'trust',
      nativeId: 'arn:aws:eks:eu-west-1:123456789012:podidentityassociation/prod/a-1',
      identity: 'AROA1',
      principalType: 'federated',
      principal: `${ARN}|system:serviceaccount:shop:web`,
      effect: 'allow',
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      links: [
        {
          relation: 'permitted',
          means: 'becomes-this',
          to: 'oidc.subject',
          match: 'exact',
          value: `${ISSUER}|system:serviceaccount:shop:web`,
          authority: `oidc:${ISSUER}`,
          reason:
            'An EKS Pod Identity association of the cluster prod gives this role to pods of the service account.',
        },
      ],
    })
  })
  test.each([unknown('denied', 'eks:DescribeCluster'), absent('eks:DescribeCluster')])(
    'without an issuer keeps earlier links and makes none up: %j',
    (issuer) => {
      const trust = row({ issuer })
      expect(trust).toMatchObject({ joiningUnseen: true, principal: row().principal })
      expect(trust.links).toBeUndefined()
    },
  )
  test('says where its pods go on to, and that there are conditions', () => {
    const target = 'arn:aws:iam::210987654321:role/there'
    const trust = row({
      association: association({ targetRoleArn: target }),
      role: { id: 'AROA1', may: 'on-conditions' },
    })
    expect(trust.links?.[0]?.reason).toContain(`From there they go on to ${target}. The trust policy`)
  })
  test('with names as long as they get still fits', () => {
    const long = association({
      namespace: 'n'.repeat(253),
      serviceAccount: 's'.repeat(253),
      targetRoleArn: `arn:aws:iam::210987654321:role/${'r'.repeat(660)}`,
    })
    Observation.parse(row({ association: long, cluster: 'c'.repeat(100) }))
    expect(
      AssociationAnswer.safeParse({ association: { ...long, namespace: 'n'.repeat(254) } }).success,
    ).toBe(false)
  })
})

describe('whether a role lets EKS in', () => {
  const may = (Statement: unknown) =>
    podsMay(
      readTrust(
        { RoleId: 'AROA1', RoleName: 'web', AssumeRolePolicyDocument: Statement && { Statement } },
        'iam:ListRoles',
      ),
    )
  const allow = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'] }
  const pods = { ...allow, Principal: { Service: 'pods.eks.amazonaws.com' } }
  const Condition = { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'shop' } }
  test.each([
    ['its service', pods, 'yes'],
    ['its service under conditions', { ...pods, Condition }, 'on-conditions'],
    ['its service, once without conditions', [{ ...pods, Condition }, pods], 'yes'],
    ['anybody', { ...allow, Principal: '*' }, 'yes'],
    ['every action of STS', { ...pods, Action: 'sts:*' }, 'yes'],
    ['only to tag sessions', { ...pods, Action: 'sts:TagSession' }, 'no'],
    ['another service', { ...allow, Principal: { Service: 'eks.amazonaws.com' } }, 'no'],
    ['a denial', { ...pods, Effect: 'Deny' }, 'no'],
    ['nobody', [], 'no'],
    ['what cannot be read', { ...pods, Principal: 7 }, 'yes'],
    ['no document', undefined, 'yes'],
  ])('%s', (_, statement, expected) => expect(may(statement)).toBe(expected))
})

test.each(['eu-west-1', 'us-gov-west-1', 'ap-southeast-4'])('%s is a region', (RegionName) =>
  expect(Region.safeParse({ RegionName }).success).toBe(true),
)
test.each(['', 'eu-west-1.evil.example/', 'eu-west-1@x', 'EU-WEST-1', 'localhost'])(
  '%j is no region, and no host is made from it',
  (RegionName) => expect(Region.safeParse({ RegionName }).success).toBe(false),
)
