// What single objects mean: pods, service accounts, old tokens, certificates, SPIFFE IDs, selectors.
import { describe, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { Observation } from '@/core/observation'
import { clientCertificate } from './map-certificate'
import { accountKeys, cloudLinks } from './map-joins'
import { namespaceHints, ownerHints } from './map-owner'
import { podUse } from './map-pod'
import { legacyToken } from './map-secret'
import { nodeIdentity, serviceAccountIdentity } from './map-service-account'
import { spiffeIdentity, spiffeRule } from './map-spiffe-id'
import { boundTokens, workload } from './map-workload'
import { fitsSelector, selectorText } from './selector'
import * as shapes from './shapes'
import { SpiffeId } from './shapes-extensions'
import { CronJob, PodSpec } from './shapes-pods'
import { addPod, newDraft } from './workload-draft'

const UID = 'cluster-1'
const meta = (more: object = {}) => ({ uid: 'u-1', name: 'x', namespace: 'shop', ...more })
const account = (more: object = {}) => shapes.ServiceAccount.parse({ metadata: meta(more) })

describe('the decoder', () => {
  test('lets in annotations of a short list, and never what was applied', () => {
    const { annotations } = account({
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"key":"canary"}}',
        'acme.example/Owner_Email': 'a@acme.example',
        note: 'canary',
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x',
      },
    }).metadata
    expect(Object.keys(annotations)).toEqual(['acme.example/Owner_Email', 'eks.amazonaws.com/role-arn'])
  })
  test('replaces a label that looks like a secret', () => {
    const { labels } = account({ labels: { note: `ghp_${'a'.repeat(36)}`, team: 'shop' } }).metadata
    expect(labels).toEqual({ note: expect.stringContaining('removed') as string, team: 'shop' })
  })
  test('never reads values, commands and arguments of a pod', () => {
    const spec = PodSpec.parse({
      containers: [
        { image: 'a', command: ['canary'], args: ['canary'], env: [{ name: 'K', value: 'canary' }] },
      ],
    })
    expect(JSON.stringify(spec)).not.toContain('canary')
  })
  test('reads what it read before as the same: a file is decoded twice', () => {
    const cron = {
      metadata: meta(),
      spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: 'a', containers: [] } } } } },
    }
    const once = CronJob.parse(cron)
    expect(CronJob.parse(once)).toEqual(once)
    const role = shapes.Role.parse({ metadata: meta(), rules: [{ verbs: ['get'], resources: ['pods'] }] })
    expect(shapes.Role.parse(role)).toEqual(role)
  })
})

describe('a pod', () => {
  test('takes Secrets in every way there is', () => {
    const { secrets } = podUse(
      PodSpec.parse({
        containers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'env', key: 'k' } } }] }],
        initContainers: [{ envFrom: [{ secretRef: { name: 'from' } }, { configMapRef: { name: 'no' } }] }],
        ephemeralContainers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'file', key: 'k' } } }] }],
        volumes: [
          { secret: { secretName: 'file' } },
          { projected: { sources: [{ secret: { name: 'projected' } }] } },
          { csi: { driver: 'd', nodePublishSecretRef: { name: 'csi' } } },
          { azureFile: { secretName: 'azure' } },
          { rbd: { secretRef: { name: 'rbd' } } },
          { configMap: { name: 'no' } },
        ],
      }),
      ['pull'],
    )
    expect([...secrets].map(([name, ways]) => [name, [...ways].length])).toEqual([
      ['env', 1],
      ['from', 1],
      ['file', 2],
      ['projected', 1],
      ['csi', 1],
      ['azure', 1],
      ['rbd', 1],
      ['pull', 1],
    ])
  })
  test('that names its own pull secrets does not get those of its service account', () => {
    const { secrets } = podUse(PodSpec.parse({ imagePullSecrets: [{ name: 'own' }] }), ['pull'])
    expect([...secrets.keys()]).toEqual(['own'])
  })
  test('asks for tokens with an audience and a lifetime, which has a default', () => {
    const sources = [
      { serviceAccountToken: { audience: 'vault', path: 't' } },
      { serviceAccountToken: { expirationSeconds: 600, path: 'u' } },
    ]
    expect(podUse(PodSpec.parse({ volumes: [{ projected: { sources } }] }), [])).toMatchObject({
      account: 'default',
      tokens: [
        { audience: 'vault', seconds: 3600 },
        { audience: undefined, seconds: 600 },
      ],
    })
  })
})

