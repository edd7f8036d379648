// Collecting from an estate that can be spoiled: what one refusal costs and what it does not, and what is asked how often.
import { describe, expect, test } from 'vitest'
import { REMOVED } from '@/core/secret-like'
import {
  A,
  account,
  coverage,
  DEFAULTS,
  no,
  policy,
  project,
  read,
  type Answers,
} from './fixtures/small-estate'

describe('what one project refuses', () => {
  test('costs completeness, and none of the rows of others', async () => {
    const { events, of } = await read({
      'iam.serviceAccounts.list': ({ name }) =>
        name === 'projects/proj-two' ? no('denied') : DEFAULTS['iam.serviceAccounts.list']?.({ name }),
    })
    expect(of('identity').map(({ nativeId }) => nativeId)).toEqual(['1', '2'])
    for (const stream of ['service-accounts', 'service-account-keys'])
      for (const kind of Object.values(coverage(events, stream)))
        expect(kind).toMatchObject({ state: 'partial', why: 'denied' })
  })
  test('leaves out the grants of its accounts rather than giving them to an outsider', async () => {
    const { events, of } = await read({
      ...policy('projects/proj-one', {
        role: 'roles/x',
        members: [
          A,
          'serviceAccount:c@proj-two.iam.gserviceaccount.com',
          'serviceAccount:102-compute@developer.gserviceaccount.com',
        ],
      }),
      'iam.serviceAccounts.list': ({ name }) =>
        name === 'projects/proj-two' ? no('denied') : DEFAULTS['iam.serviceAccounts.list']?.({ name }),
    })
    expect(of('grant').map(({ identity }) => identity)).toEqual(['1'])
    expect(of('identity').filter(({ type }) => type !== 'gcp.service-account')).toEqual([])
    expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'partial', why: 'denied' })
  })
  test('of an API that is not enabled there, others are asked all the same', async () => {
    const projects = Array.from({ length: 30 }, (_, n) => project(`proj-n${n}`, String(200 + n)))
    const spoiled: Answers = {
      'resourcemanager.projects.list': () => ({ projects }),
      'iam.serviceAccounts.list': () => ({}),
    }
    const disabled = await read({ ...spoiled, 'storage.hmacKeys.list': () => no('not-offered', 'disabled') })
    expect(disabled.asked.filter((one) => one.startsWith('storage.'))).toHaveLength(30)
    const denied = await read({ ...spoiled, 'storage.hmacKeys.list': () => no('denied') })
    expect(denied.asked.filter((one) => one.startsWith('storage.'))).toHaveLength(10)
    expect(coverage(denied.events, 'hmac-keys')['credential']).toMatchObject({
      state: 'partial',
      why: 'denied',
    })
  })
})

describe('what several projects refuse', () => {
  test.each([
    ['storage.hmacKeys.list', 'hmac-keys', 'credential'],
    ['iam.serviceAccounts.list', 'service-accounts', 'identity'],
    ['iam.serviceAccounts.list', 'service-account-keys', 'credential'],
    ['iam.workloadIdentityPools.list', 'workload-identity-pools', 'issuer'],
    ['iam.roles.list', 'access', 'entitlement'],
    ['iam.denypolicies.list', 'restrictions', 'entitlement'],
  ] as const)('%s names each of them and what to do: %s %s', async (call, stream, kind) => {
    const off = (params: object) => JSON.stringify(params).includes('proj-')
    const { events } = await read({
      [call]: (params: object) => (off(params) ? no('not-offered', 'disabled') : {}),
    })
    const told = coverage(events, stream)[kind]
    expect(told).toMatchObject({ state: 'partial', why: 'not-offered', permission: call })
    // The words of the refusal say what to do.
    expect(JSON.stringify(told)).toMatch(/"no In 2 places: projects\/proj-one, projects\/proj-two\."/)
  })
  test('names as many as a person reads, and counts the others', async () => {
    const projects = Array.from({ length: 30 }, (_, n) => project(`proj-n${100 + n}`, String(200 + n)))
    const { events } = await read({
      'resourcemanager.projects.list': () => ({ projects }),
      'iam.serviceAccounts.list': () => ({}),
      'storage.hmacKeys.list': ({ name }) =>
        name === 'projects/proj-n100' ? no('denied') : no('not-offered', 'disabled'),
    })
    const told = coverage(events, 'hmac-keys')['credential']
    // What a person with the role at hand can mend comes first.
    expect(told).toMatchObject({
      why: 'denied',
      detail: expect.stringMatching(
        /^no In projects\/proj-n100\. For another reason also in 29 places: projects\/proj-n101, .* and 9 more\.$/,
      ) as string,
    })
  })
})

