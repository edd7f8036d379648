// Secrets that External Secrets copies from a vault: where each comes from, as whom it is fetched, and how often.
import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { accountLink, inCluster, SECRET, secretLink } from './map-joins'
import { createdAt } from './map-service-account'
import { LIST } from './permissions'
import type { ExternalSecret, SecretStore } from './shapes-extensions'

const SOURCE = LIST.externalSecrets
/** Unless said otherwise. */
const INTERVAL = '1h0m0s'
type Named = { to: string; value: string; authority?: string }

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

function remote(key: string, { vault, aws }: SecretStore['spec']['provider']): Named | undefined {
  const host = vault && hostOf(vault.server)
  if (vault && host) {
    const path = vaultPath(key, vault.path, vault.version ?? 'v2')
    const below = vault.namespace ? `${vault.namespace.replace(/^\/+|\/+$/g, '')}/${path}` : path
    return { to: 'vault.path', value: `${host}|${below}`, authority: `vault:${host}` }
  }
  if (!aws) return undefined
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(aws.role ?? '')?.[1]
  return {
    to: aws.service === 'ParameterStore' ? 'aws.parameter' : 'aws.secret',
    value: `${aws.region}|${key}`,
    ...(account !== undefined && { authority: `aws:${account}` }),
  }
}

const KEY_CHARS_MAX = 1000
const keysOf = ({ data, dataFrom }: ExternalSecret['spec']): string[] => {
  const keys = [
    ...data.map(({ remoteRef }) => remoteRef?.key),
    ...dataFrom.map(({ extract }) => extract?.key),
  ]
  // A longer name is none that anything could be held by.
  return [
    ...new Set(keys.filter((key) => key != null && key !== '' && key.length <= KEY_CHARS_MAX)),
  ].sort() as string[]
}

/** As whom, and with which kept credential, a store signs in. */
function signIn({ metadata, spec }: SecretStore, uid: string, namespace: string): Link[] {
  const { vault, aws } = spec.provider
  const store = `the store ${metadata.name}`
  const place = (ref: { namespace?: string | undefined }): string =>
    ref.namespace ?? metadata.namespace ?? namespace
  const accounts = [vault?.auth?.kubernetes?.serviceAccountRef, aws?.auth?.jwt?.serviceAccountRef]
  const kept = [
    vault?.auth?.tokenSecretRef,
    vault?.auth?.appRole?.secretRef,
    aws?.auth?.secretRef?.accessKeyIDSecretRef,
    aws?.auth?.secretRef?.secretAccessKeySecretRef,
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

/** @param store undefined where there is none of the name */
export function copiedSecret(one: ExternalSecret, store: SecretStore | undefined, uid: string): Of<'secret'> {
  const { metadata, spec } = one
  const { namespace } = metadata
  const target = spec.target?.name || metadata.name
  const how = isCopiedAgain(spec) ? `every ${(spec.refreshInterval ?? INTERVAL).slice(0, 40)}` : 'once'
  const links = store ? [...remoteLinks(keysOf(spec), store, how), ...signIn(store, uid, namespace)] : []
  const notTold = unknown('not-offered', SOURCE, 'Kubernetes does not record it')
  return {
    kind: 'secret',
    nativeId: metadata.uid,
    keys: [{ type: SECRET, value: inCluster(uid, namespace, target) }],
    ...(links.length && { links }),
    type: 'kubernetes.external-secret',
    name: `${namespace}/${target}`,
    createdAt: createdAt(metadata, SOURCE),
    rotatedAt: copiedAt(one),
    lastReadAt: notTold,
    expiresAt: absent(SOURCE, 'a copy has no end date'),
    rotates: known(isCopiedAgain(spec), SOURCE),
    copiedEverySeconds: interval(spec),
  }
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 }
/** `1h30m0s` → seconds. Parts of a second are none that anything is copied by. */
function secondsOf(span: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/.test(span)) return undefined
  const parts = span.matchAll(/(\d+(?:\.\d+)?)(h|ms?|s|us|µs|ns)/g)
  return Math.floor([...parts].reduce((sum, [, n, unit = '']) => sum + Number(n) * (UNITS[unit] ?? 0), 0))
}
function interval(spec: ExternalSecret['spec']): Fact<number> {
  if (!isCopiedAgain(spec)) return absent(SOURCE, 'it is copied once')
  const seconds = secondsOf(spec.refreshInterval ?? INTERVAL)
  return seconds
    ? known(seconds, SOURCE)
    : unknown('malformed', SOURCE, 'the refresh interval is no duration')
}

const REMOTE_MAX = 400
function remoteLinks(keys: readonly string[], store: SecretStore, how: string): Link[] {
  const links = new Map(keys.flatMap((key) => remoteLink(key, store, how)).map((link) => [link.value, link]))
  const [first] = links.values()
  if (!first || links.size <= REMOTE_MAX) return [...links.values()]
  const { authority: _, ...all } = first
  const value = `${first.value.split('|')[0] ?? ''}|*`
  return [
    {
      ...all,
      match: 'pattern',
      value,
      reason: `It is made of ${links.size} secrets, more than are told one by one.`,
    },
  ]
}

function remoteLink(key: string, store: SecretStore, how: string): Link[] {
  const named = remote(key, store.spec.provider)
  if (!named) return []
  return [
    {
      relation: 'declared',
      means: 'relied-on',
      kind: 'secret',
      match: 'exact',
      ...named,
      reason: `It is a copy of this, made through the store ${store.metadata.name} ${how}.`,
    },
  ]
}

function copiedAt({ status }: ExternalSecret): Fact<string> {
  const ready = status?.conditions.find(({ type }) => type === 'Ready')
  if (ready && ready.status !== 'True')
    return unknown('not-offered', SOURCE, `the last copy failed (${ready.reason ?? 'no reason given'})`)
  return answer(status?.refreshTime, SOURCE, 'it was not copied yet')
}

/** An interval of nothing, or a policy of once: the copy outlives every rotation of its original. */
const isCopiedAgain = ({ refreshInterval, refreshPolicy }: ExternalSecret['spec']): boolean =>
  refreshPolicy !== 'CreatedOnce' && !/^(0[hms]?)+$/.test(refreshInterval ?? INTERVAL)
