// What is written for a key of a user lets in the one that is meant and nobody else: asked of the evaluator that judges such trust.
import { describe, expect, test } from 'vitest'
import type { Principal, Thing } from '@/core/access'
import * as t from '@/tests/replacing'
import { aws } from './platform'

const ACCOUNT = '111122223333'
const GITHUB = 'token.actions.githubusercontent.com'
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC'
const arnOf = (host: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`
const provider = (host: string, audiences = ['sts.amazonaws.com']) => ({
  id: arnOf(host),
  type: 'aws.oidc-provider',
  name: host,
  aliases: [host],
  audiences,
})
const USER = t.holder('aws.iam-user', {
  id: 'AIDAEXAMPLE',
  aliases: [`arn:aws:iam::${ACCOUNT}:user/ci/deploy`],
})
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/deploy`
const known = (more = {}) => t.knownOf('aws.access-key', { identity: USER, ...more })

type Statement = {
  Principal: { Federated?: string; Service?: string }
  Action: string
  Condition?: Record<string, Record<string, string>>
}
/** The role of a text as a realm has it, with the providers that it names or makes. */
function made(text: string, issuers: ReturnType<typeof provider>[]) {
  const url = (one: t.Resource) => String(one.values['url']).replace('https://', '')
  const resources = t.resourcesIn(text)
  const own = resources.filter(({ kind }) => kind === 'aws_iam_openid_connect_provider')
  const policy = t.valuesOf(
    t.resourcesIn(text, () => arnOf(own[0] ? url(own[0]) : '')),
    'aws_iam_role',
  )
  const { Statement } = policy['assume_role_policy'] as { Statement: Statement[] }
  const things: Thing[] = [
    ...issuers,
    ...own.map((one) => ({
      ...provider(url(one), one.values['client_id_list'] as string[]),
    })),
  ].map(({ id, type, name, audiences }) => ({ kind: 'issuer', id, type, name, audiences }))
  const role: Principal = {
    id: 'AROAEXAMPLE',
    type: 'aws.iam-role',
    name: 'role',
    aliases: [`arn:aws:iam::${ACCOUNT}:role/role`],
    class: 'machine',
    enabled: true,
    held: [],
    trusts: Statement.map(({ Principal: { Federated, Service }, Action, Condition }, at) => ({
      id: `t-${at}`,
      principalType: Federated === undefined ? ('service' as const) : ('federated' as const),
      principal: Federated ?? Service ?? '',
      effect: 'allow' as const,
      actions: [Action],
      ...(Condition && { conditions: Condition }),
    })),
  }
  return aws.within(t.realmWith('aws.account', { id: ACCOUNT, principals: [role], things }))
}
const asks = (access: ReturnType<typeof made>, issuer: string, claims: Record<string, string>) =>
  access.admits('AROAEXAMPLE', { kind: 'token', issuer: `https://${issuer}`, claims }).answer

describe('a workflow', () => {
  test.each([
    ['with the provider that is there', [provider(GITHUB)]],
    ['with a provider that is made', []],
  ])('%s: the one subject comes in, and no lookalike', (_, issuers) => {
    const way = t.wayOf(known({ issuers }), 'pipeline')
    const access = made(t.filledIn(t.fileOf(way, 'main.tf'), t.FILLED), issuers)
    const right = { aud: 'sts.amazonaws.com', sub: t.SUBJECT, repository_id: '77' }
    expect(asks(access, GITHUB, right)).toBe('yes')
    for (const sub of t.LOOKALIKES) expect(asks(access, GITHUB, { ...right, sub }), sub).toBe('no')
    expect(asks(access, GITHUB, { ...right, aud: 'vault' })).toBe('no')
    expect(asks(access, GITHUB, { ...right, repository_id: '78' })).toBe('no')
    expect(asks(access, 'gitlab.com', right)).toBe('no')
    expect(access.pitfalls('AROAEXAMPLE')).toEqual([])
  })
  test('a provider is made only where none was seen, and that is said', () => {
    const kinds = (issuers: ReturnType<typeof provider>[]) =>
      t.resourcesIn(t.fileOf(t.wayOf(known({ issuers }), 'pipeline'), 'main.tf').text).map(({ kind }) => kind)
    expect(kinds([])).toContain('aws_iam_openid_connect_provider')
    expect(kinds([provider(GITHUB)])).not.toContain('aws_iam_openid_connect_provider')
    expect(t.wayOf(known(), 'pipeline').notes.join(' ')).toMatch(/No provider for .* was seen/)
  })
  test('an audience that the provider takes is asked for', () => {
    const way = t.wayOf(known({ issuers: [provider(GITHUB, ['own'])] }), 'pipeline')
    expect(t.fileOf(way, 'main.tf').text).toContain(`"${GITHUB}:aud" = "own"`)
    expect(way.notes.join(' ')).toContain('ask for the token with own')
  })
  test('of an account whose regions do not read the claim, its number is not asked for', () => {
    const identity = { ...USER, aliases: [`arn:aws-cn:iam::${ACCOUNT}:user/deploy`] }
    const { text } = t.fileOf(t.wayOf(known({ identity }), 'pipeline'), 'main.tf')
    expect(text).not.toContain('repository_id')
    expect(text).toContain(`${GITHUB}:sub`)
  })
})

describe('a service account', () => {
  test.each([
    ['of a cluster that is there', [provider(EKS)]],
    ['of one that has to be named', []],
  ])('%s: the one subject comes in, and no lookalike', (_, issuers) => {
    const way = t.wayOf(known({ issuers }), 'pods')
    const access = made(t.filledIn(t.fileOf(way, 'main.tf'), t.FILLED), issuers)
    const right = { aud: 'sts.amazonaws.com', sub: t.ACCOUNT }
    expect(asks(access, EKS, right)).toBe('yes')
    for (const sub of t.ACCOUNT_LOOKALIKES) expect(asks(access, EKS, { ...right, sub }), sub).toBe('no')
    expect(asks(access, EKS, { ...right, aud: 'vault' })).toBe('no')
    expect(asks(access, EKS.replace('ABC', 'ABD'), right)).toBe('no')
    expect(access.pitfalls('AROAEXAMPLE')).toEqual([])
  })
  test('each cluster that was seen has a way of its own, up to a bound', () => {
    const issuers = ['A', 'B', 'C', 'D'].map((id) => provider(EKS.replace('ABC', id)))
    const ways = ['pods', 'pods-2', 'pods-3'].map((id) => t.wayOf(known({ issuers }), id).title)
    expect(ways.map((title) => /id\/(\w)/.exec(title)?.[1])).toEqual(['A', 'B', 'C'])
    expect(() => t.wayOf(known({ issuers }), 'pods-4')).toThrow()
  })
})

describe('what it runs on', () => {
  test.each([
    ['machine.tf', 'ec2.amazonaws.com', undefined],
    ['function.tf', 'lambda.amazonaws.com', undefined],
    ['task.tf', 'ecs-tasks.amazonaws.com', { 'aws:SourceAccount': ACCOUNT }],
  ])('%s lets in %s and no other service', (name, service, equals) => {
    const access = made(t.fileOf(t.wayOf(known(), 'machine'), name).text, [])
    const knock = (one: string) => access.admits('AROAEXAMPLE', { kind: 'service', name: one }).answer
    // A condition on what is not known of the request leaves it open, and closes it to nobody but strangers.
    expect(knock(service)).toBe(equals ? 'depends' : 'yes')
    expect(knock('states.amazonaws.com')).toBe('no')
    expect(access.pitfalls('AROAEXAMPLE')).toEqual([])
  })
  test('only what is known to use it is written where something is', () => {
    const consumers = [{ type: 'aws.lambda-function', name: 'resize' }]
    const { files, notes } = t.wayOf(known({ consumers }), 'machine')
    expect(files.map(({ name }) => name)).toEqual(['function.tf'])
    expect(notes.join(' ')).toContain('resize')
  })
})

test('the role holds what the user does by managed policies, under the same boundary; what is not written is said', () => {
  const rights = [
    { id: POLICY, name: 'deploy', via: 'attached', effect: 'allow' },
    { id: POLICY, name: 'deploy', via: 'group ops', effect: 'allow' },
    { id: `arn:aws:iam::${ACCOUNT}:policy/edge`, name: 'edge', via: 'attached', effect: 'limit' },
    { id: 'AIDA/inline/own', name: 'own', via: 'inline', effect: 'allow' },
  ]
  const way = t.wayOf(known({ rights }), 'pipeline')
  const resources = t.resourcesIn(t.fileOf(way, 'main.tf').text)
  expect(t.valuesOf(resources, 'aws_iam_role')['permissions_boundary']).toBe(rights[2]?.id)
  expect(
    resources
      .filter(({ kind }) => kind === 'aws_iam_role_policy_attachment')
      .map(({ values }) => values['policy_arn']),
  ).toEqual([POLICY])
  expect(way.notes.join(' ')).toContain('have to be copied: own')
  expect(t.wayOf(known(), 'pipeline').notes.join(' ')).toContain('No right of its holder was seen')
})
test('of another issuer that the account knows the subject is left to whoever knows it', () => {
  const way = t.wayOf(known({ issuers: [provider('gitlab.com', ['https://gitlab.com'])] }), 'issuer-1')
  expect(t.fileOf(way, 'main.tf').text).toContain('"gitlab.com:sub" = "FILL_IN_SUBJECT"')
  expect(way.fillIn.map(({ mark }) => mark)).toEqual(['FILL_IN_SUBJECT'])
})
test.each([
  ['aws.ssh-key', /git-remote-codecommit/],
  ['aws.service-credential', /SigV4/],
])('%s says how its service is asked without one', (type, words) => {
  expect(t.wayOf(t.knownOf(type, { identity: USER }), 'pipeline').notes.join(' ')).toMatch(words)
})
test('without the ARN of the user the account is that of the scope, or left open', () => {
  const bare = { ...USER, aliases: [] }
  const arn = (id: string) =>
    t.fileOf(t.wayOf(known({ identity: bare, scope: { id, name: 's' } }), 'pods'), 'service-account.yaml')
      .text
  expect(arn(ACCOUNT)).toContain(`arn:aws:iam::${ACCOUNT}:role/`)
  expect(arn('elsewhere')).toContain('arn:aws:iam::FILL_IN_ACCOUNT_ID:role/')
})
