// Deny assignments: they win over roles, but for those they except ("Understand Azure deny assignments").
import type { Ruling } from '@/core/access'
import { depends, no, yes, type Answer } from '../three-valued'
import { holds, type Request } from './abac/evaluate'
import { AZURE_RBAC, ENTRA, isRecord, KEY_VAULT } from './documents'
import { Permissions, type Plane } from './roles'
import { scopeOf, type Scopes } from './scopes'
import { short } from './words'

export type Denial = {
  words: string
  /** Undefined where it could not be read: it may deny anything anywhere. */
  scope: string | undefined
  permissions: Permissions
  /** Undefined: everybody, or not told. */
  principals: ReadonlySet<string> | 'everybody' | undefined
  excluded: ReadonlySet<string> | undefined
  onlyHere: boolean | undefined
  /** Ids that are no groups: of a person or of a program, which nobody can be in. */
  single: ReadonlySet<string>
}

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.map((one) => one.toLowerCase())
    : undefined

function denialOf({ name, document }: Ruling): Denial {
  const principals = texts(document?.['principals'])
  const onlyHere = document?.['doNotApplyToChildScopes']
  const scope = document?.['scope']
  const types = document?.['principalTypes']
  return {
    words: short(name),
    scope: typeof scope === 'string' ? scopeOf(scope) : undefined,
    permissions: Permissions.of(document?.['permissions']),
    principals: principals?.includes('*') ? 'everybody' : principals && new Set(principals),
    excluded:
      texts(document?.['excludePrincipals'] ?? []) && new Set(texts(document?.['excludePrincipals'] ?? [])),
    onlyHere: typeof onlyHere === 'boolean' ? onlyHere : undefined,
    single: new Set(
      Object.entries(isRecord(types) ? types : {}).flatMap(([id, type]) =>
        type === 'user' || type === 'serviceprincipal' ? [id.toLowerCase()] : [],
      ),
    ),
  }
}

const GIVES_NOTHING = new Set(['entra-administrative-unit', 'azure-management-groups'])
const KNOWN = new Set([AZURE_RBAC, ENTRA, KEY_VAULT])
/** What entitlements that nobody holds may be without ruling anything. */
const HARMLESS = /^(definition|assigned|eligible|app-role|delegated-scope|directory-role)$/

/** Of all rulings, those that may take something away. */
export function denialsIn(rulings: readonly Ruling[]): Denial[] {
  return rulings.flatMap((ruling) => {
    const { language, type, document } = ruling
    if (GIVES_NOTHING.has(language)) return []
    if (!KNOWN.has(language)) return [denialOf({ ...ruling, document: {} })]
    if (language !== AZURE_RBAC) return []
    const kind = document?.['kind']
    if (type === 'azure.deny-assignment' || kind === 'denied') return [denialOf(ruling)]
    if (document === undefined) return /role/.test(type) ? [] : [denialOf(ruling)]
    return typeof kind === 'string' && HARMLESS.test(kind) ? [] : [denialOf({ ...ruling, document: {} })]
  })
}

/** Ids that a deny assignment names: of this principal, of its groups, or of somebody else as far as that is known. */
export type Naming = {
  id: string
  groups: ReadonlySet<string>
  /** Whether an id is that of another principal of the tenant, which is then no group that this one may be in. */
  isAnother(id: string): boolean
}

function among(
  ids: ReadonlySet<string>,
  { id, groups, isAnother }: Naming,
  { words, single }: Pick<Denial, 'words' | 'single'>,
): Answer {
  if (ids.has(id) || [...groups].some((group) => ids.has(group))) return yes()
  const open = [...ids].filter((one) => !isAnother(one) && !single.has(one))
  return open.length
    ? depends(
        `Whether it belongs to ${open.slice(0, 3).map(short).join(', ')}, which ${words} names, is not told.`,
      )
    : no()
}

/** Whether a deny assignment speaks of a principal at all. */
export function speaksOf(denial: Denial, who: Naming): Answer {
  const { principals, excluded, words } = denial
  if (principals === undefined || excluded === undefined)
    return depends(`Of whom ${words} speaks could not be read.`)
  const named = principals === 'everybody' ? yes() : among(principals, who, denial)
  if (named.value === 'no') return named
  const out = among(excluded, who, denial)
  if (out.value === 'yes') return no()
  if (out.value === 'no') return named
  return depends(...out.because)
}

type At = { plane: Plane; target: string | undefined; request: Request }

/** Whether a deny assignment that speaks of the principal denies the action at the place. */
export function denies(
  denial: Denial,
  about: Answer,
  scopes: Scopes,
  { plane, target, request }: At,
): Answer {
  if (about.value === 'no') return about
  const ways = denial.permissions.permits(plane, request.action)
  if (ways.length === 0) return no()
  const because = `The deny assignment ${denial.words} denies it.`
  if (denial.scope === undefined || denial.onlyHere === undefined)
    return depends(`The deny assignment ${denial.words} could not be read.`)
  const covers = scopes.covers(denial.scope, target)
  if (covers.value === 'no') return no()
  if (denial.onlyHere && target !== undefined && target !== denial.scope) return no()
  const open = [...(covers.why ? [covers.why] : []), ...(about.value === 'depends' ? about.because : [])]
  const sure = ways.some(
    (way) => way.sure && (!way.condition || holds(way.condition, request).value === 'yes'),
  )
  if (!sure && ways.every((way) => way.condition && holds(way.condition, request).value === 'no')) return no()
  if (sure && covers.value === 'yes' && about.value === 'yes') return yes(because)
  return depends(`The deny assignment ${denial.words} may deny it.`, ...open)
}
