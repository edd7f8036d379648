// Names of resources: full ones (`//service/path`), short ones, and those of service accounts by their email or unique id.

export const MANAGER = '//cloudresourcemanager.googleapis.com/'
const NODE = /^(?:\/\/cloudresourcemanager\.googleapis\.com\/)?((?:organizations|folders|projects)\/[^/]+)$/
const FULL = /^\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)\/(.+)$/

/** `projects/shop`, `folders/7` or `organizations/1`, where the name is of one. */
export const nodeOf = (name: string): string | undefined => NODE.exec(name)?.[1]
export const projectIn = (name: string): string | undefined =>
  /(?:^|\/)projects\/([^/_][^/]*)(?:\/|$)/.exec(name)?.[1]
export const accountIn = (name: string): { project: string; account: string } | undefined => {
  const [, project, account] =
    /^(?:\/\/iam\.googleapis\.com\/)?projects\/([^/]+)\/serviceAccounts\/([^/]+)$/.exec(name) ?? []
  return project === undefined || account === undefined ? undefined : { project, account }
}

/** Kinds of resources by the last but one part of their path, as conditions call them. */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bigquery.googleapis.com': { datasets: 'Dataset', tables: 'Table', models: 'Model', routines: 'Routine' },
  'cloudkms.googleapis.com': {
    keyRings: 'KeyRing',
    cryptoKeys: 'CryptoKey',
    cryptoKeyVersions: 'CryptoKeyVersion',
  },
  'cloudresourcemanager.googleapis.com': { projects: 'Project' },
  'compute.googleapis.com': { instances: 'Instance', disks: 'Disk', images: 'Image', snapshots: 'Snapshot' },
  'secretmanager.googleapis.com': { secrets: 'Secret', versions: 'SecretVersion' },
  'spanner.googleapis.com': { instances: 'Instance', databases: 'Database', backups: 'Backup' },
  'storage.googleapis.com': { buckets: 'Bucket', objects: 'Object' },
}
/**
 * By which name of their project resources go in conditions; the others are asked under both.
 * Source: cloud.google.com/iam/docs/conditions-resource-attributes, "Resource name format".
 */
const BY_ID = new Set([
  'bigquery.googleapis.com',
  'cloudkms.googleapis.com',
  'compute.googleapis.com',
  'spanner.googleapis.com',
])
const BY_NUMBER = new Set(['secretmanager.googleapis.com'])

export type Attributes = {
  service: string
  type: string | undefined
  path: string
  names: 'id' | 'number' | 'both'
}
/**
 * What conditions are told of the resource: undefined for services that tell them nothing, of which IAM itself is one.
 * Source: cloud.google.com/iam/docs/conditions-resource-attributes, "Resource service values".
 */
export function attributesOf(full: string): Attributes | undefined {
  const [, service, rest] = FULL.exec(full) ?? []
  if (service === undefined || rest === undefined || !Object.hasOwn(KINDS, service)) return undefined
  const path = service === 'storage.googleapis.com' ? bucketPath(rest) : rest
  const parts = path.split('/')
  const at = path.startsWith('projects/_/buckets/') && parts.length > 5 ? 'objects' : parts.at(-2)
  const kinds = KINDS[service] ?? {}
  const kind = at !== undefined && Object.hasOwn(kinds, at) ? kinds[at] : undefined
  const names = BY_ID.has(service) ? 'id' : BY_NUMBER.has(service) ? 'number' : 'both'
  return { service, type: kind === undefined ? undefined : `${service}/${kind}`, path, names }
}
/** Assets call a bucket by its name alone, conditions by `projects/_/buckets/NAME`. */
const bucketPath = (rest: string): string =>
  rest.startsWith('projects/_/buckets/') ? rest : `projects/_/buckets/${rest}`

/** One name for buckets, whichever of both was given. */
export const oneName = (full: string): string =>
  full.startsWith('//storage.googleapis.com/')
    ? `//storage.googleapis.com/${bucketPath(full.slice('//storage.googleapis.com/'.length))}`
    : full
