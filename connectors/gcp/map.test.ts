// What members mean, whom pools let in, and what is only known in part: pure.
import { describe, expect, test } from 'vitest'
import { known, unknown, type Fact } from '@/core/fact'
import { readAccounts, projectOf } from './accounts'
import { Asker } from './asker'
import { accountTrust, bindingEntitlement } from './map-access'
import { lastUse } from './map-account'
import { accountKey } from './map-credential'
import { outsideAccount } from './map-principal'
import { readMember } from './members'
import type { Pools } from './pools'
import { waysToBecome, type Roles } from './roles'
import { Account, AccountKey, Activity, Creation, Project, type Role } from './shapes'
import type { Tree } from './tree'
import { Session } from '@/core/session'

const PROJECT = Project.parse({ name: 'projects/1001', projectId: 'shop-one', state: 'ACTIVE' })
const TREE: Tree = {
  root: 'organizations/1',
  name: 'x',
  nodes: ['organizations/1'],
  projects: [PROJECT],
  byName: new Map([PROJECT.projectId, PROJECT.number].map((name) => [name, PROJECT])),
  below: new Map(),
  parent: unknown('not-collected', 'x'),
  above: new Map(),
  refusals: [],
}
const REFUSAL = unknown('denied', 'resourcemanager.folders.list', 'no')
const placed = {
  ...Account.parse({
    name: 'projects/shop-one/serviceAccounts/a@shop-one.iam.gserviceaccount.com',
    uniqueId: '7',
    email: 'a@shop-one.iam.gserviceaccount.com',
  }),
  project: PROJECT,
}

describe('members', () => {
  test.each([
    [
      'serviceAccount:A@shop-one.iam.gserviceaccount.com',
      { kind: 'service-account', email: 'a@shop-one.iam.gserviceaccount.com' },
    ],
    [
      'serviceAccount:shop-one.svc.id.goog[ns/ksa]',
      { kind: 'cluster-account', pool: 'shop-one.svc.id.goog', name: 'shop-one.svc.id.goog[ns/ksa]' },
    ],
    [
      'deleted:serviceAccount:a@b.iam.gserviceaccount.com?uid=12',
      { kind: 'deleted', id: '12', email: 'a@b.iam.gserviceaccount.com' },
    ],
    ['deleted:serviceAccount:a@b.iam.gserviceaccount.com', { kind: 'deleted', id: undefined }],
    [
      'principal://iam.googleapis.com/projects/9/locations/global/workloadIdentityPools/p/subject/a/b',
      { kind: 'pool', project: '9', pool: 'p', rest: 'subject/a/b' },
    ],
    [
      'principalSet://cloudresourcemanager.googleapis.com/folders/5/type/ServiceAccount',
      { kind: 'resource-set', resource: 'folders/5' },
    ],
    [
      'principalSet://cloudresourcemanager.googleapis.com/projects/9',
      { kind: 'resource-set', resource: 'projects/9' },
    ],
    ['principal://agents.global.org-1.system.id.goog/resources/aiplatform/x', { kind: 'agent' }],
    ['principalSet://agents.global.org-1.system.id.goog/*', { kind: 'agent' }],
    [
      'principal://parametermanager.googleapis.com/projects/9/uid/locations/global/parameters/x',
      { kind: 'resource' },
    ],
    [
      'deleted:principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ann',
      { kind: 'person' },
    ],
    ['group:Ops@acme.example', { kind: 'group', email: 'ops@acme.example' }],
    ['allUsers', { kind: 'everyone' }],
    ['allAuthenticatedUsers', { kind: 'everyone' }],
    ['user:ann@acme.example', { kind: 'person' }],
    ['domain:acme.example', { kind: 'person' }],
    ['projectEditor:shop-one', { kind: 'person' }],
    ['deleted:user:ann@acme.example?uid=1', { kind: 'person' }],
    ['principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ann', { kind: 'person' }],
    ['principal://something.new/x', { kind: 'other' }],
    // Of another kind of asset than what can be everyone of a project.
    ['principalSet://cloudresourcemanager.googleapis.com/projects/9/type/Widget', { kind: 'other' }],
  ])('%s', (text, member) => expect(readMember(text)).toMatchObject({ text, ...member }))
})

