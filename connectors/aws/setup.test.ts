// The papers a person applies: exactly the permissions used, an explicit denial of values, and settings that are checked.
import { describe, expect, test } from 'vitest'
import { connectorIds, connectors, findConnector } from '@/connectors'
import { awsManifest } from './manifest'
import { PERMISSIONS } from './permissions'
import { AwsSettings } from './settings'

type Policy = {
  Statement: { Sid?: string; Effect: string; Action: string | string[]; Condition?: unknown }[]
}
const documents = (settings: Partial<AwsSettings>) => awsManifest.setup(settings)
const policyOf = (text: string) => JSON.parse(text) as Policy

describe('setup', () => {
  test('allows the declared permissions and nothing else', () => {
    const [policy] = documents({})
    const { Statement } = policyOf(policy!.text)
    const allowed = Statement.filter((s) => s.Effect === 'Allow').flatMap((s) => s.Action)
    expect(allowed).toEqual(PERMISSIONS.map((p) => p.name))
    const READS =
      /^(iam:(Get|List|Generate)|sts:GetCallerIdentity|account:List|(eks|ecs|lambda|codebuild|ec2|organizations):(List|Describe|BatchGet))/
    expect(allowed.filter((action) => !READS.test(action))).toEqual([])
  })
  test.each([
    [{ lastAccessedMax: 0 }, /LastAccessedDetails$/],
    [{ clusters: false }, /^eks:/],
    [{ workloads: false }, /^(lambda|ec2|ecs|codebuild):/],
    [{ clusters: false, workloads: false }, /^(account|eks|lambda|ec2|ecs|codebuild):/],
  ])('leaves out what is not wanted: %j', (settings, left) => {
    const { Statement } = policyOf(documents(settings)[0]!.text)
    const allowed = Statement.filter((s) => s.Effect === 'Allow').flatMap((s) => s.Action)
    expect(allowed).toEqual(PERMISSIONS.map((p) => p.name).filter((name) => !left.test(name)))
  })
  test('denies reading values, whatever else is attached', () => {
    const deny = policyOf(documents({})[0]!.text).Statement.find((s) => s.Sid === 'NeverReadAValue')!
    expect(deny.Effect).toBe('Deny')
    expect(deny.Action).toEqual(
      expect.arrayContaining([
        'secretsmanager:GetSecretValue',
        'ssm:GetParameter',
        'kms:Decrypt',
        'iam:CreateAccessKey',
        'lambda:GetFunction',
        'ec2:DescribeInstanceAttribute',
      ]),
    )
    expect(PERMISSIONS.filter((p) => (deny.Action as string[]).includes(p.name))).toEqual([])
  })
  test('fits a managed policy', () => {
    expect(JSON.stringify(policyOf(documents({})[0]!.text)).length).toBeLessThan(6144)
  })
  test('adds a trust policy with the external id where a role is assumed', () => {
    expect(documents({})).toHaveLength(1)
    const [, trust, commands] = documents({
      roleArn: 'arn:aws:iam::123456789012:role/x/inventory',
      externalId: 'halden-1',
    })
    expect(policyOf(trust!.text).Statement[0]).toMatchObject({
      Condition: { StringEquals: { 'sts:ExternalId': 'halden-1' } },
    })
    expect(commands!.text).toContain('--role-name inventory')
  })
})

describe('settings', () => {
  test('may stay empty', () =>
    expect(AwsSettings.parse({})).toEqual({
      region: 'us-east-1',
      lastAccessedMax: 300,
      clusters: true,
      workloads: true,
    }))
  test.each([
    [{ region: 'Frankfurt' }, 'region'],
    [{ roleArn: 'my-role' }, 'roleArn'],
    [{ externalId: 'halden-1' }, 'roleArn'],
    [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'secretAccessKey'],
    [{ secretAccessKey: 'x'.repeat(40) }, 'accessKeyId'],
    [{ endpoint: 'file:///etc/passwd' }, 'endpoint'],
    [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40), profile: 'p' }, 'profile'],
    [{ colour: 'red' }, ''],
  ])('%j is refused', (settings, field) => {
    expect(AwsSettings.safeParse(settings).error?.issues[0]?.path.join('.')).toBe(field)
  })
  test('take any partition', () => {
    for (const region of ['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-4', 'us-iso-east-1'])
      AwsSettings.parse({ region })
  })
})

describe('the registry', () => {
  test('knows each connector by the id of its manifest, and loads it', async () => {
    for (const [id, { manifest, load }] of Object.entries(connectors)) {
      expect(manifest.id).toBe(id)
      expect((await load()).manifest).toBe(manifest)
    }
    expect(connectorIds()).toContain('aws')
  })
  test.each(['nothing', 'constructor', ''])('has no connector %j', (id) => {
    expect(() => findConnector(id)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
