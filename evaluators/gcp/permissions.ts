// Names of permissions in one form, `iam.googleapis.com/roles.update`, and the patterns by which deny policies name them.

/**
 * Services whose name in a permission is not the first part of their domain.
 * Source: cloud.google.com/iam/docs/deny-permissions-support ("typically SERVICE_ID followed by .googleapis.com").
 */
const DOMAINS: Readonly<Record<string, string>> = { resourcemanager: 'cloudresourcemanager' }
const SERVICES: Readonly<Record<string, string>> = { cloudresourcemanager: 'resourcemanager' }

const SHORT = /^([a-z][\w-]*)\.([A-Za-z]\w*)\.([A-Za-z]\w*)$/
const LONG = /^([a-z][\w-]*(?:\.[\w-]+)+)\/([A-Za-z][\w.]*)\.([A-Za-z]\w*)$/

/** In the form of deny policies, or undefined where it is no name of a permission. */
export function canonical(permission: string): string | undefined {
  const [, service, kind, verb] = SHORT.exec(permission) ?? []
  if (service !== undefined) return `${domainOf(service)}/${kind}.${verb}`
  return LONG.test(permission) ? permission : undefined
}
const domainOf = (service: string): string =>
  `${Object.hasOwn(DOMAINS, service) ? DOMAINS[service] : service}.googleapis.com`

/** As roles write it and people know it. */
export function shortOf(permission: string): string {
  const [, domain = '', rest] = /^([\w-]+)\.googleapis\.com\/(.+)$/.exec(permission) ?? []
  if (rest === undefined) return permission
  return `${Object.hasOwn(SERVICES, domain) ? SERVICES[domain] : domain}.${rest}`
}

/** Names of services in deny policies that may stand for another one in roles: the list of exceptions is not kept here. */
const labelOf = (permission: string): string => permission.slice(0, permission.indexOf('.'))

/**
 * Whether the pattern of a deny policy (`iam.googleapis.com/roles.*`, `iam.googleapis.com/*.*`, `…/*.create`) means the
 * permission. `unsure`: the same words under a domain that no permission known here bears.
 */
export function denies(
  pattern: string,
  permission: string,
  isService: (label: string) => boolean,
): 'yes' | 'no' | 'unsure' {
  if (pattern === permission) return 'yes'
  const slash = pattern.indexOf('/')
  if (slash < 0) return 'unsure'
  const [domain, rest] = [pattern.slice(0, slash), pattern.slice(slash + 1)]
  const at = permission.indexOf('/')
  const [ownDomain, ownRest] = [permission.slice(0, at), permission.slice(at + 1)]
  if (!restFits(rest, ownRest)) return 'no'
  if (domain === ownDomain) return 'yes'
  return isService(labelOf(domain)) && isService(labelOf(ownDomain)) ? 'no' : 'unsure'
}
function restFits(pattern: string, rest: string): boolean {
  if (pattern === rest || pattern === '*' || pattern === '*.*') return true
  if (!pattern.includes('*')) return false
  const [kind, verb] = splitLast(pattern)
  const [ownKind, ownVerb] = splitLast(rest)
  return (kind === '*' || kind === ownKind) && (verb === '*' || verb === ownVerb)
}
const splitLast = (text: string): [string, string] => {
  const dot = text.lastIndexOf('.')
  return [text.slice(0, dot), text.slice(dot + 1)]
}

/** What lets one read stored secrets or data, or hands out credentials. */
const SENSITIVE = new Set([
  ...['secretmanager.googleapis.com/versions.access', 'storage.googleapis.com/objects.get'],
  ...['bigquery.googleapis.com/tables.getData', 'bigquery.googleapis.com/tables.export'],
  ...['cloudkms.googleapis.com/cryptoKeyVersions.useToDecrypt', 'datastore.googleapis.com/entities.get'],
  ...['cloudkms.googleapis.com/cryptoKeyVersions.useToSign', 'cloudsql.googleapis.com/instances.export'],
  ...['cloudsql.googleapis.com/instances.connect', 'cloudsql.googleapis.com/instances.login'],
  ...['spanner.googleapis.com/databases.select', 'spanner.googleapis.com/databases.read'],
  ...['bigtable.googleapis.com/tables.readRows', 'pubsub.googleapis.com/subscriptions.consume'],
  ...[
    'artifactregistry.googleapis.com/repositories.downloadArtifacts',
    'container.googleapis.com/secrets.get',
  ],
  ...['logging.googleapis.com/privateLogEntries.list', 'apikeys.googleapis.com/keys.getKeyString'],
  ...['iam.googleapis.com/serviceAccountKeys.create', 'container.googleapis.com/pods.exec'],
])
const READS =
  /\.(get|list|search|query|check|test|view|lookup|read|export|fetch|analyze|explain|estimate|validate)/i
export type Level = 'sensitive' | 'write' | 'read'
/** How much a permission by itself is: by its verb, where it is not one that is known to reach data. */
export function levelOf(permission: string): Level {
  if (SENSITIVE.has(permission) || permission.endsWith('.setIamPolicy')) return 'sensitive'
  return READS.test(permission.slice(permission.lastIndexOf('.'))) ? 'read' : 'write'
}
