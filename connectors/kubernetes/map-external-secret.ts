// Secrets that External Secrets copies from a vault: where each comes from, as whom it is fetched, and how often.
import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { inCluster, SECRET } from './map-joins'
import { createdAt } from './map-service-account'
import { LIST } from './permissions'
import type { ExternalSecret, SecretStore } from './shapes-extensions'
import { remote, signIn } from './map-secret-store'

const SOURCE = LIST.externalSecrets
/** Unless said otherwise. */
const INTERVAL = '1h0m0s'
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
  const named = new Map(
    keys.flatMap((key) => remote(key, store.spec.provider) ?? []).map((one) => [one.value, one]),
  )
  const link = { relation: 'declared', means: 'relied-on', kind: 'secret' } as const
  const [first] = named.values()
  if (first && named.size > REMOTE_MAX)
    return [
      {
        ...link,
        to: first.to,
        match: 'pattern',
        value: first.all,
        reason: `It is made of ${named.size} secrets, more than are told one by one.`,
      },
    ]
  return [...named.values()].map(({ all: _, ...one }) => ({
    ...link,
    match: 'exact',
    ...one,
    reason: `It is a copy of this, made through the store ${store.metadata.name} ${how}.`,
  }))
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
