// Old tokens that are kept in Secrets, and Secrets by name and age. No value is ever asked for.
import { absent, answer, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { inCluster, SECRET } from './map-joins'
import { createdAt } from './map-service-account'
import { LIST } from './permissions'
import { When, type Bare, type Metadata } from './shapes'

const SOURCE = LIST.secrets
const USED = 'kubernetes.io/legacy-token-last-used'
const INVALID = 'kubernetes.io/legacy-token-invalid-since'
const OWNER = 'kubernetes.io/service-account.uid'

const fullName = ({ namespace, name }: Metadata): string => `${namespace ?? ''}/${name}`

/** The label names a day. @param recorded whether the cluster takes down the use of such tokens */
function usedAt({ labels }: Metadata, recorded: Fact<boolean>): Fact<Instant> {
  const day = When.safeParse(`${labels[USED] ?? ''}T00:00:00Z`)
  if (day.success) return known(day.data, SOURCE)
  if (recorded.state !== 'known') return recorded.state === 'unknown' ? recorded : absent(SOURCE)
  return recorded.value
    ? absent(SOURCE, 'no use on record; the cluster takes down the day of the last use')
    : unknown('not-offered', recorded.source, 'Kubernetes records the use of such tokens from 1.27 on')
}

export function legacyToken({ metadata }: Bare, recorded: Fact<boolean>): Of<'credential'> {
  const owner = metadata.annotations[OWNER]
  return {
    kind: 'credential',
    nativeId: metadata.uid,
    identity: owner
      ? known(owner, SOURCE)
      : unknown('not-offered', SOURCE, 'the Secret does not say whose token it is'),
    type: 'kubernetes.legacy-token',
    form: 'token',
    name: fullName(metadata),
    createdAt: createdAt(metadata, SOURCE),
    rotatedAt: absent(SOURCE, 'its value never changes; its age counts from its creation'),
    expiresAt: absent(SOURCE, 'it has no end date'),
    lastUsedAt: usedAt(metadata, recorded),
    lastUsedWhere: unknown('not-offered', SOURCE, 'the cluster takes down the day only'),
    // Kubernetes marks one that was not used for a year, and refuses it from then on.
    enabled: known(metadata.labels[INVALID] === undefined, SOURCE),
  }
}

export function keptSecret({ metadata }: Bare, uid: string): Of<'secret'> {
  const notTold = unknown('not-offered', SOURCE, 'Kubernetes does not record it')
  return {
    kind: 'secret',
    nativeId: metadata.uid,
    keys: [{ type: SECRET, value: inCluster(uid, metadata.namespace ?? '', metadata.name) }],
    type: 'kubernetes.secret',
    name: fullName(metadata),
    createdAt: createdAt(metadata, SOURCE),
    rotatedAt: notTold,
    lastReadAt: notTold,
    expiresAt: answer<Instant>(undefined, SOURCE, 'Secrets have no end date'),
    rotates: notTold,
  }
}
