// Who can become what across systems, as the people who made the recorded estate wrote it down.
import { describe, expect, test } from 'vitest'
import { fitsPattern, type Link } from '@/core/join'
import type { Kind, Observation, Of } from '@/core/observation'
import { replay } from '@/tests/conformance'
import expected from './fixtures/expected-joins.json'
import { eventsOf, observationsOf, OPENBAO, recordedWorld, VAULT, WHOLE } from './fixtures/recorded-world'

const API = '127.0.0.1:16443'
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/z50I997l2Z'
const GITHUB = 'token.actions.githubusercontent.com'

async function estateOf(recorded: typeof VAULT, clusters: string[] = WHOLE.clusters) {
  const world = await recordedWorld(recorded, { ...WHOLE, clusters })
  const all = observationsOf(await eventsOf(replay(world)))
  const of = <K extends Kind>(kind: K) => all.filter((o): o is Of<K> => o.kind === kind)
  return { all, of, nameOf: (id: string) => of('identity').find((i) => i.nativeId === id)?.name ?? id }
}
type Estate = Awaited<ReturnType<typeof estateOf>>
const servers = { vault: await estateOf(VAULT), openbao: await estateOf(OPENBAO) }

const fits = ({ match, value }: Link, name: string): boolean =>
  match === 'exact' ? value === name : fitsPattern(value, name)
/** Whom a key means: identities that trust it, by name. */
const trusting = (estate: Estate, to: string, value: string, type: string): string[] =>
  [
    ...new Set(
      estate
        .of('trust')
        .filter(({ links = [] }) => links.some((link) => link.to === to && fits(link, value)))
        .map(({ identity }) => estate.of('identity').find((i) => i.nativeId === identity))
        .flatMap((identity) => (identity?.type === type ? [identity.name] : [])),
    ),
  ].sort()

describe.each(['vault', 'openbao'] as const)('service accounts and roles of %s', (server) => {
  const estate = servers[server]
  test.each(Object.entries(expected.serviceAccounts))('%s', (account, roles) => {
    const found = trusting(estate, 'kubernetes.subject', `${API}|${account}`, 'vault.kubernetes-role')
    expect(found).toContain(expected.wildcardRole)
    expect(found.filter((name) => name !== expected.wildcardRole)).toEqual(roles[server])
  })
  test('of another cluster are let in nowhere', () => {
    expect(
      trusting(estate, 'kubernetes.subject', 'other:6443|payments/payments-api', 'vault.kubernetes-role'),
    ).toEqual([])
  })
  test.each(Object.entries(expected.dangling))('%s is named although there is none', (account, roles) => {
    const found = trusting(estate, 'kubernetes.subject', `${API}|${account}`, 'vault.kubernetes-role')
    expect(found.filter((name) => name !== expected.wildcardRole)).toEqual(roles)
    const links = estate
      .of('trust')
      .flatMap(({ links = [] }) => links.filter(({ value }) => value === `${API}|${account}`))
    expect(links.map(({ authority }) => authority)).toEqual([`kubernetes:${API}`])
  })
  test.each(Object.entries(expected.entities))('entity of the account %s', (uid, entities) => {
    const trust = estate
      .of('trust')
      .filter(({ links = [] }) => links.some((l) => l.to === 'kubernetes.uid' && l.value === uid))
    expect(
      trust.map(({ identity, links }) => [identity, links?.[0]?.relation, links?.[0]?.authority]),
    ).toEqual([[entities[server], 'observed', `kubernetes:${API}`]])
  })
})

test('an alias that is a name means the name', () => {
  const { subject, openbao } = expected.namedEntity
  const found = servers.openbao
    .of('trust')
    .filter(({ links = [] }) => links.some((l) => l.relation === 'observed' && fits(l, `${API}|${subject}`)))
  expect(found.map(({ identity }) => identity)).toEqual([openbao])
})

