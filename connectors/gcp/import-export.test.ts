// Files that gcloud wrote: what they hold comes out, what they do not hold is never called gone, and no value leaves them.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Of } from '@/core/observation'
import { eventsOf, observationsOf } from './fixtures/recorded-world'
import { openExport } from './import-export'
import { ASSET_EXPORT, GCLOUD } from './manifest'

const folder = mkdtempSync(path.join(tmpdir(), 'gcp-export-'))
let made = 0
const fileOf = (text: string): string => {
  const name = path.join(folder, `${++made}.json`)
  writeFileSync(name, text)
  return name
}
const lists = (...all: unknown[]): string => all.map((one) => JSON.stringify(one, null, 2)).join('\n')

const EMAIL = 'batch@brook-shop.iam.gserviceaccount.com'
const ACCOUNT = {
  name: `projects/brook-shop/serviceAccounts/${EMAIL}`,
  projectId: 'brook-shop',
  uniqueId: '118000000000000000001',
  email: EMAIL,
  displayName: 'Batch',
  etag: 'MDE=',
  oauth2ClientId: '118000000000000000001',
}
const OTHER = {
  ...ACCOUNT,
  name: ACCOUNT.name.replace('batch', 'idle'),
  email: EMAIL.replace('batch', 'idle'),
  uniqueId: '118000000000000000002',
}
const KEY = {
  name: `${ACCOUNT.name}/keys/0123456789abcdef0123456789abcdef01234567`,
  keyType: 'USER_MANAGED',
  keyOrigin: 'GOOGLE_PROVIDED',
  keyAlgorithm: 'KEY_ALG_RSA_2048',
  validAfterTime: '2025-01-01T00:00:00Z',
  validBeforeTime: '9999-12-31T23:59:59Z',
  privateKeyData: 'REDACTED',
}
const ANCESTORS = ['projects/800000000001', 'folders/5', 'organizations/700000000001']
const asset = (assetType: string, name: string, data: object) => ({
  name,
  assetType,
  ancestors: ANCESTORS,
  resource: { version: 'v1', data },
})
const PROJECT = asset(
  'cloudresourcemanager.googleapis.com/Project',
  '//cloudresourcemanager.googleapis.com/projects/800000000001',
  { projectId: 'brook-shop', projectNumber: '800000000001', name: 'shop', labels: { team: 'shop' } },
)
const ACCOUNT_ASSET = asset(
  'iam.googleapis.com/ServiceAccount',
  `//iam.googleapis.com/${ACCOUNT.name}`,
  ACCOUNT,
)
const KEY_ASSET = asset('iam.googleapis.com/ServiceAccountKey', `//iam.googleapis.com/${KEY.name}`, KEY)
const RUN = asset(
  'run.googleapis.com/Service',
  '//run.googleapis.com/projects/brook-shop/locations/x/services/cart',
  {
    metadata: { name: 'cart', uid: 'u-1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      template: {
        spec: { serviceAccountName: EMAIL, containers: [{ image: 'cart', env: [{ value: 'REDACTED' }] }] },
      },
    },
  },
)
const POLICY = {
  resource: '//cloudresourcemanager.googleapis.com/projects/brook-shop',
  assetType: 'cloudresourcemanager.googleapis.com/Project',
  organization: 'organizations/700000000001',
  project: 'projects/800000000001',
  policy: { bindings: [{ role: 'roles/owner', members: [`serviceAccount:${EMAIL}`] }] },
}
const EXPORT = [PROJECT, ACCOUNT_ASSET, KEY_ASSET, RUN]

async function read(format: string, text: string): Promise<Collected[]> {
  const { transport } = await openExport(format, fileOf(text))
  return await eventsOf(transport)
}
const coverage = (events: readonly Collected[], stream: string) =>
  events.flatMap((event) => (event.type === 'coverage' && event.stream === stream ? [event.kinds] : []))[0] ??
  {}

test('service accounts and keys of a project', async () => {
  const events = await read(GCLOUD, lists([ACCOUNT, OTHER], [KEY], []))
  const scopes = events.flatMap((event) => (event.type === 'scope' ? [event.scope.nativeId] : []))
  expect(scopes).toEqual(['projects/brook-shop'])
  const all = observationsOf(events)
  expect(all.filter(({ kind }) => kind === 'identity').map(({ nativeId }) => nativeId)).toEqual([
    ACCOUNT.uniqueId,
    OTHER.uniqueId,
  ])
  expect(all.find((one): one is Of<'credential'> => one.kind === 'credential')).toMatchObject({
    identity: { value: ACCOUNT.uniqueId },
    expiresAt: { state: 'absent' },
  })
  expect(coverage(events, 'service-accounts')['identity']).toMatchObject({ state: 'complete' })
  // The empty list does not say that it is of the idle one.
  expect(coverage(events, 'service-account-keys')['credential']).toMatchObject({
    state: 'partial',
    why: 'not-offered',
  })
  expect(coverage(events, 'access')['grant']).toMatchObject({ state: 'partial', why: 'not-offered' })
  expect(JSON.stringify(events)).not.toContain('REDACTED')
})

