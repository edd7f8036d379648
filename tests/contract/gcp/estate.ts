// What the contract server holds: a small organisation, as the APIs describe their resources. Everything is made up.

export const ORG = 'organizations/700000000001'
export const TEAM = 'folders/700000000002'
export const SHOP = { projectId: 'brook-shop', number: '800000000001', parent: TEAM }
export const TOOLS = { projectId: 'brook-tools', number: '800000000002', parent: ORG }

/** Must come out nowhere. */
export const CANARY = 'REDACTED-canary'
const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`

export type Account = { projectId: string; email: string; uniqueId: string; disabled?: boolean }
const account = (projectId: string, local: string, uniqueId: string): Account => ({
  projectId,
  email: `${local}@${projectId}.iam.gserviceaccount.com`,
  uniqueId,
})
export const CART = account('brook-shop', 'cart', '118000000000000000001')
export const PRICES = account('brook-shop', 'prices', '118000000000000000002')
export const MAILER = account('brook-shop', 'mailer', '118000000000000000003')
export const ROBOT = account('brook-tools', 'robot', '118000000000000000004')

export type Binding = { role: string; members: string[]; condition?: object }
export type Estate = {
  projects: { projectId: string; number: string; parent: string }[]
  folders: { name: string; parent: string; displayName: string }[]
  accounts: Account[]
  keys: Record<string, object[]>
  /** Emails of accounts that are gone by the time they are asked about. */
  vanished: Set<string>
  policies: { resource: string; assetType: string; bindings: Binding[] }[]
  assets: { name: string; assetType: string; data: object }[]
}

const POOL = `principal://iam.googleapis.com/projects/${TOOLS.number}/locations/global/workloadIdentityPools/ci`
export const PROVIDER = {
  name: `projects/${TOOLS.number}/locations/global/workloadIdentityPools/ci/providers/github`,
  state: 'ACTIVE',
  attributeMapping: { 'google.subject': 'assertion.sub' },
  attributeCondition: "assertion.repository_owner == 'brook'",
  oidc: { issuerUri: 'https://token.actions.githubusercontent.com', jwksJson: CANARY },
}

export const estate = (): Estate => ({
  projects: [SHOP, TOOLS],
  folders: [{ name: TEAM, parent: ORG, displayName: 'team' }],
  accounts: [CART, PRICES, MAILER, ROBOT],
  vanished: new Set(),
  keys: {
    [ROBOT.email]: [
      {
        name: `projects/brook-tools/serviceAccounts/${ROBOT.email}/keys/0123456789abcdef0123456789abcdef01234567`,
        keyType: 'USER_MANAGED',
        keyOrigin: 'GOOGLE_PROVIDED',
        keyAlgorithm: 'KEY_ALG_RSA_2048',
        validAfterTime: '2025-03-01T00:00:00Z',
        validBeforeTime: '9999-12-31T23:59:59Z',
        privateKeyData: PRIVATE_KEY,
      },
    ],
  },
  policies: [
    {
      resource: `//cloudresourcemanager.googleapis.com/projects/${SHOP.projectId}`,
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      bindings: [
        { role: 'roles/viewer', members: [`serviceAccount:${CART.email}`, `serviceAccount:${PRICES.email}`] },
        {
          role: 'roles/editor',
          members: [`serviceAccount:${ROBOT.email}`],
          condition: { title: 'for a while', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
        },
      ],
    },
    {
      resource: `//iam.googleapis.com/projects/brook-tools/serviceAccounts/${ROBOT.uniqueId}`,
      assetType: 'iam.googleapis.com/ServiceAccount',
      bindings: [
        {
          role: 'roles/iam.workloadIdentityUser',
          members: [`${POOL}/subject/repo:brook/shop:ref:refs/heads/main`],
        },
      ],
    },
    {
      resource: '//storage.googleapis.com/brook-open',
      assetType: 'storage.googleapis.com/Bucket',
      bindings: [{ role: 'roles/viewer', members: ['allUsers'] }],
    },
  ],
  assets: [
    {
      name: '//run.googleapis.com/projects/brook-shop/locations/europe-west1/services/cart',
      assetType: 'run.googleapis.com/Service',
      data: {
        metadata: {
          name: 'cart',
          uid: '0c7b4a90-0000-4000-8000-000000000001',
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        spec: {
          template: {
            spec: {
              serviceAccountName: CART.email,
              containers: [{ image: 'cart:1', env: [{ name: 'PASSWORD', value: CANARY }] }],
            },
          },
        },
      },
    },
    {
      name: `//secretmanager.googleapis.com/projects/${SHOP.number}/secrets/db`,
      assetType: 'secretmanager.googleapis.com/Secret',
      data: { name: `projects/${SHOP.number}/secrets/db`, createTime: '2025-05-05T05:05:05Z' },
    },
    {
      name: `//secretmanager.googleapis.com/projects/${SHOP.number}/secrets/db/versions/1`,
      assetType: 'secretmanager.googleapis.com/SecretVersion',
      data: {
        name: `projects/${SHOP.number}/secrets/db/versions/1`,
        createTime: '2025-05-05T05:05:06Z',
        state: 'ENABLED',
        payload: { data: CANARY },
      },
    },
  ],
})