describe('a list that is not found', () => {
  /** Each with the streams and kinds that rest on it. */
  test.each([
    ['resourcemanager.projects.list', 'service-accounts', 'identity'],
    ['resourcemanager.folders.list', 'service-accounts', 'identity'],
    ['resourcemanager.folders.list', 'hierarchy', 'entitlement'],
    ['iam.serviceAccounts.list', 'service-accounts', 'identity'],
    ['iam.serviceAccounts.list', 'service-account-keys', 'credential'],
    ['cloudasset.assets.searchAllIamPolicies', 'access', 'grant'],
    ['iam.roles.list', 'access', 'entitlement'],
    ['logging.logEntries.list', 'service-accounts', 'owner-hint'],
    ['storage.hmacKeys.list', 'hmac-keys', 'credential'],
    ['cloudasset.assets.listResource', 'workloads', 'workload'],
    ['cloudasset.assets.listResource', 'secrets', 'secret'],
    ['cloudasset.assets.listResource', 'api-keys', 'credential'],
    ['iam.workloadIdentityPools.list', 'workload-identity-pools', 'issuer'],
    ['iam.denypolicies.list', 'restrictions', 'entitlement'],
    ['iam.principalaccessboundarypolicies.list', 'restrictions', 'entitlement'],
    ['iam.policybindings.list', 'restrictions', 'entitlement'],
  ] as const)('as %s is not an empty one: %s %s is partial', async (call, stream, kind) => {
    const { events } = await read({ [call]: () => no('not-offered', 'gone') })
    expect(coverage(events, stream)[kind]).toMatchObject({
      state: 'partial',
      why: 'not-offered',
      permission: call,
    })
  })
  test('as that of a project read by itself, which may be on its way out and come back, neither', async () => {
    const { events, of } = await read({
      'sign-in': () => ({ method: 'ambient', resources: ['projects/proj-one'] }),
      'resourcemanager.projects.get': () => ({ ...project('proj-one', '101'), state: 'DELETE_REQUESTED' }),
      'iam.serviceAccounts.list': () => no('not-offered', 'gone'),
    })
    expect(of('identity')).toEqual([])
    expect(coverage(events, 'service-accounts')['identity']).toMatchObject({ state: 'partial' })
  })
})

describe('the hierarchy', () => {
  test('is walked once a run, however many streams need it', async () => {
    const { asked } = await read({})
    for (const call of [
      'resourcemanager.projects.list',
      'resourcemanager.folders.list',
      'iam.serviceAccounts.list {"name":"projects/proj-one"}',
    ])
      expect(asked.filter((one) => one.startsWith(call))).toHaveLength(1)
  })
  test('that goes round in a circle is left', async () => {
    const { events, asked } = await read({
      'resourcemanager.projects.list': () => ({}),
      'resourcemanager.folders.list': () => ({ folders: [{ name: 'folders/1' }] }),
    })
    expect(asked.filter((one) => one.startsWith('resourcemanager.folders.list')).length).toBeLessThan(30)
    expect(coverage(events, 'service-accounts')['identity']).toMatchObject({
      state: 'partial',
      why: 'limited',
    })
  })
  test('a project that does not answer keeps no other from being read, and says so at the end', async () => {
    const { events } = await read({
      'sign-in': () => ({ method: 'ambient', resources: ['projects/proj-gone', 'projects/proj-one'] }),
      'resourcemanager.projects.get': ({ name }) =>
        name === 'projects/proj-one' ? project('proj-one', '101') : no('denied'),
    })
    expect(events.flatMap((event) => (event.type === 'scope' ? [event.scope.nativeId] : []))).toEqual([
      'projects/proj-one',
    ])
    expect(events.at(-1)).toMatchObject({ type: 'scopes', coverage: { state: 'partial', why: 'denied' } })
  })
  test('a project that is named by its number goes by its id, and is read once', async () => {
    const { events } = await read({
      'sign-in': () => ({ method: 'ambient', resources: ['projects/101', 'projects/proj-one'] }),
      'resourcemanager.projects.get': () => project('proj-one', '101'),
    })
    const scopes = events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
    expect(scopes.map(({ nativeId, authorities }) => [nativeId, authorities])).toEqual([
      ['projects/proj-one', ['gcp:projects/proj-one', 'gcp-project:proj-one', 'gcp-project:101']],
    ])
  })
})

