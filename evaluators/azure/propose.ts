// Custom roles that hold what was seen in use and what nothing tells of, assignment by assignment.
import type { Held, Question, Realm, Ruling } from '@/core/access'
import {
  exercisedOf,
  holding,
  isText,
  plainName,
  textsIn,
  withheld,
  type Exercised,
  type Given,
  type Proposal,
  type Proposer,
  type Right,
} from '../proposal'
import { LoggedUse } from './logged'
import { fits as fitsPattern } from './patterns'

const EVIDENCE =
  'The Activity Log tells which writes, deletes and actions went through Azure Resource Manager (Microsoft.Insights/eventtypes/values/read), for 90 days. What was read, and what was done to data, stands in the logs of each service, which are not collected.'
const NOTES = [
  'What reads and what is about data stays: the Activity Log does not tell of it.',
  'Rights that Azure checks with another call (such as join/action on what is linked to), and those that a service checks itself, stay as far as they are known here. There may be others: give the new role beside the old one first.',
  'A wildcard is written out by verbs. Where Azure refuses the role because no service has an action that it names, leave that one out.',
]

type Permission = Readonly<Record<string, unknown>>
const permissionsOf = ({ rulings }: Realm, role: string): Permission[] | undefined => {
  const found = rulings.find(({ id }) => id.toLowerCase() === role.toLowerCase())?.document?.['permissions']
  return Array.isArray(found) &&
    found.every((one): one is Permission => typeof one === 'object' && one !== null)
    ? found
    : undefined
}
const fits = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => fitsPattern(pattern.toLowerCase())(action.toLowerCase()))
const gives = (one: Permission, action: string, kind: 'actions' | 'dataActions'): boolean =>
  fits(textsIn(one[kind]), action) &&
  !fits(textsIn(one[kind === 'actions' ? 'notActions' : 'notDataActions']), action)

const assigned = ({ document }: Held) => {
  const [role, scope] = [document?.['role'], document?.['scope']]
  return document?.['kind'] === 'assigned' && isText(role) && isText(scope) ? { role, scope } : undefined
}

/** Of a pattern, what is told of its verbs and of single actions beside it. */
function usesOf(name: string, use: LoggedUse): Right[] {
  const parts = use.parts(name)
  const isTold = parts.some((one) => one.isTold)
  if (!name.includes('*')) {
    const [{ used = [] } = {}] = parts
    return [{ name, use: used.length ? 'seen' : use.left(name).length ? 'may-be' : 'not-seen' }]
  }
  const own: Right = { name, use: use.left(name).length ? 'may-be' : 'not-seen' }
  if (!isTold) return [own]
  const beside = parts.flatMap(({ pattern, isTold: told, used, silent }): Right[] => [
    { name: pattern, use: told && !used.length && !silent.includes(pattern) ? 'not-seen' : 'may-be' },
    ...(told ? silent : []).map((one): Right => ({ name: one, use: 'may-be' })),
    ...used.map((one): Right => ({ name: one, use: 'seen' })),
  ])
  return [own, ...beside.filter((one) => one.name !== name)]
}
function usesWithoutSilence(name: string, { actions = [] }: Partial<Exercised>): Right[] {
  const isUsed = actions.some((action) => fits([name], action))
  return [{ name, use: isUsed ? (name.includes('*') ? 'may-be' : 'seen') : 'not-seen' }]
}

const rights: Proposer['rights'] = (held, given) => {
  const place = assigned(held)
  const permissions = place && permissionsOf(given.realm, place.role)
  if (!permissions) return undefined
  const told = exercisedOf(given, held)
  const use = told?.unseen && new LoggedUse(told)
  const all = new Map<string, Right>()
  for (const one of permissions) {
    const plain = textsIn(one['actions'])
    const data = textsIn(one['dataActions'])
    const listed: Right[] = use
      ? [
          ...plain.flatMap((name) => usesOf(name, use)),
          ...data.map((name): Right => ({ name, use: 'may-be' })),
        ]
      : [...plain, ...data].flatMap((name) => usesWithoutSilence(name, told ?? {}))
    for (const right of listed) all.set(right.name, right)
  }
  const byName = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { told: told !== undefined, rights: byName }
}

type Lists = { actions: string[]; notActions: string[]; dataActions: string[]; notDataActions: string[] }
const listsOf = (one: Permission): Lists => ({
  actions: textsIn(one['actions']),
  notActions: textsIn(one['notActions']),
  dataActions: textsIn(one['dataActions']),
  notDataActions: textsIn(one['notDataActions']),
})
/** What stays of one entry. Where a source tells of nothing but what was used, the rest was not. */
function staying(one: Permission, { actions, unseen }: Exercised): Lists {
  if (!unseen)
    return {
      actions: [...actions].sort().filter((action) => gives(one, action, 'actions')),
      notActions: [],
      dataActions: [...actions].sort().filter((action) => gives(one, action, 'dataActions')),
      notDataActions: [],
    }
  const use = new LoggedUse({ actions, unseen })
  const lists = listsOf(one)
  return { ...lists, actions: [...new Set(lists.actions.flatMap((right) => use.left(right)))] }
}

