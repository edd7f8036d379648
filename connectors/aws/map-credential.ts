// Access keys, passwords, certificates and other long-lived proofs as credentials.
import { absent, answer, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { isUsedSlot, REPORT, type KeySlot, type ReportRow } from './credential-report'
import { dateOf } from './map-identity'
import type {
  AccessKey,
  AccessKeyUse,
  ServerCertificate,
  ServiceCredential,
  SigningCertificate,
  SshKey,
} from './shapes'

type Credential = Of<'credential'>
const FIXED = 'its value never changes; its age counts from its creation'
const ENDLESS = 'it has no end date'
const NO_USE_TOLD = 'AWS does not record when it is used'
const isActive = (status: string): boolean => status.toLowerCase() === 'active'

const LIST_KEYS = 'iam:ListAccessKeys'
const KEY_USE = 'iam:GetAccessKeyLastUsed'
const NEVER_USED = 'not used since 2015-04-22, when AWS began to record it'

export function whereOf(use: AccessKeyUse): string | undefined {
  const { ServiceName, Region } = use.AccessKeyLastUsed
  if (!ServiceName || ServiceName === 'N/A') return undefined
  return !Region || Region === 'N/A' ? ServiceName : `${ServiceName} in ${Region}`
}

const useDate = (use: Fact<AccessKeyUse>): Fact<Instant> =>
  use.state === 'known' ? answer(use.value.AccessKeyLastUsed.LastUsedDate, KEY_USE, NEVER_USED) : use
const useWhere = (use: Fact<AccessKeyUse>): Fact<string> =>
  use.state === 'known' ? answer(whereOf(use.value), KEY_USE) : use

export const accessKey = (user: string, key: AccessKey, use: Fact<AccessKeyUse>): Credential => ({
  kind: 'credential',
  nativeId: key.AccessKeyId,
  keys: [{ type: 'aws.access-key-id', value: key.AccessKeyId }],
  identity: known(user, LIST_KEYS),
  type: 'aws.access-key',
  form: 'static-key',
  name: key.AccessKeyId,
  createdAt: dateOf(key.CreateDate, LIST_KEYS, 'CreateDate'),
  rotatedAt: absent(LIST_KEYS, FIXED),
  expiresAt: absent(LIST_KEYS, ENDLESS),
  lastUsedAt: useDate(use),
  lastUsedWhere: useWhere(use),
  enabled: known(isActive(key.Status), LIST_KEYS),
})

export function accessKeyUsage(user: string, key: AccessKey, use: Fact<AccessKeyUse>): Of<'usage'>[] {
  const at = use.state === 'known' ? use.value.AccessKeyLastUsed.LastUsedDate : undefined
  if (use.state !== 'known' || at == null) return []
  const nativeId = `${key.AccessKeyId}/last-used`
  return [
    {
      kind: 'usage',
      nativeId,
      identity: user,
      credential: key.AccessKeyId,
      at,
      what: whereOf(use.value) ?? 'a service not named',
    },
  ]
}

/** A console password, with dates from the credential report where there is one. */
export function consolePassword(at: {
  user: string
  createdAt: Fact<Instant>
  row: Fact<ReportRow>
  usedAt: Fact<Instant>
  enabled: Fact<boolean>
}): Credential {
  const { row } = at
  return {
    kind: 'credential',
    nativeId: `${at.user}/password`,
    identity: known(at.user, at.createdAt.source),
    type: 'aws.console-password',
    form: 'password',
    name: 'Console password',
    createdAt: at.createdAt,
    rotatedAt: row.state === 'known' ? row.value.passwordChangedAt : row,
    expiresAt: row.state === 'known' ? row.value.passwordEndsAt : row,
    lastUsedAt: at.usedAt,
    lastUsedWhere: unknown('not-offered', at.createdAt.source, 'AWS does not tell where'),
    enabled: at.enabled,
  }
}

/** A password that only the credential report tells of: root's, or any in an imported report. */
export function reportedPassword(user: string, row: ReportRow): Credential[] {
  if (row.passwordEnabled === false) return []
  const enabled: Fact<boolean> =
    row.passwordEnabled === undefined
      ? unknown('not-offered', REPORT, 'the report does not say whether there is a password')
      : known(true, REPORT)
  return [
    consolePassword({
      user,
      createdAt: unknown('not-offered', REPORT, 'the report tells only when it was last changed'),
      row: known(row, REPORT),
      usedAt: row.passwordUsedAt,
      enabled,
    }),
  ]
}

/** An access key that only the credential report tells of. The report has no key ids: the slot stands for it. */
const reportedKey = (user: string, key: KeySlot): Credential => ({
  kind: 'credential',
  nativeId: `${user}#access-key-${key.slot}`,
  identity: known(user, REPORT),
  type: 'aws.access-key',
  form: 'static-key',
  name: `Access key ${key.slot}`,
  // A key cannot be changed, only replaced: "last rotated" is the creation of the key in the slot.
  createdAt: key.rotatedAt,
  rotatedAt: absent(REPORT, FIXED),
  expiresAt: absent(REPORT, ENDLESS),
  lastUsedAt: key.usedAt,
  lastUsedWhere: key.usedWhere,
  enabled:
    key.active === undefined
      ? unknown('not-offered', REPORT, 'the report does not tell')
      : known(key.active, REPORT),
})

export const reportedCredentials = (user: string, row: ReportRow): Credential[] => [
  ...reportedPassword(user, row),
  ...row.keys.filter(isUsedSlot).map((key) => reportedKey(user, key)),
]

const SERVICE = 'iam:ListServiceSpecificCredentials'
/** CodeCommit and Keyspaces hand out a user name and a password, the others a key. */
const PASSWORD_SERVICES = /^(codecommit|cassandra)\./

export function serviceCredential(one: ServiceCredential, identity: Fact<string>): Credential {
  return {
    kind: 'credential',
    nativeId: one.ServiceSpecificCredentialId,
    identity,
    type: 'aws.service-credential',
    form: PASSWORD_SERVICES.test(one.ServiceName) ? 'password' : 'static-key',
    name: `${one.ServiceName} ${one.ServiceCredentialAlias || one.ServiceSpecificCredentialId}`,
    createdAt: dateOf(one.CreateDate, SERVICE, 'CreateDate'),
    rotatedAt: unknown('not-offered', SERVICE, 'AWS does not tell whether it was reset'),
    expiresAt: answer(one.ExpirationDate, SERVICE, ENDLESS),
    lastUsedAt: unknown('not-offered', SERVICE, NO_USE_TOLD),
    lastUsedWhere: unknown('not-offered', SERVICE, NO_USE_TOLD),
    enabled: known(isActive(one.Status), SERVICE),
  }
}

type Uploaded = Pick<Credential, 'nativeId' | 'type' | 'form' | 'name' | 'identity' | 'enabled' | 'expiresAt'>
/** Something a person uploaded: it is replaced, never changed, and AWS does not watch its use. */
const uploaded = (source: string, at: Instant | null | undefined, rest: Uploaded): Credential => ({
  kind: 'credential',
  createdAt: dateOf(at, source, 'UploadDate'),
  rotatedAt: absent(source, FIXED),
  lastUsedAt: unknown('not-offered', source, NO_USE_TOLD),
  lastUsedWhere: unknown('not-offered', source, NO_USE_TOLD),
  ...rest,
})

const SSH = 'iam:ListSSHPublicKeys'
export const sshKey = (user: string, key: SshKey): Credential =>
  uploaded(SSH, key.UploadDate, {
    nativeId: key.SSHPublicKeyId,
    identity: known(user, SSH),
    type: 'aws.ssh-key',
    form: 'ssh-key',
    name: key.SSHPublicKeyId,
    expiresAt: absent(SSH, ENDLESS),
    enabled: known(isActive(key.Status), SSH),
  })

const SIGNING = 'iam:ListSigningCertificates'
export const signingCertificate = (user: string, certificate: SigningCertificate): Credential =>
  uploaded(SIGNING, certificate.UploadDate, {
    nativeId: certificate.CertificateId,
    identity: known(user, SIGNING),
    type: 'aws.signing-certificate',
    form: 'certificate',
    name: certificate.CertificateId,
    expiresAt: unknown('not-offered', SIGNING, 'the listing holds no end date'),
    enabled: known(isActive(certificate.Status), SIGNING),
  })

const SERVER = 'iam:ListServerCertificates'
export const serverCertificate = (certificate: ServerCertificate): Credential =>
  uploaded(SERVER, certificate.UploadDate, {
    nativeId: certificate.ServerCertificateId,
    identity: absent(SERVER, 'a server certificate belongs to no identity'),
    type: 'aws.server-certificate',
    form: 'certificate',
    name: certificate.ServerCertificateName,
    expiresAt: answer(certificate.Expiration, SERVER, ENDLESS),
    enabled: known(true, SERVER),
  })