describe('a service account', () => {
  test('of a controller of the control plane belongs to the provider, one of its name elsewhere does not', () => {
    const of = (namespace: string, name: string) =>
      serviceAccountIdentity(account({ namespace, name }), { uid: UID, addresses: [] }).class
    expect([
      of('kube-system', 'job-controller'),
      of('shop', 'job-controller'),
      of('kube-system', 'aws-load-balancer-controller'),
    ]).toEqual(['provider', 'machine', 'machine'])
  })
  test('bears the names that are known, and no others', () => {
    const at = { uid: 'u', namespace: 'n', name: 'a' }
    expect(accountKeys(at, { uid: UID, addresses: [] }).map(({ value }) => value)).toEqual([
      'u',
      'cluster-1|n/a',
    ])
    const full = { uid: UID, addresses: ['a:1', 'b:2'], issuer: 'i/x', workloadPool: 'p.svc.id.goog' }
    expect(accountKeys(at, full).map(({ value }) => value)).toEqual([
      'u',
      'cluster-1|n/a',
      'a:1|n/a',
      'b:2|n/a',
      'i/x|system:serviceaccount:n:a',
      'p.svc.id.goog[n/a]',
    ])
  })
  test('names cloud identities; a name that does not tell where they are has no authority', () => {
    const links = cloudLinks({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/path/x',
      'iam.gke.io/gcp-service-account': 'a@p.iam.gserviceaccount.com',
      'azure.workload.identity/client-id': 'ABCD-EF',
      'azure.workload.identity/tenant-id': 'T-1',
    })
    expect(links.map(({ to, value, authority }) => [to, value, authority])).toEqual([
      ['aws.arn', 'arn:aws:iam::123456789012:role/path/x', 'aws:123456789012'],
      ['gcp.service-account-email', 'a@p.iam.gserviceaccount.com', 'gcp-project:p'],
      ['azure.client-id', 'abcd-ef', 'entra:t-1'],
    ])
    const unplaced: [key: string, value: string][] = [
      ['eks.amazonaws.com/role-arn', 'ROLE'],
      ['iam.gke.io/gcp-service-account', '1-compute@developer.gserviceaccount.com'],
      ['azure.workload.identity/client-id', 'x'],
    ]
    for (const one of unplaced)
      expect(cloudLinks(Object.fromEntries([one]))[0]).not.toHaveProperty('authority')
    expect(cloudLinks({ 'eks.amazonaws.com/role-arn': ' ' })).toEqual([])
  })
  test('has owners by its own words and by those of its namespace', () => {
    const own = account({
      labels: { 'acme.example/Team': 'shop' },
      annotations: { contact: 'a@acme.example' },
    })
    expect(ownerHints('u', own.metadata)).toMatchObject([
      { names: 'team', value: 'shop', via: 'label acme.example/Team' },
      { names: 'person', value: 'a@acme.example', via: 'annotation contact' },
    ])
    const space = shapes.Bare.parse({
      metadata: {
        uid: 'n',
        name: 'shop',
        labels: { team: 'x' },
        annotations: { contact: 'shop-oncall@acme.example' },
      },
    })
    expect(namespaceHints('u', space.metadata)).toMatchObject([
      { names: 'team', via: 'label team of namespace shop' },
      { names: 'team', via: 'annotation contact of namespace shop' },
    ])
  })
})

test.each([
  ['aws:///eu-west-1a/i-0abc12', 'i-0abc12'],
  ['gce://project/zone/name', undefined],
  [undefined, undefined],
])('a node of %s runs on %s', (providerID, instance) => {
  const { keys } = nodeIdentity(
    shapes.Node.parse({ metadata: { uid: 'n', name: 'n' }, spec: { providerID } }),
  )
  expect(keys?.[0]?.value).toBe(instance)
})