test.each([
  ['a@shop-one.iam.gserviceaccount.com', 'shop-one'],
  ['a@shop.example.com.iam.gserviceaccount.com', 'example.com:shop'],
  ['1001-compute@developer.gserviceaccount.com', '1001'],
  ['shop-one@appspot.gserviceaccount.com', 'shop-one'],
  ['1001@cloudservices.gserviceaccount.com', undefined],
  ['1001@cloudbuild.gserviceaccount.com', undefined],
  ['service-1001@gcp-sa-pubsub.iam.gserviceaccount.com', undefined],
  ['service-1001@container-engine-robot.iam.gserviceaccount.com', undefined],
  ['ann@acme.example', undefined],
])('the project of %s is %s', (email, project) => expect(projectOf(email)).toBe(project))

describe('whom an email means', () => {
  const accountsOf = async (tree: Tree, refused?: string) => {
    const session = new Session({
      transport: {
        send: async (_, { name }) => {
          if (name === refused) throw new Error('refused')
          return { accounts: [{ ...placed, displayName: '', description: '' }] }
        },
        explain: () => ({ why: 'denied', detail: 'no' }),
      },
      signal: new AbortController().signal,
      sleep: async () => undefined,
      random: () => 0,
    })
    return await readAccounts(new Asker(session), tree)
  }
  test('the one that bears it, one that is not there, and one from outside', async () => {
    const accounts = await accountsOf(TREE)
    expect(accounts.resolve(placed.email)).toMatchObject({ state: 'found', account: { uniqueId: '7' } })
    expect(accounts.resolve('b@shop-one.iam.gserviceaccount.com')).toEqual({ state: 'missing' })
    expect(accounts.resolve('b@other-one.iam.gserviceaccount.com')).toEqual({ state: 'outside' })
    expect(accounts.named('-', placed.email)).toMatchObject({ state: 'found' })
    expect(accounts.named('shop-one', '7')).toMatchObject({ state: 'found' })
    expect(accounts.named('1001', '8')).toEqual({ state: 'missing' })
  })
  test('nobody is called an outsider while a part is unseen', async () => {
    const accounts = await accountsOf({ ...TREE, refusals: [REFUSAL] })
    expect(accounts.resolve('b@other-one.iam.gserviceaccount.com')).toEqual({
      state: 'unread',
      refusal: REFUSAL,
    })
    expect(accounts.resolve('1001@cloudservices.gserviceaccount.com')).toEqual({ state: 'outside' })
  })
  test('nobody of a project that refuses is called missing', async () => {
    const accounts = await accountsOf(TREE, 'projects/shop-one')
    for (const email of [placed.email, '1001-compute@developer.gserviceaccount.com'])
      expect(accounts.resolve(email)).toMatchObject({ state: 'unread', refusal: { why: 'denied' } })
  })
})

const NO_POOLS: Pools = { all: [], refusals: [], find: () => undefined }

describe('principals from outside', () => {
  test('are of a vendor where the whole organisation was read, and of somebody otherwise', () => {
    const email = 'scan@vendor-one.iam.gserviceaccount.com'
    expect(outsideAccount(email, TREE, 'x')).toMatchObject({
      type: 'gcp.foreign-service-account',
      vendor: { state: 'known', value: 'vendor-one' },
    })
    for (const tree of [
      { ...TREE, root: 'projects/shop-one' },
      { ...TREE, refusals: [REFUSAL] },
    ])
      expect(outsideAccount(email, tree, 'x')).toMatchObject({ vendor: { state: 'unknown' } })
  })
  test.each([
    ['1001@cloudservices.gserviceaccount.com', 'provider'],
    ['service-1001@gcp-sa-pubsub.iam.gserviceaccount.com', 'provider'],
    ['1001@cloudbuild.gserviceaccount.com', 'machine'],
  ])('%s is a %s', (email, one) => {
    const identity = outsideAccount(email, TREE, 'x')
    expect(identity).toMatchObject({ type: 'gcp.service-agent', class: one, neverHasCredentials: true })
    expect(identity.vendor).toBeUndefined()
  })
})