test.each([
  ['lists', lists(EXPORT, [POLICY])],
  ['a record a line', [...EXPORT, POLICY].map((one) => JSON.stringify(one)).join('\n')],
  [
    'names with underscores',
    [PROJECT, ACCOUNT_ASSET, KEY_ASSET, RUN]
      .map(({ assetType, ...rest }) => JSON.stringify({ asset_type: assetType, ...rest }))
      .concat(JSON.stringify(POLICY))
      .join('\n'),
  ],
])('the inventory of assets, as %s', async (_, text) => {
  const events = await read(ASSET_EXPORT, text)
  const all = observationsOf(events)
  expect(events.find((event) => event.type === 'scope')).toMatchObject({
    scope: { nativeId: 'organizations/700000000001' },
  })
  expect(all.filter((one) => one.kind === 'grant')).toMatchObject([
    { identity: ACCOUNT.uniqueId, entitlementName: 'roles/owner on projects/brook-shop' },
  ])
  expect(all.filter((one) => one.kind === 'workload')).toMatchObject([
    { name: 'cart', uses: [ACCOUNT.uniqueId] },
  ])
  expect(all.filter((one) => one.kind === 'credential')).toHaveLength(1)
  expect(all.filter((one) => one.kind === 'owner-hint')).toMatchObject([{ value: 'shop' }])
  expect(JSON.stringify(events)).not.toContain('REDACTED')
})

test('an export never calls anything gone', async () => {
  const events = await read(ASSET_EXPORT, lists(EXPORT, [POLICY]))
  const complete = events.flatMap((event) =>
    event.type === 'coverage'
      ? Object.entries(event.kinds).flatMap(([kind, { state }]) =>
          state === 'complete' ? [`${event.stream} ${kind}`] : [],
        )
      : [],
  )
  expect(complete).toEqual([])
})

test('says what it understood, and what it left unread', async () => {
  const opened = await openExport(
    ASSET_EXPORT,
    fileOf(
      lists([...EXPORT, asset('compute.googleapis.com/Disk', '//compute.googleapis.com/d', {})], [POLICY]),
    ),
  )
  expect(opened.report()).toEqual({
    understood: [
      { what: 'projects', count: 1 },
      { what: 'service accounts', count: 1 },
      { what: 'keys', count: 1 },
      { what: 'policies', count: 1 },
      { what: 'run.googleapis.com/Service', count: 1 },
    ],
    ignored: [{ what: 'compute.googleapis.com/Disk', why: 'not needed', count: 1 }],
    dropped: [{ path: 'key.privateKeyData', count: 1 }],
  })
})

test.each([
  ['a table', 'DISPLAY NAME  EMAIL', /--format=json/],
  ['a web page', '<!doctype html>', /web page/],
  ['a file that was cut short', lists([ACCOUNT]).slice(0, -20), /cut short|not JSON/],
  [
    'service accounts of two projects',
    lists([ACCOUNT, { ...OTHER, name: 'projects/other-shop/serviceAccounts/x@y' }]),
    /several projects/,
  ],
  ['no service account', '[]', /does not say which project/],
  ['an account with two contents', lists([ACCOUNT, { ...ACCOUNT, displayName: 'x' }]), /twice/],
  ['an account without an email', lists([{ ...ACCOUNT, email: undefined }]), /record 1\.email/],
])('refuses %s', async (_, text, words) => {
  await expect(openExport(GCLOUD, fileOf(text))).rejects.toThrow(words)
})

test.each([
  [
    'assets of two organisations',
    lists([PROJECT, { ...RUN, ancestors: ['organizations/2'] }]),
    /several organisations/,
  ],
  ['assets without resources', lists([{ ...PROJECT, resource: undefined }]), /--content-type=resource/],
  ['assets of no organisation', lists([ACCOUNT]), /which organisation/],
])('refuses an export with %s', async (_, text, words) => {
  await expect(openExport(ASSET_EXPORT, fileOf(text))).rejects.toThrow(words)
})