describe('which cluster is meant', () => {
  test('by its issuer, service accounts are named as its tokens are', async () => {
    const estate = await estateOf(VAULT, [`auth/kubernetes=https://${ISSUER}`])
    const subject = (account: string) => `${ISSUER}|system:serviceaccount:${account.replace('/', ':')}`
    for (const [account, roles] of Object.entries(expected.serviceAccounts)) {
      const found = trusting(estate, 'oidc.subject', subject(account), 'vault.kubernetes-role')
      expect(found.filter((name) => name !== expected.wildcardRole)).toEqual(roles.vault)
    }
    const authorities = estate
      .of('trust')
      .flatMap(({ links = [] }) => links.filter((l) => l.to === 'oidc.subject' && l.value.startsWith(ISSUER)))
    expect(new Set(authorities.map(({ authority }) => authority))).toEqual(new Set([`oidc:${ISSUER}`]))
  })
  test('by the address the mount is configured with, where that means one', async () => {
    const found = servers.vault
      .of('trust')
      .filter(({ identity }) => identity === 'auth_kubernetes_aa11bb22/role/billing')
    const [named, selected] = found.flatMap(({ links = [] }) => links)
    expect(named).toMatchObject({
      value: 'k8s-west.acme.example:6443|billing/billing',
      authority: 'kubernetes:k8s-west.acme.example:6443',
    })
    expect(selected).toMatchObject({ match: 'pattern', value: 'k8s-west.acme.example:6443|*/billing' })
  })
  test('is not known where the address means another one everywhere: then nothing is matched and nothing is dangling', async () => {
    const estate = await estateOf(VAULT, [])
    const vague = estate.of('trust').filter(({ nativeId }) => !nativeId.includes('aa11bb22'))
    const links = vague.flatMap(({ links = [] }) => links.filter(({ to }) => to.startsWith('kubernetes.')))
    expect(links.length).toBeGreaterThan(10)
    for (const link of links) {
      expect(link.authority).toBeUndefined()
      expect(link.reason).toContain('name it in the setting Clusters')
    }
    expect(
      trusting(estate, 'kubernetes.subject', `${API}|payments/payments-api`, 'vault.kubernetes-role'),
    ).toEqual([])
  })
})

test.each(Object.entries(expected.github))('GitHub: %s', (subject, roles) => {
  for (const estate of Object.values(servers)) {
    const found = trusting(estate, 'oidc.subject', `${GITHUB}|${subject}`, 'vault.jwt-role')
    // What demands another claim than the subject lets any subject in that has it.
    expect(found.filter((name) => name !== expected.claimRole.role)).toEqual(roles)
  }
})
test('a role that demands only another claim says so', () => {
  for (const estate of Object.values(servers)) {
    const role = estate.of('identity').find(({ name }) => name === expected.claimRole.role)!
    const [link] = estate
      .of('trust')
      .filter(({ identity }) => identity === role.nativeId)
      .flatMap(({ links = [] }) => links.filter((l) => l.to === 'oidc.subject'))
    expect(link).toMatchObject({ match: 'pattern', value: `${GITHUB}|*`, authority: `oidc:${GITHUB}` })
    expect(link?.reason).toContain(expected.claimRole.claim)
    const policies = estate.of('grant').filter(({ identity }) => identity === role.nativeId)
    expect(policies.map(({ entitlement }) => entitlement)).toContain(expected.claimRole.policy)
  }
})

/** Roles whose policies reach a path at which credentials are handed out, or a stored secret. */
function reaching(estate: Estate, to: string, value: string): string[] {
  const policies = estate
    .of('entitlement')
    .filter(
      ({ links = [], name }) => name !== 'root' && links.some((link) => link.to === to && fits(link, value)),
    )
    .map(({ nativeId }) => nativeId)
  const holders = estate
    .of('grant')
    .filter(({ entitlement, via }) => policies.includes(entitlement) && via === 'attached')
  return [
    ...new Set(
      holders.map(({ identity }) => estate.of('identity').find((i) => i.nativeId === identity)?.aliases[0]),
    ),
  ]
    .filter((path): path is string => path !== undefined)
    .sort()
}
const keyOf = (o: Observation | undefined, type: string): string =>
  o?.keys?.find((key) => key.type === type)?.value ?? ''

