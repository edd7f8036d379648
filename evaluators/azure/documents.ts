// Reads what a principal holds into something that can be judged. Whatever is not as the connector writes it is a mystery: it
// may allow anything of its kind.
import type { Held } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import { conditionOf, type Condition } from './abac/evaluate'
import { scopeOf } from './scopes'
import { BUILT_IN, lastPart, placeOf, short } from './words'

export const AZURE_RBAC = 'azure-rbac'
export const ENTRA = 'entra'
export const KEY_VAULT = 'azure-key-vault'
/** Administrative units are told in a language of their own; they give nobody anything. */
const SAYS_NOTHING = new Set(['entra-administrative-unit', 'azure-management-groups'])

export const GRAPH = '00000003-0000-0000-c000-000000000000'

export type Assigned = {
  kind: 'assigned'
  role: string
  scope: string
  condition?: Condition
  eligible: boolean
  words: string
}
export type AppRole = {
  kind: 'app-role'
  /** The id of the permission, and its name where that is known. */
  id: string
  value: string | undefined
  /** The API: its application id and its name. */
  api: readonly string[]
  enabled: boolean | undefined
  words: string
}
export type Delegated = { kind: 'delegated'; value: string; api: readonly string[]; words: string }
export type Place = { type: 'tenant' | 'unit' | 'object'; id: string }
export type DirectoryRole = {
  kind: 'directory-role'
  template: string
  builtIn: boolean | undefined
  enabled: boolean | undefined
  eligible: boolean
  place: Place
  /** What a role of the tenant's own permits; undefined where that is not told, as of built-in ones. */
  actions: readonly { action: string; condition: boolean }[] | undefined
  words: string
}
export type VaultPolicy = {
  kind: 'vault-policy'
  vault: string
  rights: ReadonlyMap<string, readonly string[]>
  onlyThrough: string | undefined
  words: string
}
/** What it may be about; `limit` may take anything away. */
export type Mystery = {
  kind: 'mystery'
  about: 'arm' | 'directory' | 'vault' | 'any' | 'limit'
  words: string
}
export type Item =
  Assigned | AppRole | Delegated | DirectoryRole | VaultPolicy | Mystery | { kind: 'nothing' }

type Document = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && !value.includes(REMOVED) ? value : undefined
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)
export const isRecord = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function assigned(document: Document, name: string): Assigned | undefined {
  const role = text(document['role'])
  const scope = scopeOf(text(document['scope']) ?? '')
  const { condition, conditionVersion } = document
  if (role === undefined || scope === undefined) return undefined
  const known = BUILT_IN.get(lastPart(role))
  const eligible = document['kind'] === 'eligible'
  const parsed =
    condition === undefined || condition === null
      ? undefined
      : typeof condition === 'string' && !condition.includes(REMOVED)
        ? conditionOf(condition, typeof conditionVersion === 'string' ? conditionVersion : '')
        : conditionOf('', '')
  return {
    kind: 'assigned',
    role: lastPart(role),
    scope,
    eligible,
    words: known ? `${known} at ${placeOf(scope)}` : short(name.replace(/^Eligible for /, '')),
    ...(parsed && { condition: parsed }),
  }
}

const apiOf = (document: Document): string[] =>
  [text(document['resourceAppId']), text(document['resource'])]
    .filter((one) => one !== undefined)
    .map((one) => one.toLowerCase())

function placeIn(scope: unknown): Place | undefined {
  if (!isRecord(scope)) return undefined
  const id = (text(scope['id']) ?? '').toLowerCase()
  if (scope['type'] === 'tenant') return { type: 'tenant', id: '' }
  if (scope['type'] === 'administrative-unit') return { type: 'unit', id }
  return scope['type'] === 'object' ? { type: 'object', id } : undefined
}

