// The documents a person applies so that Rollcall may read exactly what it asks for: a policy line for every call on every
// mount, and never one that would match a value, a credential or a sign-in.
import type { SetupDocument } from '@/core/connector'
import { asHcl, CALLS, isCall, mountTypeOf, policyLinesOf, type CallName, type PolicyLine } from './calls'
import type { Login, VaultSettings } from './settings'

type Given = Partial<VaultSettings>
/** `auth/kubernetes` → the paths of such mounts. */
type Mounts = ReadonlyMap<string, readonly string[]>

/** Where mounts are unless somebody chose another path. */
const STANDARD: Mounts = new Map([
  ...['approle', 'kubernetes', 'jwt', 'cert', 'userpass', 'aws', 'azure', 'gcp'].map(
    (type) => [`auth/${type}`, [`auth/${type}`]] as const,
  ),
  ...['database', 'aws', 'pki', 'ssh', 'kubernetes'].map((type) => [type, [type]] as const),
])
const SAME_TYPE: Readonly<Record<string, string>> = { 'auth/oidc': 'auth/jwt', 'kv-v2': 'kv' }

/** `auth/k8s=kubernetes` and the like, as the settings have it. Of KV only what keeps versions is read. */
function givenMounts(lines: readonly string[]): Mounts {
  const mounts = new Map<string, string[]>()
  for (const line of lines) {
    const at = line.indexOf('=')
    const path = line.slice(0, at)
    const type = path.startsWith('auth/') ? `auth/${line.slice(at + 1)}` : line.slice(at + 1)
    if (type === 'kv') continue
    const key = SAME_TYPE[type] ?? type
    mounts.set(key, [...(mounts.get(key) ?? []), path])
  }
  return mounts
}

/** What only some settings ask for. */
const WANTED: Partial<Record<CallName, (settings: Given) => boolean>> = {
  'list auth/token/accessors': ({ tokens }) => tokens === true,
  'update auth/token/lookup-accessor': ({ tokens }) => tokens === true,
  'list sys/leases/lookup/*': ({ leases }) => leases === true,
  'update sys/leases/lookup': ({ leases }) => leases === true,
  'list sys/namespaces': ({ namespaces }) => namespaces?.includes('*') === true,
}
const isWanted = (name: CallName, settings: Given): boolean => WANTED[name]?.(settings) ?? true

function linesOf(name: CallName, mounts: Mounts): PolicyLine[] {
  const type = mountTypeOf(name)
  if (type === undefined) return policyLinesOf(name)
  // The path of an auth mount is given with auth/, and so is the call.
  return (mounts.get(type) ?? []).flatMap((path) => policyLinesOf(name, path.replace(/^auth\//, '')))
}

/** All lines of the policy, each path once with what is asked there. */
export function policyLines(settings: Given): PolicyLine[] {
  const mounts = settings.mounts?.length ? givenMounts(settings.mounts) : STANDARD
  const lines = new Map<string, Set<string>>()
  for (const name of Object.keys(CALLS).filter(isCall))
    if (isWanted(name, settings))
      for (const { path, capabilities } of linesOf(name, mounts))
        lines.set(path, new Set([...(lines.get(path) ?? []), ...capabilities]))
  return [...lines].map(([path, capabilities]) => ({ path, capabilities: [...capabilities] }))
}

const GENERIC = `
# Mounts are assumed at their usual paths. Fill in the setting "Mounts for the policy" and this names yours.
# Stored secrets: one such line for each KV mount of version 2, and none for version 1, where it would give the values:
#   path "<mount>/metadata/*" { capabilities = ["list", "read"] }`

const policyText = (settings: Given): string =>
  [
    '# Metadata only: no line matches a value, a credential or a sign-in.',
    ...policyLines(settings).map(asHcl),
    ...(settings.mounts?.length ? [] : [GENERIC]),
  ].join('\n')

const MOUNTS_COMMANDS = `vault auth list -format=json | jq -r 'to_entries[] | "auth/" + (.key | rtrimstr("/")) + "=" + .value.type'
vault secrets list -format=json | jq -r 'to_entries[] | (.key | rtrimstr("/")) + "=" + .value.type + (if .value.options.version then "-v" + .value.options.version else "" end)'`

function signInCommands(login: Login | undefined): string {
  const mount = login && login.method !== 'token' && login.mount ? login.mount : login?.method
  const token = 'token_policies=rollcall token_no_default_policy=true token_ttl=1h token_max_ttl=4h'
  if (login?.method === 'kubernetes')
    return `vault write auth/${mount}/role/${login.role} bound_service_account_names=rollcall bound_service_account_namespaces=rollcall ${token}`
  if (login?.method === 'jwt')
    return `vault write auth/${mount}/role/${login.role} role_type=jwt user_claim=sub bound_subject=<subject of Rollcall> bound_audiences=<audience> ${token}`
  if (login?.method === 'token')
    return 'vault token create -orphan -policy=rollcall -no-default-policy -period=24h -display-name=rollcall'
  return [
    `vault write auth/${mount ?? 'approle'}/role/rollcall secret_id_ttl=2160h ${token}`,
    `vault read auth/${mount ?? 'approle'}/role/rollcall/role-id`,
    `vault write -f auth/${mount ?? 'approle'}/role/rollcall/secret-id`,
  ].join('\n')
}

export const setup = (settings: Given): SetupDocument[] => [
  { title: 'Policy (rollcall.hcl)', language: 'hcl', text: policyText(settings) },
  {
    title: 'Commands: the policy, and who signs in with it',
    language: 'shell',
    text: `vault policy write rollcall rollcall.hcl\n${signInCommands(settings.login)}`,
  },
  {
    title: 'Commands that list your mounts, for the setting "Mounts for the policy"',
    language: 'shell',
    text: MOUNTS_COMMANDS,
  },
]
