// Whether what is held in the directory allows something: application permissions of APIs, scopes in the name of people, and
// directory roles.
import { any, depends, no, yes, type Answer } from '../three-valued'
import { GRAPH, type AppRole, type Delegated, type DirectoryRole } from './documents'
import { GRAPH_ROLES, includes } from './graph-permissions'
import { DIRECTORY_ROLES, GLOBAL_ADMINISTRATOR } from './directory-roles'
import { activation, type Holding } from './holding'
import { limited } from './arm'
import { short } from './words'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const GRAPH_NAME = 'microsoft graph'

/** Whether an API is the one that is asked about; its name alone proves nothing for Microsoft Graph. */
export function isApi(api: readonly string[], wanted: string): Answer {
  const id = api.find((one) => GUID.test(one))
  const isGraph = wanted === 'graph' || wanted === GRAPH || wanted === GRAPH_NAME
  if (!isGraph) return api.includes(wanted) ? yes() : no()
  if (id !== undefined) return id === GRAPH ? yes() : no()
  return api.includes(GRAPH_NAME) ? depends('Whether that is the API of Microsoft is not told.') : no()
}

export const permissionName = ({ value, id }: AppRole): string | undefined => value ?? GRAPH_ROLES.get(id)

/** Whether an app role counts: one that was switched off, or of which that is not told, may not. */
export const counts = ({ enabled, words }: AppRole): Answer =>
  enabled === true
    ? yes(`It holds ${words}.`)
    : depends(
        `It holds ${words}, ${enabled === false ? 'a permission that is switched off' : 'of which it is not told whether it is switched on'}.`,
      )

function fromRole(role: AppRole, action: string, api: string): Answer {
  const same = isApi(role.api, api)
  if (same.value === 'no') return no()
  const name = permissionName(role)
  if (name === undefined) return depends(`It holds ${role.words}, of which the name is not known.`)
  if (!includes(name, action)) return no()
  const on = counts(role)
  if (same.value === 'depends') return depends(...on.because, ...same.because)
  return name.toLowerCase() === action
    ? on
    : { ...on, because: [...on.because, `${name} includes ${action}.`] }
}

function fromScope({ value, api, words }: Delegated, action: string, wanted: string): Answer {
  if (isApi(api, wanted).value === 'no' || !includes(value, action)) return no()
  return depends(`It holds ${words}: only in the name of a signed-in user who may do it, never on its own.`)
}

/** Whether an API lets it do what the permission stands for. */
export function holdsPermission(holding: Holding, action: string, api: string): Answer {
  const answers = [
    ...holding.appRoles.map((one) => fromRole(one, action, api)),
    ...holding.delegated.map((one) => fromScope(one, action, api)),
    ...(isApi([GRAPH], api).value === 'yes'
      ? holding.directoryRoles.map((one) =>
          depends(`It does not hold ${action}, but ${one.words} may let it do the same.`),
        )
      : []),
    ...openDocuments(holding),
  ]
  const answer = any(answers)
  return answer.value === 'no' ? no(`No application permission that it holds is ${short(action)}.`) : answer
}

export const openDocuments = ({ mysteries }: Holding): Answer[] =>
  mysteries
    .filter(({ about }) => about === 'directory' || about === 'any')
    .map(({ words }) => depends(`${words} It may allow this.`))

export type Where = { type: 'tenant' | 'unit' | 'object'; id: string }
/** `/`, `graph`, `/administrativeUnits/…` or the id of an object. */
export function whereOf(resource: string): Where {
  const text = resource.toLowerCase().replace(/^\/+|\/+$/g, '')
  const unit = /^administrativeunits\/(.+)$/.exec(text)?.[1]
  if (unit !== undefined) return { type: 'unit', id: unit }
  return text === '' || text === 'graph' ? { type: 'tenant', id: '' } : { type: 'object', id: text }
}

/** Whether a role that holds at a place holds at another: units and objects are not told what lies in them. */
export function reaches({ place, words }: DirectoryRole, where: Where): Answer {
  if (place.type === 'tenant') return yes()
  if (where.type === 'tenant') return no()
  if (place.type === where.type && place.id === where.id) return yes()
  if (place.type === 'unit' && where.type === 'unit') return no()
  return depends(`Whether ${words} is about ${short(where.id)} is not told.`)
}

/** `…/allProperties/allTasks` stands for everything of its kind, `…/allProperties/update` for updating any part of it. */
function coversAction(held: string, wanted: string): boolean {
  if (held === wanted) return true
  const [, kind, verb] = /^(.+)\/allproperties\/(\w+)$/.exec(held) ?? []
  if (kind === undefined || !wanted.startsWith(`${kind}/`)) return false
  return verb === 'alltasks' || wanted.endsWith(`/${verb}`)
}

/** Whether a directory role permits an action, wherever it holds. */
export function permits(role: DirectoryRole, action: string): Answer {
  const { template, words, builtIn, actions } = role
  if (template === GLOBAL_ADMINISTRATOR) return yes(`It holds ${words}.`)
  if (actions && builtIn === false) {
    const found = actions.filter((one) => coversAction(one.action, action))
    if (found.length === 0) return no()
    return found.some(({ condition }) => !condition)
      ? yes(`It holds ${words}, which permits ${action}.`)
      : depends(`It holds ${words}, which permits ${action} under a condition that is not read here.`)
  }
  const known = DIRECTORY_ROLES.get(template)
  if (known?.permits.some((one) => coversAction(one.toLowerCase(), action)))
    return yes(`It holds ${words}, which permits ${action}.`)
  if (known?.whole) return no()
  return depends(`It holds ${words}; all that it permits is not kept here.`)
}

export function held(role: DirectoryRole, person: boolean): Answer {
  if (role.enabled === false) return depends(`${role.words} is switched off.`)
  return role.eligible ? depends(`Only ${activation(person, role.words)}.`) : yes()
}

/** Whether directory roles allow an action of the directory at a place. */
export function mayDo(holding: Holding, action: string, where: Where): Answer {
  const answer = any([
    ...holding.directoryRoles.map((role) => {
      const parts = [permits(role, action), reaches(role, where), held(role, holding.person)]
      const refused = parts.find(({ value }) => value === 'no')
      if (refused) return no()
      const open = parts.filter(({ value }) => value === 'depends').flatMap(({ because }) => because)
      const because = [...open, ...(parts[0]?.because ?? [])]
      return open.length ? depends(...new Set(because)) : yes(...because)
    }),
    ...holding.appRoles.map((one) =>
      depends(`No directory role gives ${short(action)}, but ${one.words} may let it do the same.`),
    ),
    ...openDocuments(holding),
  ])
  const taken = limited(holding)
  if (answer.value === 'yes' && taken.value === 'depends') return depends(...taken.because, ...answer.because)
  return answer.value === 'no' ? no(`No directory role that it holds gives ${short(action)} there.`) : answer
}
