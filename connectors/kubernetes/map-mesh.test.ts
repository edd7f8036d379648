// Who may call what in a mesh: callers by names that can be joined, the accounts of the pods a policy is about, and nothing
// that anybody could become.
import { describe, expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { PLANTED } from './fixtures/made-up'
import { callersOf } from './map-callers'
import { accountKeys } from './map-joins'
import { authorizationPolicy, peerAuthentication, selects, type PickedMesh } from './map-mesh'
import { AuthorizationPolicy, PeerAuthentication } from './shapes-mesh'

const UID = 'cluster-1'
const unnamed: PickedMesh = { uid: UID, trustDomains: ['cluster.local'], picked: new Map() }
const named: PickedMesh = { ...unnamed, trustDomains: ['prod.example', 'old.example'] }
const policy = (spec: object | undefined, namespace = 'shop', annotations = {}) =>
  AuthorizationPolicy.parse({ metadata: { uid: 'p', name: 'p', namespace, annotations }, spec })
const from = (source: object) => ({ from: [{ source }] })
const linksOf = (spec: object, mesh = unnamed, namespace = 'shop') =>
  authorizationPolicy(policy(spec, namespace), mesh).links ?? []
/** Links to callers: those that name nobody's pods. */
const callers = (spec: object, mesh = unnamed) =>
  linksOf(spec, mesh)
    .filter(({ reason }) => !reason.startsWith('It decides who'))
    .map(({ to, value, match, authority }) => [to, value, match, authority])

describe('a caller', () => {
  const of = (source: object, mesh = unnamed) => callers({ rules: [from(source)] }, mesh)
  test.each([
    ['cluster.local/ns/a/sa/b', `${UID}|a/b`, 'exact'],
    ['cluster.local/ns/a/sa/*', `${UID}|a/*`, 'pattern'],
    ['cluster.local/ns/a/*', `${UID}|a/*`, 'pattern'],
    ['cluster.local/*', `${UID}|*/*`, 'pattern'],
    ['*/ns/a/sa/b', `${UID}|a/b`, 'exact'],
    ['*', undefined, undefined],
    ['nonsense', undefined, undefined],
  ])('of a mesh without a name is %s: one of this cluster', (principal, value, match) => {
    const expected = value === undefined ? [] : [['kubernetes.service-account', value, match, undefined]]
    expect(of({ principals: [principal] })).toEqual(expected)
  })
  test.each([
    ['cluster.local/ns/a/sa/b', 'spiffe://prod.example/ns/a/sa/b', 'exact'],
    ['prod.example/ns/a/sa/b', 'spiffe://prod.example/ns/a/sa/b', 'exact'],
    ['old.example/ns/a/sa/b', 'spiffe://prod.example/ns/a/sa/b', 'exact'],
    ['other.example/ns/a/sa/b*', 'spiffe://other.example/ns/a/sa/b*', 'pattern'],
  ])('of a mesh with a name is %s', (principal, value, match) => {
    expect(of({ principals: [principal] }, named)).toEqual([['spiffe.id', value, match, undefined]])
  })
  test('bears the name it is called by', () => {
    const keys = accountKeys(
      { uid: 'u', namespace: 'a', name: 'b' },
      { uid: UID, addresses: [], trustDomains: ['prod.example', 'old.example'], isInMesh: true },
    )
    const value = of({ principals: ['old.example/ns/a/sa/b'] }, named)[0]?.[1]
    expect(keys).toContainEqual({ type: 'spiffe.id', value })
  })
  test('is a service account by itself, of the namespace of the policy unless it says another', () => {
    expect(of({ serviceAccounts: ['b', 'a/c'] }).map(([, value]) => value)).toEqual([
      `${UID}|a/c`,
      `${UID}|shop/b`,
    ])
  })
  test('is whoever runs in a namespace', () => {
    expect(of({ namespaces: ['ci'] }, named)).toEqual([
      ['spiffe.id', 'spiffe://prod.example/ns/ci/sa/*', 'pattern', undefined],
    ])
  })
  test('is whoever brings a token', () => {
    const requestPrincipals = ['https://i.example/id/1/system:serviceaccount:a:b', 'https://i.example/*', '*']
    expect(of({ requestPrincipals })).toEqual([
      ['oidc.subject', 'i.example/id/1|system:serviceaccount:a:b', 'exact', undefined],
      ['oidc.subject', 'i.example|*', 'pattern', undefined],
    ])
  })
  test('is the narrowest of what a source says together', () => {
    const source = AuthorizationPolicy.parse({
      metadata: { uid: 'p', name: 'p', namespace: 'shop' },
      spec: { rules: [from({ principals: ['cluster.local/ns/a/sa/b'], namespaces: ['a', 'c'] })] },
    }).spec!.rules[0]!.from[0]!.source!
    expect(callersOf(source, 'shop', unnamed)).toHaveLength(1)
  })
  test('who is told apart by what it is not is no name', () => {
    expect(of({ notPrincipals: ['cluster.local/ns/a/sa/b'], ipBlocks: ['10.0.0.0/8'] })).toEqual([])
  })
})

describe('what a policy says of a caller', () => {
  const source = { principals: ['cluster.local/ns/a/sa/b'] }
  const said = (spec: object, annotations = {}) => {
    const row = authorizationPolicy(policy({ rules: [from(source)], ...spec }, 'shop', annotations), unnamed)
    const link = row.links?.find(({ value }) => value === `${UID}|a/b`)
    return [link?.relation, link?.reason]
  }
  test.each([
    [{}, 'permitted', 'It lets this caller reach every pod in shop.'],
    [{ action: 'DENY' }, 'declared', 'It keeps this caller from every pod in shop.'],
    [{ action: 'AUDIT' }, 'declared', 'It has calls of this caller to every pod in shop recorded.'],
    [
      { action: 'CUSTOM', provider: { name: 'sign-in' } },
      'declared',
      'It lets sign-in decide whether this caller may reach every pod in shop.',
    ],
    [{ action: 'LATER' }, 'declared', 'It names this caller for LATER.'],
    [
      { selector: { matchLabels: { app: 'x' } } },
      'permitted',
      'It lets this caller reach pods with app=x in shop.',
    ],
    [
      { targetRefs: [{ kind: 'Gateway', name: 'g' }] },
      'permitted',
      'It lets this caller reach Gateway g in shop.',
    ],
    [
      { rules: [{ ...from(source), to: [{ operation: { methods: ['GET'] } }] }] },
      'permitted',
      'It lets this caller reach every pod in shop, on the conditions of its rule.',
    ],
    [
      { rules: [from({ ...source, notIpBlocks: ['10.0.0.0/8'] })] },
      'permitted',
      'It lets this caller reach every pod in shop, on the conditions of its rule.',
    ],
  ])('%j', (spec, relation, reason) => expect(said(spec)).toEqual([relation, reason]))
  test('is not enforced where it is tried out only', () => {
    const [relation, reason] = said({}, { 'istio.io/dry-run': 'true' })
    expect([relation, reason]).toEqual([
      'declared',
      'It lets this caller reach every pod in shop. It is tried out only, and not enforced.',
    ])
  })
  test('is without conditions where one of its rules has none', () => {
    const strict = { ...from(source), when: [{ key: 'source.ip', values: ['10.0.0.1'] }] }
    for (const rules of [
      [strict, from(source)],
      [from(source), strict],
    ])
      expect(said({ rules })[1]).toBe('It lets this caller reach every pod in shop.')
  })
  test('never lets it become anything', () => {
    const links = linksOf({ rules: [from(source)] })
    expect(new Set(links.map(({ means }) => means))).toEqual(new Set(['relied-on']))
  })
})

describe('the document of a policy', () => {
  const documentOf = (spec: object | undefined, namespace?: string) => {
    const { document } = authorizationPolicy(policy(spec, namespace), unnamed)
    return document.state === 'known' ? document.value : undefined
  }
  test('keeps an empty rule, which means everybody, apart from none, which means nobody', () => {
    expect(documentOf({ rules: [{}] })).toEqual({ action: 'ALLOW', rules: [{}] })
    expect(documentOf({})).toEqual({ action: 'ALLOW', rules: [] })
    expect(documentOf(undefined)).toEqual({ action: 'ALLOW', rules: [] })
  })
  test('holds exceptions and conditions, but not what a header has to hold', () => {
    const rule = {
      ...from({ notPrincipals: ['cluster.local/ns/a/sa/b'] }),
      to: [{ operation: { methods: ['GET'], notPaths: ['/admin*'] } }],
      when: [
        { key: 'request.headers[x-key]', values: [PLANTED], notValues: [PLANTED] },
        { key: 'request.auth.claims[groups]', values: ['staff'] },
      ],
    }
    const document = documentOf({ action: 'DENY', rules: [rule] })
    expect(document).toEqual({
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notPrincipals: ['cluster.local/ns/a/sa/b'] } }],
          to: [{ operation: { methods: ['GET'], notPaths: ['/admin*'] } }],
          when: [
            { key: 'request.headers[x-key]' },
            { key: 'request.auth.claims[groups]', values: ['staff'] },
          ],
        },
      ],
    })
  })
  test('is the same when it is read a second time', () => {
    const spec = { rules: [{ when: [{ key: 'request.headers[a]', values: [PLANTED] }] }] }
    const once = policy(spec)
    expect(AuthorizationPolicy.parse(once)).toEqual(once)
    expect(JSON.stringify(once)).not.toContain(PLANTED)
  })
})

