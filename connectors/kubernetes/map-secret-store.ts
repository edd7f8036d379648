// The store that a copied secret comes from: how its source names the original, and as whom it is fetched.
import type { Link } from '@/core/join'
import { accountLink, secretLink } from './map-joins'
import type { SecretStore } from './shapes-extensions'

type Provider = SecretStore['spec']['provider']
/** @property all the pattern of everything that it keeps */
type Named = { to: string; value: string; all: string; authority?: string }

/** `https://vault.example` → `vault.example:443` */
export function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { hostname, port, protocol } = new URL(url)
  return `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`
}

/** The path as Vault's own listing has it: the store may hold the mount, and version 2 writes `data/` behind it. */
function vaultPath(key: string, path: string | null | undefined, version: string): string {
  const trim = (text: string): string => text.replace(/^\/+|\/+$/g, '')
  const mount = trim(path ?? '')
  const whole = mount === '' || `${trim(key)}/`.startsWith(`${mount}/`) ? trim(key) : `${mount}/${trim(key)}`
  const [first = '', ...rest] = mount ? [mount, whole.slice(mount.length + 1)] : whole.split(/\/(.*)/s)
  const below = rest[0] ?? ''
  return version === 'v1' ? whole : `${first}/${below.replace(/^data\//, '')}`
}

/** What a store fetches by a key, as its own source names it. Undefined: of a sort that is not known here. */
export function remote(key: string, { vault, aws, azurekv, gcpsm }: Provider): Named | undefined {
  const host = vault && hostOf(vault.server)
  if (vault && host) {
    const path = vaultPath(key, vault.path, vault.version ?? 'v2')
    const below = vault.namespace ? `${vault.namespace.replace(/^\/+|\/+$/g, '')}/${path}` : path
    return { to: 'vault.path', value: `${host}|${below}`, all: `${host}|*`, authority: `vault:${host}` }
  }
  if (azurekv) return keyVaultSecret(key, azurekv)
  if (gcpsm) return gcpSecret(key, gcpsm)
  if (!aws) return undefined
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(aws.role ?? '')?.[1]
  return {
    to: aws.service === 'ParameterStore' ? 'aws.parameter' : 'aws.secret',
    value: `${aws.region}|${key}`,
    all: `${aws.region}|*`,
    ...(account !== undefined && { authority: `aws:${account}` }),
  }
}

/** `secret/name` or the name alone is a secret; `key/` and `cert/` name what is no stored secret. */
function keyVaultSecret(
  key: string,
  { vaultUrl, tenantId }: NonNullable<Provider['azurekv']>,
): Named | undefined {
  const name = key.replace(/^secret\//, '')
  const host = URL.canParse(vaultUrl) ? new URL(vaultUrl).hostname : ''
  if (!host || name.includes('/')) return undefined
  return {
    to: 'azure.key-vault-secret',
    value: `${host}/${name.toLowerCase()}`,
    all: `${host}/*`,
    ...(tenantId && { authority: `azure:${tenantId.toLowerCase()}` }),
  }
}

/** Without a project it is that of the cluster, which the store does not say. */
const gcpSecret = (key: string, { projectID }: NonNullable<Provider['gcpsm']>): Named | undefined =>
  projectID
    ? {
        to: 'gcp.secret',
        value: `projects/${projectID}/secrets/${key}`,
        all: `projects/${projectID}/secrets/*`,
        authority: `gcp-project:${projectID}`,
      }
    : undefined

/** As whom, and with which kept credential, a store signs in. */
export function signIn({ metadata, spec }: SecretStore, uid: string, namespace: string): Link[] {
  const { vault, aws, azurekv, gcpsm } = spec.provider
  const store = `the store ${metadata.name}`
  const place = (ref: { namespace?: string | undefined }): string =>
    ref.namespace ?? metadata.namespace ?? namespace
  const accounts = [
    vault?.auth?.kubernetes?.serviceAccountRef,
    aws?.auth?.jwt?.serviceAccountRef,
    azurekv?.serviceAccountRef,
    gcpsm?.auth?.workloadIdentity?.serviceAccountRef,
  ]
  const kept = [
    vault?.auth?.tokenSecretRef,
    vault?.auth?.appRole?.secretRef,
    aws?.auth?.secretRef?.accessKeyIDSecretRef,
    aws?.auth?.secretRef?.secretAccessKeySecretRef,
    azurekv?.authSecretRef?.clientSecret,
    azurekv?.authSecretRef?.clientCertificate,
    gcpsm?.auth?.secretRef?.secretAccessKeySecretRef,
  ].filter((ref) => ref !== undefined)
  const unique = new Map(kept.map((ref) => [`${place(ref)}/${ref.name}`, ref]))
  return [
    ...accounts.flatMap((ref) =>
      ref
        ? [
            accountLink(
              {
                uid,
                namespace: place(ref),
                name: ref.name,
                reason: `It is fetched through ${store} as this service account.`,
              },
              'relied-on',
            ),
          ]
        : [],
    ),
    ...[...unique.values()].map((ref) =>
      secretLink({
        uid,
        namespace: place(ref),
        name: ref.name,
        reason: `It is fetched through ${store}, which signs in with what this Secret holds.`,
      }),
    ),
  ]
}
