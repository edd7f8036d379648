// Every join of the recorded estate that this side has a part in: what is written down beside the recordings has to come out.
import { describe, expect, test } from 'vitest'
import { fitsPattern, type Link } from '@/core/join'
import type { Of, Observation } from '@/core/observation'
import { replay } from '@/tests/conformance'
import expected from './fixtures/expected-joins.json'
import { ADDRESS, eventsOf, ISSUER, UID, WORLD } from './fixtures/recorded-world'

const events = await eventsOf(replay(WORLD))
const all = events.flatMap((event) =>
  event.type === 'observations' ? (event.observations as Observation[]) : [],
)
const of = <K extends Observation['kind']>(kind: K) => all.filter((one): one is Of<K> => one.kind === kind)
const identities = of('identity')
const accounts = identities.filter(({ type }) => type === 'kubernetes.service-account')
const accountOf = (full: string) => accounts.find(({ name }) => name === full)!
const keys = (one: Observation, type: string): string[] =>
  ('keys' in one ? (one.keys ?? []) : []).flatMap((key) => (key.type === type ? [key.value] : []))
const links = (one: Observation, to: string): Link[] =>
  ('links' in one ? (one.links ?? []) : []).filter((link) => link.to === to)
const bearers = (to: string, value: string, match: 'exact' | 'pattern' = 'exact'): Observation[] =>
  all.filter((one) =>
    keys(one, to).some((key) => (match === 'exact' ? key === value : fitsPattern(value, key))),
  )
const nameOf = (uid: string) => identities.find(({ nativeId }) => nativeId === uid)?.name

test('the cluster is that of the provider in the account, and of the vaults', () => {
  expect(expected.cluster.kubeSystemUid).toBe(UID)
  expect(expected.cluster.issuer).toBe(`https://${ISSUER}`)
  expect(bearers('oidc.issuer', ISSUER)).toHaveLength(1)
  const [scope] = events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
  expect(scope?.authorities).toContain(`oidc:${ISSUER}`)
})

describe.each(expected.serviceAccounts)('$namespace/$name', (account) => {
  const full = `${account.namespace}/${account.name}`
  const found = accountOf(full)
  test('is there, by its UID and by the name others use', () => {
    expect(found).toMatchObject({ nativeId: account.uid, aliases: [account.nativeName] })
    expect(keys(found, 'kubernetes.uid')).toEqual([account.uid])
  })
  test('is run as by its workloads', () => {
    const uses = of('workload').filter((one) => one.uses.includes(account.uid))
    expect(uses.map(({ aliases }) => aliases[0]).sort()).toEqual(
      account.workloads.map(({ controller }) => controller.replace('/', `|${account.namespace}/`)).sort(),
    )
  })
  test('is joined to the cloud roles that name it, and names those it should', () => {
    const [subject] = keys(found, 'oidc.subject')
    const named = links(found, 'aws.arn').map(({ value, authority }) => [value, authority])
    const declared = account.awsRoles.filter(({ verdict }) => verdict === 'both sides agree')
    expect(named).toEqual(declared.map(({ arn }) => [arn, 'aws:123456789012']))
    for (const { verdict } of account.awsRoles)
      if (verdict === 'role side only')
        expect(fitsPattern(`${ISSUER}|system:serviceaccount:payments:*`, subject!)).toBe(true)
    expect(subject).toBe(`${ISSUER}|${account.nativeName}`)
  })
  test('is joined to the vault roles that let it in', () => {
    const [subject] = keys(found, 'kubernetes.subject')
    const letIn = expected.vaultBounds
      .filter(({ names, namespaces }) =>
        namespaces.some((namespace) =>
          names.some((name) => fitsPattern(`${ADDRESS}|${namespace}/${name}`, subject!)),
        ),
      )
      .map(({ server, role }) => `${server} ${role}`)
    const told = account.vaultRoles.map(({ server, role }) => `${server} ${role}`)
    // A role for everything is not repeated for each.
    expect(letIn.filter((one) => !one.endsWith(' everything')).sort()).toEqual(told.sort())
  })
  test('is joined to other clouds', () => {
    const { gcp, azureClientId } = account.otherClouds as { gcp?: string; azureClientId?: string }
    expect(links(found, 'gcp.service-account-email').map(({ value }) => value)).toEqual(gcp ? [gcp] : [])
    expect(links(found, 'azure.client-id').map(({ value }) => value)).toEqual(
      azureClientId ? [azureClientId] : [],
    )
  })
  test('holds its old tokens', () => {
    const tokens = of('credential').filter(
      ({ type, identity }) =>
        type === 'kubernetes.legacy-token' && identity.state === 'known' && identity.value === account.uid,
    )
    expect(tokens.map(({ name }) => name.split('/')[1]).sort()).toEqual(
      [...account.legacyTokenSecrets].sort(),
    )
  })
  test('is owned by whom its labels and annotations say', () => {
    const hints = of('owner-hint').filter(
      ({ identity, via }) => identity === account.uid && !via.includes('of namespace'),
    )
    expect(hints.map(({ value }) => value).sort()).toEqual(Object.values(account.ownerHints).sort())
  })
})