type Made = { held: Held; ruling: Ruling; asks: Question[]; text: string }
type Narrowed = { made: Made[]; isSame: boolean }
/** Roles can be assigned at a resource, but be made for a group of them at the lowest ("Understand Azure role definitions"). */
const assignableAt = (scope: string): string =>
  /^\/subscriptions\/[^/]+(\/resourcegroups\/[^/]+)?/i.exec(scope)?.[0] ?? scope

/** @returns why there is none, in words */
function narrowed(held: Held, told: Exercised, given: Given, number: number): Narrowed | string {
  const place = assigned(held)
  const permissions = place && permissionsOf(given.realm, place.role)
  if (!permissions) return `What ${held.name} gives could not be read.`
  if (permissions.some((one) => one['condition'] !== undefined))
    return `What ${held.name} gives holds under a condition of its definition, which no custom role can have.`
  const beyond = told.actions.find(
    (action) =>
      !permissions.some((one) => gives(one, action, 'actions') || gives(one, action, 'dataActions')),
  )
  if (beyond !== undefined)
    return `${beyond} was seen in use by ${held.name}, which does not give it now: a proposal would give more.`
  const stay = permissions.map((one) => staying(one, told))
  const isSame = stay.every(
    (lists, at) => JSON.stringify(lists) === JSON.stringify(listsOf(permissions[at] ?? {})),
  )
  // Each entry less its own exceptions: a custom role has room for one.
  const made = stay
    .filter(({ actions, dataActions }) => actions.length || dataActions.length)
    .map((lists, at) => roleFor(held, lists, { number: number + at, given, scope: place.scope }))
  // Whichever of them gives what was seen: it is asked once.
  const asks = [...told.actions].sort().map((action) => ({
    // What stands in a log of changes is about resources: of actions that no role names it would not be known.
    action: told.unseen ? `control:${action}` : action,
    resource: place.scope,
  }))
  return { made: made.map((one, at) => (at === 0 ? { ...one, asks } : one)), isSame }
}

function roleFor(
  held: Held,
  lists: Lists,
  { number, given, scope }: { number: number; given: Given; scope: string },
): Made {
  const id = `${plainName(given.principal.name, '-')}-${number}`
  const scopes = [assignableAt(scope)]
  const role = {
    Name: id,
    IsCustom: true,
    Description: `In place of ${held.name}`.slice(0, 500),
    Actions: lists.actions,
    NotActions: lists.notActions,
    DataActions: lists.dataActions,
    NotDataActions: lists.notDataActions,
    AssignableScopes: scopes,
  }
  return {
    held,
    ruling: {
      id,
      type: 'azure.role-definition',
      name: id,
      aliases: [],
      language: 'azure-rbac',
      document: { kind: 'definition', permissions: [lists], assignableScopes: scopes },
    },
    asks: [],
    text: `${JSON.stringify(role, undefined, 2)}\n`,
  }
}

function propose(given: Given): Proposal {
  const { realm, principal } = given
  const told = principal.held.filter((held) => exercisedOf(given, held))
  if (!told.length) return withheld(`Nothing tells which actions it uses. ${EVIDENCE}`)
  const made: Made[] = []
  const same: Held[] = []
  for (const held of told) {
    const use = exercisedOf(given, held)
    const one = use && narrowed(held, use, given, made.length + 1)
    if (typeof one === 'string') return withheld(one)
    if (one?.isSame) same.push(held)
    else made.push(...(one?.made ?? []))
  }
  const replaced = told.filter((held) => !same.includes(held))
  if (!replaced.length) return withheld('Nothing can be left out of what it holds, by what is told.')
  const others = principal.held.filter((held) => !replaced.includes(held))
  return {
    made: true,
    files: made.map(({ ruling, text }) => ({ name: `${ruling.id}.json`, language: 'json', text })),
    realm: holding(
      realm,
      principal.id,
      [
        ...others,
        ...made.map(({ held, ruling }) => ({
          ...held,
          id: `${ruling.id}@${assigned(held)?.scope}`,
          name: ruling.id,
          document: { ...held.document, role: ruling.id },
        })),
      ],
      made.map(({ ruling }) => ruling),
    ),
    asks: made.flatMap(({ asks }) => asks),
    notes: notesOf(given, { replaced, others, same }),
  }
}

function notesOf(
  given: Given,
  { replaced, others, same }: Readonly<Record<'replaced' | 'others' | 'same', readonly Held[]>>,
): string[] {
  return [
    ...replaced.map(({ name, via }) =>
      via.startsWith('group')
        ? `${name} is held through a group: it is to be taken out of it, and what others in it use was not looked at.`
        : `${name} is to be removed.`,
    ),
    ...others.map((held) =>
      same.includes(held)
        ? `${held.name} stays: nothing can be left out of it, by what is told.`
        : `${held.name} stays: nothing tells whether it is used.`,
    ),
    ...(replaced.some((held) => exercisedOf(given, held)?.unseen) ? NOTES : []),
  ].slice(0, 20)
}

export const azureProposer: Proposer = { platform: 'azure', evidence: EVIDENCE, rights, propose }
