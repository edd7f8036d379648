// What is there to be reached in a namespace: roles, entities, issuers and secrets, each with the paths that lead to it.
import type { Principal, Thing } from '@/core/access'
import { READ, UPDATE } from './definition'
import { Places, type Place } from './places'
import type { World } from './world'

/** A token role that names no policies it allows hands on what its maker holds, or anything it does not forbid. */
export const isLoose = ({ held, tags }: Principal): boolean =>
  held.some(({ name, document }) => !document && name === 'any that the token which makes it holds') ||
  tags?.['allowed_policies'] === 'any that the token which makes it holds'

export type Targets = { principals: Places; issuers: Places; secrets: Places }

export function targetsOf(world: World): Targets {
  const { principals, things } = world.realm
  return {
    principals: new Places(principals.flatMap((one) => placesOfPrincipal(one))),
    issuers: new Places(things.flatMap((thing) => (thing.kind === 'issuer' ? placesOfIssuer(thing) : []))),
    secrets: new Places(things.flatMap((thing) => (thing.kind === 'secret' ? placesOfSecret(thing) : []))),
  }
}

const place = (path: string, capability: readonly string[], rest: Omit<Place, 'path' | 'needs'>): Place => ({
  path,
  needs: [{ path, capability }],
  ...rest,
})

const ITS_BOUNDS = 'Whether it can meet what the role then asks of whoever signs in is not known here.'

function placesOfPrincipal(principal: Principal): Place[] {
  const to = { kind: 'principal' as const, id: principal.id }
  if (principal.type === 'vault.entity')
    return ['identity/entity-alias', 'identity/entity/merge'].map((path) =>
      place(path, UPDATE, {
        by: 'V08-alias',
        to,
        open: 'Whether it can sign in by a name that it ties to it is not known here.',
      }),
    )
  const path = principal.aliases.find((alias) => /^auth\/.+\/.+/s.test(alias))
  if (path === undefined) return []
  if (principal.type === 'vault.token-role') return tokenRole(principal, path)
  const bounds = addressBounds(principal)
  const ways: Place[] = []
  if (principal.type === 'vault.userpass-user') {
    ways.push(place(path, UPDATE, { by: 'V06-role', to }))
    ways.push(place(`${path}/password`, UPDATE, { by: 'V06-role', to, ...bounds }))
  } else if (principal.type === 'vault.approle-role') {
    ways.push(place(path, UPDATE, { by: 'V06-role', to }))
    for (const word of ['secret-id', 'custom-secret-id']) {
      const made = { path: `${path}/${word}`, capability: UPDATE }
      const roleId = { path: `${path}/role-id`, capability: READ }
      ways.push({ path: made.path, needs: [made, roleId], by: 'V07', to, ...bounds })
      const open = 'Whether it knows the role id, which is no secret, is not known here.'
      ways.push({ path: made.path, needs: [made], by: 'V07-part', to, open })
    }
  } else ways.push(place(path, UPDATE, { by: 'V06-role', to, open: ITS_BOUNDS }))
  return ways
}

function addressBounds({ tags }: Principal): { open?: string } {
  const bounds = ['token_bound_cidrs', 'secret_id_bound_cidrs'].flatMap((tag) => tags?.[tag] ?? [])
  return bounds.length ? { open: `It signs in from the addresses ${bounds.join(', ')} only.` } : {}
}

function tokenRole(role: Principal, path: string): Place[] {
  const name = path.split('/').at(-1) ?? ''
  const asked = `auth/token/create/${name}`
  if (!isLoose(role)) return [place(asked, UPDATE, { by: 'V05-use', to: { kind: 'principal', id: role.id } })]
  const to = { kind: 'administrator' as const }
  const never = role.tags?.['disallowed_policies']
  const bySudo: Place = {
    path: asked,
    needs: [{ path: asked, capability: UPDATE, sudo: true }],
    by: 'V05-any',
    to,
  }
  return never === undefined ? [bySudo] : [place(asked, UPDATE, { by: 'V05-any', to })]
}