describe('roles', () => {
  const held = (uid: string) =>
    of('grant').flatMap((grant) =>
      grant.identity === uid ? [`${grant.entitlementName} by ${grant.viaName}`] : [],
    )
  test.each([
    ['ci/gha-deployer', 'cluster-admin by ClusterRoleBinding gha-deployer-admin'],
    ['ci/default', 'view by RoleBinding shop/cross-namespace'],
    ['payments/settlement-batch', 'edit by RoleBinding payments/settlement-edit'],
    ['payments/payments-api', 'payments/read-one-secret by RoleBinding payments/payments-api-stripe'],
    ['shop/order-sync', 'shop/no-such-role by RoleBinding shop/dangling-role'],
    ['monitoring/prometheus', 'acme-monitoring by ClusterRoleBinding prometheus'],
    ['spire/spire-agent', 'acme-token-minter by RoleBinding payments/spire-agent-tokens'],
  ])('%s holds %s', (name, grant) => expect(held(accountOf(name).nativeId)).toContain(grant))
  test('a role and a service account that are not there are named and not held', () => {
    expect(of('entitlement').map(({ nativeId }) => nativeId)).not.toContain('role/shop/no-such-role')
    expect(held('system:serviceaccount:shop:inventory-api')).toEqual([
      'edit by RoleBinding shop/inventory-api-edit',
    ])
  })
  test('groups mean the service accounts that Kubernetes puts into them', () => {
    const members = (group: string) => {
      const [link] = links(
        identities.find(({ nativeId }) => nativeId === `group:${group}`)!,
        'kubernetes.service-account',
      )
      return bearers(link!.to, link!.value, link!.match)
    }
    for (const { group } of expected.groupRbac) expect(held(`group:${group}`).length).toBeGreaterThan(0)
    expect(members('system:serviceaccounts')).toHaveLength(accounts.length)
    expect(
      members('system:serviceaccounts:shop')
        .map((one) => 'name' in one && one.name)
        .sort(),
    ).toEqual(
      accounts
        .map(({ name }) => name)
        .filter((name) => name.startsWith('shop/'))
        .sort(),
    )
  })
})

test('nodes are the machines of the account', () => {
  const nodes = identities.filter(({ type }) => type === 'kubernetes.node')
  expect(nodes.map((node) => [node.name, keys(node, 'aws.instance-id')[0]])).toEqual(
    expected.nodes.map(({ node, ec2InstanceId }) => [node, ec2InstanceId]),
  )
})

