// Secrets and certificates of applications and service principals: ends and use, never a hint of what they are.
import { absent, answer, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { KeyCredential, PasswordCredential } from './shapes'
import { usedAt, type Use } from './use'

type Credential = Of<'credential'>
const FIXED = 'its value never changes; its age counts from when it became valid'
const ENDLESS = 'it has no end date'
const NO_PLACE = 'Microsoft Entra does not say where it is used'
const NO_SWITCH = 'startDateTime'

/** Where it hangs: the object that has it, whose identity that is, and which list told of it. */
export type Holder = { object: string; identity: string; source: string; use: Use }

const startOf = (at: Instant | undefined, source: string): Fact<Instant> =>
  at === undefined ? unknown('not-offered', source, `the answer holds no ${NO_SWITCH}`) : known(at, source)

type Dated = Pick<PasswordCredential, 'keyId' | 'startDateTime' | 'endDateTime'>
const common = ({ object, identity, source, use }: Holder, one: Dated, list: string) => ({
  kind: 'credential' as const,
  // Whoever adds a key may choose its id, so that it is unique in its object only.
  nativeId: `${object}/${list}/${one.keyId}`,
  identity: known(identity, source),
  createdAt: startOf(one.startDateTime, source),
  rotatedAt: absent(source, FIXED),
  expiresAt: answer(one.endDateTime, source, ENDLESS),
  lastUsedAt: usedAt(use.credentials, one.keyId),
  lastUsedWhere: unknown('not-offered', source, NO_PLACE),
  // There is no switch: it works from its start to its end.
  enabled: known(true, source),
})

const secret = (holder: Holder, one: PasswordCredential): Credential => ({
  ...common(holder, one, 'secret'),
  type: 'azure.client-secret',
  form: 'password',
  name: one.displayName ?? `Secret ${one.keyId}`,
})

/** As text of 40 hexadecimal digits, whether it came as that, as its bytes, or as the bytes of that. */
export function thumbprintOf(identifier: string | undefined): string | undefined {
  if (identifier === undefined) return undefined
  const bytes = Buffer.from(identifier, 'base64')
  const found = [identifier, bytes.toString('latin1'), bytes.toString('hex')].find((text) =>
    /^[0-9a-f]{40}$/i.test(text),
  )
  return found?.toUpperCase()
}

const KEY_TYPES: Readonly<Record<string, Pick<Credential, 'type' | 'form'>>> = {
  Verify: { type: 'azure.certificate-credential', form: 'certificate' },
  // Microsoft Entra itself signs with it what it tells this application about people.
  Sign: { type: 'azure.signing-certificate', form: 'certificate' },
}
function keyType({ type, usage }: KeyCredential): Pick<Credential, 'type' | 'form'> {
  if (type === 'Symmetric') return { type: 'azure.symmetric-key', form: 'static-key' }
  return KEY_TYPES[usage ?? ''] ?? { type: 'azure.certificate-credential', form: 'certificate' }
}

function key(holder: Holder, one: KeyCredential): Credential {
  const thumbprint = thumbprintOf(one.customKeyIdentifier)
  return {
    ...common(holder, one, 'key'),
    ...keyType(one),
    name: one.displayName ?? (thumbprint ? `Certificate ${thumbprint}` : `Key ${one.keyId}`),
  }
}

type Held = { passwordCredentials: readonly PasswordCredential[]; keyCredentials: readonly KeyCredential[] }
/** A key that signs is kept with a password for it, under the same id: that opens the key and nothing else. */
const opensKey =
  ({ keyCredentials }: Held) =>
  ({ keyId }: PasswordCredential): boolean =>
    keyCredentials.some((one) => one.keyId === keyId && one.usage === 'Sign')

export function credentialsOf(held: Held, holder: Holder): Credential[] {
  const opens = opensKey(held)
  return [
    ...held.passwordCredentials.filter((one) => !opens(one)).map((one) => secret(holder, one)),
    ...held.keyCredentials.map((one) => key(holder, one)),
  ]
}