describe('trust', () => {
  const binding = (role: string, condition?: object) => ({
    id: `${role}@//iam.googleapis.com/projects/shop-one/serviceAccounts/7${condition ? '#abc' : ''}`,
    role,
    resource: '//iam.googleapis.com/projects/shop-one/serviceAccounts/7',
    resourceType: 'iam.googleapis.com/ServiceAccount',
    condition: condition as never,
    members: [],
    account: placed,
  })
  const trust = (text: string, condition?: object) =>
    accountTrust(binding('roles/x', condition), placed, readMember(text), { actions: ['a'], pools: NO_POOLS })
  test('names a service account bound to the one of that moment', () =>
    expect(trust('serviceAccount:b@other-one.iam.gserviceaccount.com')).toMatchObject({
      principalType: 'identity',
      links: [{ to: 'gcp.service-account-email', bound: true, authority: 'gcp-project:other-one' }],
    }))
  test('names one that was deleted by the id it had', () =>
    expect(trust('deleted:serviceAccount:b@other-one.iam.gserviceaccount.com?uid=9')).toMatchObject({
      principalType: 'unresolvable',
      links: [{ to: 'gcp.unique-id', value: '9', bound: true, authority: 'gcp-project:other-one' }],
    }))
  test('keeps the condition, and is another one under another condition', () => {
    const condition = { title: 't', description: '', expression: 'request.time < x' }
    expect(trust('user:a@b.c', condition).conditions).toEqual({ title: 't', expression: 'request.time < x' })
    expect(trust('user:a@b.c', condition).nativeId).not.toBe(trust('user:a@b.c').nativeId)
    expect(bindingEntitlement('organizations/1', binding('roles/x', condition))).toMatchObject({
      name: 'roles/x on a@shop-one.iam.gserviceaccount.com (conditional)',
      document: { value: { role: 'roles/x', condition: { expression: 'request.time < x' } } },
    })
  })
  const roles = (fact?: Fact<Role>): Roles => new Map(fact ? [['roles/x', fact]] : [])
  const role = (includedPermissions: string[], deleted?: boolean): Fact<Role> =>
    known({ name: 'roles/x', title: '', includedPermissions, ...(deleted && { deleted }) }, 'x')
  test('follows the permissions of the role, whatever it is called', () => {
    expect(waysToBecome('roles/x', roles(role(['iam.serviceAccounts.signJwt', 'a.b.c'])))).toMatchObject({
      value: ['iam.serviceAccounts.signJwt'],
    })
    expect(waysToBecome('roles/x', roles(role(['iam.serviceAccounts.list'])))).toMatchObject({ value: [] })
    expect(waysToBecome('roles/x', roles(role(['iam.serviceAccounts.signJwt'], true)))).toMatchObject({
      value: [],
    })
  })
  test('of a role that could not be read is unknown; of well-known ones it is not asked', () => {
    expect(waysToBecome('roles/x', roles(REFUSAL))).toEqual(REFUSAL)
    expect(waysToBecome('roles/x', roles())).toMatchObject({ state: 'unknown' })
    expect(waysToBecome('roles/iam.serviceAccountUser', roles())).toMatchObject({
      value: ['iam.serviceAccounts.actAs'],
    })
  })
})

