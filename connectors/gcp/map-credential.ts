// Keys as credentials. A key goes by its id; what it is made of is nowhere in what is read.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { Placed } from './accounts'
import type { CallName } from './calls'
import type { AccountKey, HmacKey } from './shapes'
import type { ApiKey } from './shapes-assets'
import { dated, lastPart } from './values'

type Credential = Of<'credential'>
export const KEYS: CallName = 'iam.serviceAccountKeys.list'
export const HMAC: CallName = 'storage.hmacKeys.list'
export const ASSETS: CallName = 'cloudasset.assets.listResource'

const NO_PLACE = 'Google Cloud does not say where a key is used from'
const noUse = (source: string) =>
  unknown('not-offered', source, 'Google Cloud keeps no record of its use outside the audit log')

/** `9999-12-31` stands for no end. */
const endOf = ({ validBeforeTime }: AccountKey): Fact<Instant> =>
  validBeforeTime === null || validBeforeTime.startsWith('9999-')
    ? absent(KEYS, 'it has no end date')
    : known(validBeforeTime, KEYS)

const ORIGINS: Readonly<Record<string, string>> = {
  USER_PROVIDED: 'uploaded',
  GOOGLE_PROVIDED: 'downloaded',
}
const MARK = /^SERVICE_ACCOUNT_KEY_(?:DISABLE_REASON|EXTENDED_STATUS_KEY)_([A-Z_]+)$/
/** Google marks and switches off keys it found in public places: that is told beside the name. */
function keyName({ keyOrigin, disableReason, disabled, extendedStatus }: AccountKey, id: string): string {
  const marks = [disabled ? disableReason : undefined, ...(extendedStatus ?? []).map(({ key }) => key)]
  const words = marks.flatMap(
    (mark) =>
      MARK.exec(mark ?? '')?.[1]
        ?.toLowerCase()
        .replaceAll('_', ' ') ?? [],
  )
  const said = [...new Set([ORIGINS[keyOrigin ?? ''], ...words])].filter(
    (word) => word !== undefined && !word.includes('unspecified'),
  )
  return said.length ? `${id} (${said.join(', ')})` : id
}

export function accountKey(account: Placed, key: AccountKey, lastUsedAt: Fact<Instant>): Credential {
  const id = lastPart(key.name)
  return {
    kind: 'credential',
    nativeId: `${account.uniqueId}/keys/${id}`,
    keys: [{ type: 'gcp.key-id', value: id }],
    identity: known(account.uniqueId, KEYS),
    type: 'gcp.service-account-key',
    form: 'static-key',
    name: keyName(key, id),
    createdAt: known(key.validAfterTime, KEYS),
    rotatedAt: absent(KEYS, 'a key never changes: a new one is made'),
    expiresAt: endOf(key),
    lastUsedAt,
    lastUsedWhere: unknown('not-offered', KEYS, NO_PLACE),
    enabled: known(key.disabled !== true, KEYS),
  }
}

export const hmacKey = (key: HmacKey, identity: Fact<string>): Credential => ({
  kind: 'credential',
  nativeId: `hmac/${key.accessId}`,
  identity,
  type: 'gcp.hmac-key',
  form: 'static-key',
  name: key.accessId,
  createdAt: known(key.timeCreated, HMAC),
  rotatedAt: absent(HMAC, 'a key never changes: a new one is made'),
  expiresAt: absent(HMAC, 'it has no end date'),
  lastUsedAt: noUse(HMAC),
  lastUsedWhere: unknown('not-offered', HMAC, NO_PLACE),
  enabled: known(key.state === 'ACTIVE', HMAC),
})

export function apiKey({ resource: { data } }: ApiKey, identity: Fact<string>): Credential {
  return {
    kind: 'credential',
    nativeId: `api-key/${data.uid || data.name}`,
    identity,
    type: 'gcp.api-key',
    form: 'static-key',
    name: data.displayName || lastPart(data.name),
    createdAt: dated(data.createTime, ASSETS),
    rotatedAt: absent(ASSETS, 'a key never changes: a new one is made'),
    expiresAt: absent(ASSETS, 'it has no end date'),
    lastUsedAt: noUse(ASSETS),
    lastUsedWhere: unknown('not-offered', ASSETS, NO_PLACE),
    enabled: known(true, ASSETS),
  }
}