function actionsIn(permissions: unknown): DirectoryRole['actions'] | undefined {
  if (!Array.isArray(permissions)) return undefined
  const actions: { action: string; condition: boolean }[] = []
  for (const one of permissions as unknown[]) {
    const listed = isRecord(one) ? one['actions'] : undefined
    if (!isRecord(one) || !Array.isArray(listed)) return undefined
    for (const action of listed as unknown[]) {
      if (typeof action !== 'string') return undefined
      actions.push({ action: action.toLowerCase(), condition: one['condition'] !== undefined })
    }
  }
  return actions
}

function directoryRole(document: Document, name: string): DirectoryRole | undefined {
  const template = text(document['roleTemplateId'])
  const place = placeIn(document['scope'])
  const eligible = flag(document['eligible'])
  if (template === undefined || !place || eligible === undefined) return undefined
  return {
    kind: 'directory-role',
    template: lastPart(template),
    builtIn: flag(document['builtIn']),
    enabled: flag(document['enabled']),
    eligible,
    place,
    actions: actionsIn(document['permissions']),
    words: `the directory role ${short(text(document['role']) ?? name)}${
      place.type === 'tenant' ? '' : place.type === 'unit' ? ' in one administrative unit' : ' on one object'
    }`,
  }
}

function entra(document: Document, name: string): Item | undefined {
  const words = short(name)
  if (document['kind'] === 'app-role') {
    const id = text(document['id'])
    const api = apiOf(document)
    if (id === undefined || api.length === 0) return undefined
    const [value, enabled] = [text(document['value']), flag(document['enabled'])]
    return { kind: 'app-role', id: id.toLowerCase(), value, api, enabled, words }
  }
  if (document['kind'] === 'delegated-scope') {
    const value = text(document['value'])
    return value === undefined ? undefined : { kind: 'delegated', value, api: apiOf(document), words }
  }
  return document['kind'] === 'directory-role' ? directoryRole(document, name) : undefined
}

function vaultPolicy(document: Document, name: string): VaultPolicy | undefined {
  const vault = scopeOf(text(document['vault']) ?? '')
  const permissions = document['permissions']
  if (vault === undefined || !isRecord(permissions)) return undefined
  const rights = new Map<string, readonly string[]>()
  for (const [sort, listed] of Object.entries(permissions)) {
    if (!Array.isArray(listed) || !listed.every((one) => typeof one === 'string')) return undefined
    rights.set(
      sort.toLowerCase(),
      listed.map((one) => one.toLowerCase()),
    )
  }
  const through = document['onlyThrough']
  const onlyThrough = through === undefined ? undefined : (text(through) ?? 'an application not told')
  return { kind: 'vault-policy', vault, rights, onlyThrough, words: short(name) }
}

const KNOWN: Readonly<
  Record<string, { about: Mystery['about']; read: (document: Document, name: string) => Item | undefined }>
> = {
  [AZURE_RBAC]: {
    about: 'arm',
    read: (document, name) =>
      document['kind'] === 'assigned' || document['kind'] === 'eligible'
        ? assigned(document, name)
        : undefined,
  },
  [ENTRA]: { about: 'directory', read: entra },
  [KEY_VAULT]: { about: 'vault', read: vaultPolicy },
}

export function readHeld({ language, effect, document, name }: Omit<Held, 'via'>): Item {
  if (SAYS_NOTHING.has(language)) return { kind: 'nothing' }
  if (effect !== 'allow')
    return {
      kind: 'mystery',
      about: 'limit',
      words: `${short(name)} limits it in a way that is not known here.`,
    }
  const known = Object.hasOwn(KNOWN, language) ? KNOWN[language] : undefined
  if (!known)
    return {
      kind: 'mystery',
      about: 'any',
      words: `${short(name)} is written in a language that is not known here (${short(language)}).`,
    }
  const mystery = (why: string): Mystery => ({
    kind: 'mystery',
    about: known.about,
    words: `${short(name)} ${why}.`,
  })
  if (!document) return mystery('could not be read')
  return known.read(document, name) ?? mystery('is not written as it is known here')
}