describe('last use', () => {
  const activity = (last?: string) =>
    Activity.parse({
      fullResourceName: 'x',
      observationPeriod: { startTime: '2026-01-01T07:00:00Z', endTime: '2026-09-01T07:00:00Z' },
      activity: { ...(last && { lastAuthenticatedTime: last }) },
    })
  const use = (activities: Fact<Activity[]>, since: Fact<string>) =>
    lastUse(activities, () => true, since, 'x')
  const at = (text: string) => known(text, 'x')
  test('is the latest that is told', () =>
    expect(
      use(known([activity('2026-03-01T07:00:00Z'), activity('2026-04-01T07:00:00Z')], 'x'), REFUSAL),
    ).toMatchObject({
      value: '2026-04-01T07:00:00.000Z',
    }))
  test.each([
    ['made within the record', at('2026-02-01T00:00:00.000Z'), 'absent'],
    ['older than the record', at('2025-02-01T00:00:00.000Z'), 'unknown'],
    ['younger than the record', at('2026-09-02T00:00:00.000Z'), 'unknown'],
    ['of an age that is not known', REFUSAL, 'unknown'],
  ])('that is not told, of what is %s, is %s', (_, since, state) =>
    expect(use(known([activity()], 'x'), since).state).toBe(state),
  )
  test('that is not spoken of is unknown, and so is what was refused', () => {
    expect(use(known([], 'x'), at('2026-02-01T00:00:00.000Z'))).toMatchObject({
      state: 'unknown',
      why: 'not-offered',
    })
    expect(use(REFUSAL, at('2026-02-01T00:00:00.000Z'))).toEqual(REFUSAL)
  })
})

describe('keys', () => {
  const key = (more: object) =>
    accountKey(
      placed,
      AccountKey.parse({
        name: `${placed.name}/keys/k1`,
        keyType: 'USER_MANAGED',
        validAfterTime: '2026-01-01T00:00:00Z',
        ...more,
      }),
      REFUSAL,
    )
  test('end when they say, and never in the year 9999', () => {
    expect(key({ validBeforeTime: '9999-12-31T23:59:59Z' }).expiresAt.state).toBe('absent')
    expect(key({}).expiresAt.state).toBe('absent')
    expect(key({ validBeforeTime: '2027-01-01T00:00:00Z' }).expiresAt).toMatchObject({
      value: '2027-01-01T00:00:00.000Z',
    })
  })
  test('say where they come from and why they are off', () => {
    expect(key({ keyOrigin: 'USER_PROVIDED' }).name).toBe('k1 (uploaded)')
    expect(
      key({ disabled: true, disableReason: 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_EXPOSED' }),
    ).toMatchObject({
      name: 'k1 (exposed)',
      enabled: { value: false },
    })
    expect(key({ disabled: true, disableReason: 'words with a secret' }).name).toBe('k1')
    expect(
      key({ disabled: true, disableReason: 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_USER_INITIATED' }).name,
    ).toBe('k1 (user initiated)')
  })
  test('say that they were found in public, even where somebody enabled them again', () => {
    const extendedStatus = [{ key: 'SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_EXPOSED', value: 'canary' }]
    expect(key({ keyOrigin: 'GOOGLE_PROVIDED', extendedStatus })).toMatchObject({
      name: 'k1 (downloaded, exposed)',
      enabled: { value: true },
    })
  })
})

describe('the making of a service account', () => {
  const made = (more: object) =>
    Creation.parse({ timestamp: '2026-01-01T00:00:00.123456Z', protoPayload: {}, ...more })
  test.each([
    [{ resource: { labels: { unique_id: '7' } } }, '7'],
    [{ protoPayload: { response: { unique_id: '7', email: 'a@b' } } }, '7'],
    [{ protoPayload: { resourceName: 'projects/-/serviceAccounts/7' } }, '7'],
    // An email may be that of a later one.
    [
      { protoPayload: { resourceName: 'projects/-/serviceAccounts/a@b', response: { email: 'a@b' } } },
      undefined,
    ],
  ])('is told by its id alone: %j', (entry, id) => expect(made(entry).uniqueId).toBe(id))
})