describe('an old token', () => {
  const token = (labels: object, annotations: object = {}) =>
    legacyToken(shapes.Bare.parse({ metadata: meta({ labels, annotations }) }), known(true, 'get /version'))
  test('was used on the day the label names, or never', () => {
    expect(token({ 'kubernetes.io/legacy-token-last-used': '2025-08-14' }).lastUsedAt).toMatchObject({
      value: '2025-08-14T00:00:00.000Z',
    })
    expect(token({}).lastUsedAt).toMatchObject({ state: 'absent' })
    expect(token({ 'kubernetes.io/legacy-token-last-used': 'yesterday' }).lastUsedAt).toMatchObject({
      state: 'absent',
    })
  })
  test('of a cluster that does not record it is of unknown use', () => {
    const { lastUsedAt } = legacyToken(shapes.Bare.parse({ metadata: meta() }), known(false, 'get /version'))
    expect(lastUsedAt).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
  test('is off once it was marked as invalid', () => {
    expect(token({ 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' }).enabled).toMatchObject({
      value: false,
    })
  })
})

describe('a ClusterSPIFFEID', () => {
  const id = (template: string, more: object = {}) =>
    SpiffeId.parse({ metadata: { uid: 'i', name: 'i' }, spec: { spiffeIDTemplate: template, ...more } })
  test('is for service accounts of the pods it picks, and says how it picks', () => {
    const spec = {
      podSelector: { matchLabels: { app: 'x' } },
      namespaceSelector: { matchLabels: { pci: 'true' } },
    }
    const { links } = spiffeIdentity(
      id('spiffe://a.example/{{ .X }}/{{ .Y }}', spec),
      new Map([['i', new Set(['shop/b', 'shop/a'])]]),
      UID,
    )
    expect(links).toMatchObject([
      {
        means: 'becomes-this',
        value: 'cluster-1|shop/a',
        reason: expect.stringContaining('pods with app=x in namespaces with pci=true') as string,
      },
      { value: 'cluster-1|shop/b' },
      { means: 'same', match: 'pattern', value: 'spiffe://a.example/*/*', authority: 'spiffe:a.example' },
    ])
  })
  test('tells what it picks by, and gives nobody anything', () => {
    const spec = {
      podSelector: { matchLabels: { app: 'x' } },
      downstream: true,
      admin: false,
      workloadSelectorTemplates: ['k8s:ns:x'],
      dnsNameTemplates: ['not-read'],
    }
    expect(spiffeRule(id('spiffe://a.example/x', spec))).toMatchObject({
      nativeId: 'i',
      gives: 'nothing',
      document: {
        value: {
          spiffeIDTemplate: 'spiffe://a.example/x',
          podSelector: 'app=x',
          namespaceSelector: '',
          downstream: true,
          workloadSelectorTemplates: ['k8s:ns:x'],
        },
      },
    })
  })
})

describe('a selector', () => {
  const selector = (more: object) => shapes.Selector.parse(more)
  test.each([
    [{}, true],
    [{ matchLabels: { a: '1' } }, true],
    [{ matchLabels: { a: '2' } }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', '2'] }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['1'] }] }, false],
    [{ matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['1'] }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'b', operator: 'DoesNotExist' }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['0'] }] }, false],
  ])('%j fits: %s', (more, fits) => expect(fitsSelector(selector(more), { a: '1' })).toBe(fits))
  test('reads as kubectl takes it', () => {
    expect(
      selectorText(
        selector({
          matchLabels: { b: '2', a: '1' },
          matchExpressions: [
            { key: 'c', operator: 'In', values: ['x', 'y'] },
            { key: 'd', operator: 'Exists' },
          ],
        }),
      ),
    ).toBe('a=1, b=2, c In (x, y), d Exists')
  })
})

test.each([
  '',
  'bm90IGEgY2VydGlmaWNhdGU=',
  Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n').toString('base64'),
])('a signing request with %j holds no certificate', async (certificate) => {
  const request = shapes.SigningRequest.parse({
    metadata: meta(),
    spec: { signerName: 's' },
    status: { certificate },
  })
  expect(await clientCertificate(request, known(new Map(), 'x'))).toBeUndefined()
})

describe('what anybody may write into an object cannot break the look at the others', () => {
  const long = 'x'.repeat(5000)
  test('long labels, annotations and audiences', () => {
    const one = account({
      annotations: { owner: long, contact: 'y'.repeat(900), 'eks.amazonaws.com/role-arn': long },
    })
    expect(Observation.safeParse(serviceAccountIdentity(one, { uid: UID, addresses: [] })).success).toBe(true)
    expect(ownerHints('u', one.metadata)).toEqual([])
    const draft = newDraft({ uid: 'd', kind: 'Pod', namespace: 'shop', name: 'x' })
    const sources = [`${long}a`, `${long}b`].map((audience) => ({
      serviceAccountToken: { audience, path: 't' },
    }))
    const accounts = new Map([['shop/default', one]])
    addPod(
      draft,
      PodSpec.parse({ automountServiceAccountToken: false, volumes: [{ projected: { sources } }] }),
      accounts,
    )
    const tokens = boundTokens(draft, accounts)
    expect(tokens.map((token) => Observation.safeParse(token).success)).toEqual([true, true])
    expect(new Set(tokens.map(({ nativeId }) => nativeId)).size).toBe(2)
  })
  test('more Secrets than are told one by one', () => {
    const draft = newDraft({ uid: 'd', kind: 'Pod', namespace: 'shop', name: 'x' })
    const volumes = Array.from({ length: 600 }, (_, n) => ({ secret: { secretName: `s${n}` } }))
    addPod(draft, PodSpec.parse({ volumes }), new Map())
    const row = workload(draft, new Map(), UID)
    expect(Observation.safeParse(row).success).toBe(true)
    expect(row.links).toMatchObject([{ match: 'pattern', value: 'cluster-1|shop/*' }])
  })
})