describe('whose pods a policy is about', () => {
  const about = (spec: object, mesh: PickedMesh, namespace?: string) =>
    linksOf(spec, mesh, namespace).map(({ value, match, authority }) => [value, match, authority])
  const selector = { matchLabels: { app: 'x' } }
  test('those it selects, by the pods that are there', () => {
    const picked = new Map([['p', new Set(['shop/b', 'shop/a'])]])
    const authority = `kubernetes-cluster:${UID}`
    expect(about({ selector }, { ...unnamed, picked })).toEqual([
      [`${UID}|shop/a`, 'exact', authority],
      [`${UID}|shop/b`, 'exact', authority],
    ])
    expect(about({ selector }, unnamed)).toEqual([])
  })
  test('all of its namespace, or of the mesh, where it selects none', () => {
    expect(about({}, unnamed)).toEqual([[`${UID}|shop/*`, 'pattern', undefined]])
    expect(about({}, unnamed, 'istio-system')).toEqual([[`${UID}|*/*`, 'pattern', undefined]])
  })
  test('nobody known where it is about a gateway', () => {
    expect(about({ targetRefs: [{ kind: 'Gateway', name: 'g' }] }, unnamed)).toEqual([])
    expect(about({ targetRef: { kind: 'Gateway', name: 'g' } }, unnamed)).toEqual([])
  })
  test('stays as it was where pods could not be listed', () => {
    const unseen = { ...unnamed, picked: undefined }
    expect(authorizationPolicy(policy({ selector }), unseen).joiningUnseen).toBe(true)
    expect(authorizationPolicy(policy({}), unseen).joiningUnseen).toBeUndefined()
    expect(authorizationPolicy(policy({ selector }), unnamed).joiningUnseen).toBeUndefined()
  })
  test('very many are told in one', () => {
    const many = new Set(Array.from({ length: 900 }, (_, n) => `shop/a${n}`))
    const rules = [from({ principals: Array.from({ length: 900 }, (_, n) => `cluster.local/ns/a/sa/b${n}`) })]
    const row = authorizationPolicy(policy({ selector, rules }), {
      ...unnamed,
      picked: new Map([['p', many]]),
    })
    expect(Observation.safeParse(row).success).toBe(true)
    expect(row.links?.[0]).toMatchObject({ match: 'pattern', value: `${UID}|shop/*` })
    expect(row.links?.at(-1)?.reason).toContain('more than are told')
  })
  test('endless names are told in few words, and name nobody', () => {
    const endless = 'x'.repeat(5000)
    const spec = {
      action: endless,
      provider: { name: endless },
      targetRefs: [{ kind: endless, name: endless }],
      rules: [from({ principals: [`cluster.local/ns/a/sa/${endless}`, 'cluster.local/ns/a/sa/b'] })],
    }
    for (const action of [endless, 'CUSTOM', 'ALLOW']) {
      const row = authorizationPolicy(policy({ ...spec, action }), unnamed)
      expect(Observation.safeParse(row).success).toBe(true)
      expect(row.links?.map(({ value }) => value)).toEqual([`${UID}|a/b`])
    }
  })
  test('a pod is selected by labels in the same namespace, and in all by a policy of the root', () => {
    const pod = (namespace: string, labels: Record<string, string>) => ({ namespace, labels })
    expect(selects(policy({ selector }), pod('shop', { app: 'x', more: '1' }))).toBe(true)
    expect(selects(policy({ selector }), pod('shop', { app: 'y' }))).toBe(false)
    expect(selects(policy({ selector }), pod('other', { app: 'x' }))).toBe(false)
    expect(selects(policy({ selector }, 'istio-system'), pod('other', { app: 'x' }))).toBe(true)
  })
})

describe('how callers prove who they are', () => {
  const proof = (spec: object | undefined, namespace = 'shop', mesh = unnamed) =>
    peerAuthentication(
      PeerAuthentication.parse({ metadata: { uid: 'p', name: 'default', namespace }, spec }),
      mesh,
    )
  test('is told for whom it holds', () => {
    expect(proof({ mtls: { mode: 'STRICT' }, portLevelMtls: { 80: { mode: 'DISABLE' } } })).toMatchObject({
      name: 'shop/default',
      gives: 'nothing',
      document: { value: { mtls: { mode: 'STRICT' }, portLevelMtls: { '80': { mode: 'DISABLE' } } } },
      links: [
        {
          value: `${UID}|shop/*`,
          reason: 'It says how callers of every pod in shop prove who they are (STRICT).',
        },
      ],
    })
  })
  test('without a word is as above it', () => {
    expect(proof(undefined).document).toMatchObject({ value: {} })
  })
  test('holds for nobody where the root namespace selects', () => {
    expect(proof({ selector: { matchLabels: { app: 'x' } } }, 'istio-system')).not.toHaveProperty('links')
  })
})