describe('copied secrets', () => {
  const copied = (name: string) =>
    of('secret').find((one) => one.type === 'kubernetes.external-secret' && one.name === name)!
  const readers = (full: string) =>
    of('workload').flatMap((one) =>
      links(one, 'kubernetes.secret').some(({ value }) => value === `${UID}|${full}`) ? one.aliases : [],
    )
  test('payments/stripe: Secrets Manager, as payments-api, for the deployment', () => {
    const one = copied('payments/stripe')
    expect(links(one, 'aws.secret')).toMatchObject([
      { value: 'eu-west-1|payments/stripe', reason: expect.stringContaining('15m0s') as string },
    ])
    expect(bearers('kubernetes.service-account', links(one, 'kubernetes.service-account')[0]!.value)).toEqual(
      [accountOf('payments/payments-api')],
    )
    expect(readers('payments/stripe')).toEqual(['Deployment|payments/payments-api'])
  })
  test('shop/smtp-credentials: Vault, as checkout-api, for two workloads', () => {
    const one = copied('shop/smtp-credentials')
    expect(links(one, 'vault.path')).toMatchObject([
      { value: 'vault.acme.example:443|kv/shop/smtp', authority: 'vault:vault.acme.example:443' },
    ])
    expect(links(one, 'aws.secret')).toEqual([])
    expect(bearers('kubernetes.service-account', links(one, 'kubernetes.service-account')[0]!.value)).toEqual(
      [accountOf('shop/checkout-api')],
    )
    expect(readers('shop/smtp-credentials').sort()).toEqual([
      'CronJob|shop/report-cron',
      'Deployment|shop/checkout-api',
    ])
  })
  test('ci/npm-token: Parameter Store, through a key that is not there, once and failing', () => {
    const one = copied('ci/npm-token')
    expect(links(one, 'aws.parameter')).toMatchObject([{ value: 'eu-west-1|/ci/npm-token' }])
    const [kept] = links(one, 'kubernetes.secret')
    expect([kept?.value, bearers('kubernetes.secret', kept!.value)]).toEqual([
      `${UID}|kube-system/aws-static`,
      [],
    ])
    expect(one.rotates).toMatchObject({ value: false })
    expect(one.rotatedAt).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('SecretSyncedError') as string,
    })
  })
})

describe('certificates', () => {
  const kept = (name: string) =>
    of('credential').find((one) => one.type === 'kubernetes.certificate' && one.name === name)!
  test('name who signs them; the signer is there, and its service account is not', () => {
    const [link] = links(kept('shop/storefront'), 'kubernetes.cert-issuer')
    const [issuer] = bearers(link!.to, link!.value)
    expect(issuer).toMatchObject({ kind: 'issuer', name: 'acme-internal' })
    const [account] = links(issuer!, 'kubernetes.service-account')
    expect(account).toMatchObject({
      value: `${UID}|cert-manager/cert-manager`,
      authority: `kubernetes-cluster:${UID}`,
    })
    expect(bearers(account!.to, account!.value)).toEqual([])
  })
  test('keep their key where the workload reads it', () => {
    const [link] = links(kept('shop/storefront'), 'kubernetes.secret')
    const reading = of('workload').filter((one) =>
      links(one, 'kubernetes.secret').some(({ value }) => value === link?.value),
    )
    expect(reading.map(({ name }) => name)).toEqual(['shop/web-frontend'])
  })
  test('one has expired', () => {
    expect(kept('monitoring/grafana').expiresAt).toMatchObject({ value: '2026-11-20T00:00:00.000Z' })
  })
  test('of clients belong to whom they name', () => {
    const clients = of('credential').filter(({ type }) => type === 'kubernetes.client-certificate')
    const holders = clients.map(({ identity }) =>
      identity.state === 'known' ? (nameOf(identity.value) ?? identity.value) : identity.state,
    )
    expect(holders.sort()).toEqual([
      'alice@acme.example',
      'ip-10-20-1-17.eu-west-1.compute.internal',
      'user:jenkins-legacy',
    ])
  })
})

test('SPIFFE IDs are for the service accounts of the pods they pick', () => {
  const accountsOf = (name: string) => {
    const id = identities.find((one) => one.type === 'kubernetes.spiffe-id' && one.name === name)!
    return links(id, 'kubernetes.service-account').flatMap(({ value }) =>
      bearers('kubernetes.service-account', value).map((one) => 'name' in one && one.name),
    )
  }
  expect(accountsOf('acme-workloads')).toEqual(['payments/ledger', 'payments/payments-api'])
  expect(accountsOf('partner-gateway')).toEqual(['shop/checkout-api'])
  const rest = accountsOf('acme-everything')
  expect(rest).toContain('shop/default')
  expect(rest).not.toContain('payments/ledger')
})