test('an engine of Vault acts as a role of AWS, by a key that is known', () => {
  const { role, awsRole, accessKeyId, reachableFrom } = expected.vaultToAws
  const issuers = servers.vault.of('issuer')
  const issuer = issuers.find(({ aliases }) => aliases.includes(`aws/roles/${role}`))
  expect(issuer?.links).toMatchObject([
    { means: 'this-becomes', to: 'aws.arn', value: awsRole, authority: 'aws:123456789012' },
  ])
  const access = issuers.find(({ type }) => type === 'vault.aws-access')
  expect(access?.links).toMatchObject([{ kind: 'credential', to: 'aws.access-key-id', value: accessKeyId }])
  const from = reaching(servers.vault, 'vault.issuing-path', keyOf(issuer, 'vault.issuing-path'))
  // Whoever may do everything may do this as well: that is said by the policy, not written down one by one.
  const everything = reaching(servers.vault, 'vault.path', 'vault.acme.example:8200|kv/anything-at-all')
  expect(from.filter((path) => reachableFrom.includes(path) || !everything.includes(path))).toEqual(
    [...reachableFrom, 'auth/token/roles/deploy'].sort(),
  )
})
test.each(Object.entries(expected.awsToVault))('AWS principals that may take %s', (role, arns) => {
  const bears = (arn: string) =>
    [
      ['aws.arn', arn],
      ['aws.role-name', `123456789012/${arn.split('/').at(-1)?.toLowerCase()}`],
    ] as const
  const taking = (arn: string) =>
    bears(arn).flatMap(([to, value]) => trusting(servers.vault, to, value, 'vault.aws-role'))
  for (const arn of arns) expect(taking(arn)).toEqual([role])
  for (const arn of expected.otherAwsRoles) expect(taking(arn)).toEqual([])
})
test('a stored secret goes by the host and path that workloads have in their settings', () => {
  for (const estate of Object.values(servers)) {
    const { path, role } = expected.secretOfExternalSecret
    const secret = estate.of('secret').find(({ name }) => name === path)
    expect(secret?.keys).toEqual([{ type: 'vault.path', value: `vault.acme.example:8200|${path}` }])
    const from = reaching(estate, 'vault.path', keyOf(secret, 'vault.path'))
    expect(from).toContain(`auth/kubernetes/role/${role}`)
    expect(from).not.toContain('auth/kubernetes/role/payments-api')
  }
})
test('a certificate of the cluster comes from a role of the certificate engine', () => {
  for (const estate of Object.values(servers)) {
    const { path, role } = expected.certificateIssuer
    const issuer = estate
      .of('issuer')
      .find(({ keys = [] }) => keys.some(({ value }) => value.endsWith(`|${path}`)))
    expect(issuer?.type).toBe('vault.pki-role')
    const value = issuer?.keys?.find((key) => key.value.endsWith(`|${path}`))?.value ?? ''
    expect(reaching(estate, 'vault.issuing-path', value)).toContain(`auth/kubernetes/role/${role}`)
  }
})
test('an alias on an AppRole leads to the role it signed in through', () => {
  for (const estate of Object.values(servers)) {
    const entity = estate
      .of('identity')
      .find(({ type, name }) => type === 'vault.entity' && name === 'ci-runner')!
    const role = estate
      .of('identity')
      .find(({ type, name }) => type === 'vault.approle-role' && name === 'ci-runner')
    const links = estate
      .of('trust')
      .filter(({ identity }) => identity === entity.nativeId)
      .flatMap(({ links = [] }) => links)
    expect(links).toMatchObject([
      { relation: 'observed', to: 'vault.auth-role', value: role?.keys?.[0]?.value },
    ])
  }
})