/** Words at which engines hand out, and the capability that asks for it: tried with OpenBao 2.7.2 where it has the engine. */
const ISSUING: Readonly<Record<string, readonly (readonly [word: string, capability: readonly string[]])[]>> =
  {
    'vault.database-role': [['creds', READ]],
    'vault.aws-engine-role': [
      ['creds', ['read', 'update']],
      ['sts', ['read', 'update']],
    ],
    'vault.pki-role': [
      ['issue', UPDATE],
      ['sign', UPDATE],
      ['sign-verbatim', UPDATE],
    ],
    'vault.ssh-role': [
      ['sign', UPDATE],
      ['issue', UPDATE],
      ['creds', UPDATE],
    ],
    'vault.kubernetes-engine-role': [['creds', UPDATE]],
  }
const SORTS: Readonly<Record<string, readonly string[]>> = {
  ca: ['sign', 'issue'],
  otp: ['creds'],
  dynamic: ['creds'],
}

function wordsOf(type: string, sort: string | undefined): (readonly [string, readonly string[]])[] {
  const words = ISSUING[type] ?? []
  // Users are made at `creds` alone: the server refuses them at `sts`.
  if (type === 'vault.aws-engine-role' && sort === 'iam_user')
    return words.filter(([word]) => word === 'creds')
  const only = type === 'vault.ssh-role' && sort !== undefined ? SORTS[sort] : undefined
  return only ? words.filter(([word]) => only.includes(word)) : [...words]
}

/** `<accessor>/roles/<role>`, named `<mount>/<role>`, with its sort in brackets where there are several. */
function placesOfIssuer({ id, type, name }: Thing): Place[] {
  const to = { kind: 'thing' as const, id }
  const role = id.slice(id.indexOf('/roles/') + '/roles/'.length)
  if (!ISSUING[type] || !id.includes('/roles/') || role === '') return []
  const sort = name.endsWith(`/${role}`) ? undefined : / \(([^()]*)\)$/.exec(name)?.[1]
  const bare = sort === undefined ? name : name.slice(0, -sort.length - 3)
  if (!bare.endsWith(`/${role}`)) return []
  const mount = bare.slice(0, -role.length - 1)
  return wordsOf(type, sort).flatMap(([word, capability]) => [
    place(`${mount}/${word}/${role}`, capability, { by: 'V11', to }),
    // Newer servers have the same below each of several authorities, by name.
    ...(type === 'vault.pki-role'
      ? [place(`${mount}/issuer/default/${word}/${role}`, capability, { by: 'V11', to })]
      : []),
  ])
}

/** Where engines hand out whose roles are not read, by their type. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  azure: ['creds'],
  gcp: ['token', 'key', 'roleset', 'static-account', 'impersonated-account'],
  ldap: ['creds', 'static-cred', 'library'],
}
/** An engine whose roles are not read: any name may be one of them. */
export type Engine = { to: Place['to']; forms: readonly string[] }
export const unreadEngines = (things: readonly Thing[]): Engine[] =>
  things.flatMap(({ id, kind, type, name }) => {
    const [, mount, sort = ''] = /^(.+) \(([^()]*)\)$/s.exec(name) ?? []
    if (kind !== 'issuer' || type !== 'vault.engine-unread' || mount === undefined) return []
    const forms = (UNREAD[sort] ?? ['creds']).map((word) => `${mount}/${word}/{name}`)
    return [{ to: { kind: 'thing' as const, id }, forms }]
  })

/** `<accessor>/<path>`, named `<mount>/<path>`; read at `<mount>/data/<path>`. */
function placesOfSecret({ id, type, name }: Thing): Place[] {
  const path = id.slice(id.indexOf('/') + 1)
  if (type !== 'vault.kv-secret' || !name.endsWith(`/${path}`)) return []
  const mount = name.slice(0, -path.length - 1)
  return [place(`${mount}/data/${path}`, READ, { by: 'V20', to: { kind: 'thing', id } })]
}