describe('groups and sets', () => {
  const GRANT = policy('projects/proj-one', { role: 'roles/x', members: ['group:g@acme.example', A] })
  test('a group that cannot be read leaves grants open, and those held directly stand', async () => {
    const { events, of } = await read({ ...GRANT, 'cloudidentity.groups.lookup': () => no('denied') })
    expect(of('grant').map(({ identity }) => identity)).toEqual(['1'])
    expect(coverage(events, 'access')['grant']).toMatchObject({
      state: 'partial',
      why: 'denied',
      permission: 'cloudidentity.groups.lookup',
    })
    expect(coverage(events, 'access')['trust']).toMatchObject({ state: 'complete' })
  })
  test('a group that is in itself is read once', async () => {
    const { events, of, asked } = await read({
      ...GRANT,
      'cloudidentity.groups.lookup': () => ({ name: 'groups/g1' }),
      'cloudidentity.memberships.list': () => ({
        memberships: [
          { preferredMemberKey: { id: 'g@acme.example' }, type: 'GROUP' },
          { preferredMemberKey: { id: 'b@proj-one.iam.gserviceaccount.com' }, type: 'SERVICE_ACCOUNT' },
        ],
      }),
    })
    expect(asked.filter((one) => one.startsWith('cloudidentity.'))).toHaveLength(2)
    expect(of('grant').map(({ identity, via, viaName }) => [identity, via, viaName])).toEqual([
      ['2', 'group', 'group:g@acme.example'],
      ['1', 'attached', 'projects/proj-one'],
    ])
    expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'complete' })
  })
  test('a group of another directory is unknown, not empty', async () => {
    const { events } = await read({
      ...GRANT,
      'cloudidentity.groups.lookup': () => no('not-offered', 'gone'),
    })
    expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'partial', why: 'not-offered' })
  })
  test.each([
    ['projects/102', ['3']],
    ['projects/proj-one', ['1', '2']],
    ['organizations/1', ['1', '2', '3']],
    ['folders/99', []],
  ])('every service account of %s', async (resource, ids) => {
    const member = `principalSet://cloudresourcemanager.googleapis.com/${resource}/type/ServiceAccount`
    const { of } = await read(policy('projects/proj-one', { role: 'roles/x', members: [member] }))
    expect(of('grant').map(({ identity }) => identity)).toEqual(ids)
  })
  test('a member in a form that is not known leaves grants open', async () => {
    const { events } = await read(
      policy('projects/proj-one', { role: 'roles/x', members: [A, 'principal://new/x'] }),
    )
    expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'partial', why: 'malformed' })
  })
  test('what only people hold leaves nothing behind, not even a question', async () => {
    const { events, of, asked } = await read(
      policy('projects/proj-one', {
        role: 'roles/x',
        members: ['user:ann@acme.example', 'domain:acme.example'],
      }),
    )
    const entitlements = of('entitlement').filter(({ type }) => type !== 'gcp.tree')
    expect([...of('grant'), ...entitlements]).toEqual([])
    expect(asked.filter((one) => one.startsWith('iam.roles.get'))).toEqual([])
    expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'complete' })
  })
})

describe('bindings', () => {
  test('of one role on one resource are one, and under a condition another', async () => {
    const condition = { title: 't', expression: 'e' }
    const { of } = await read(
      policy(
        'projects/101',
        { role: 'roles/x', members: [A] },
        { role: 'roles/x', members: [A, 'serviceAccount:b@proj-one.iam.gserviceaccount.com'] },
        { role: 'roles/x', members: [A], condition },
      ),
    )
    const rows = of('entitlement').filter(({ type }) => type === 'gcp.binding')
    expect(rows.map(({ name }) => name)).toEqual([
      'roles/x on projects/proj-one',
      'roles/x on projects/proj-one (conditional)',
    ])
    expect(of('grant')).toHaveLength(3)
  })
  test('that cannot be asked for at all are unknown', async () => {
    const { events } = await read({
      'cloudasset.assets.searchAllIamPolicies': () => no('denied'),
      'iam.serviceAccounts.getIamPolicy': () => no('denied'),
      'resourcemanager.projects.getIamPolicy': () => no('denied'),
    })
    for (const kind of ['grant', 'trust', 'entitlement', 'identity'] as const)
      expect(coverage(events, 'access')[kind]).toMatchObject({ state: 'partial', why: 'denied' })
  })
})

test('what people wrote is kept, unless it is a secret', async () => {
  const { of } = await read({
    'resourcemanager.projects.list': () => ({
      projects: [
        project('proj-one', '101', { labels: { owner: 'ghp_0123456789abcdefABCDEF', team: 'shop' } }),
      ],
    }),
    'iam.serviceAccounts.list': () => ({
      accounts: [
        { ...account('proj-one', 'a', '1'), description: 'token: ghp_0123456789abcdefABCDEF' },
        { ...account('proj-one', 'b', '2'), description: 'Runs reports' },
      ],
    }),
  })
  expect(of('identity').map(({ description }) => description)).toMatchObject([
    { value: REMOVED },
    { value: 'Runs reports' },
  ])
  expect(of('owner-hint').map(({ value }) => value)).toEqual(['shop', 'shop'])
})
