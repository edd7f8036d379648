// Custom roles that hold the actions that were seen in use, assignment by assignment: where a source tells which.
import type { Held, Question, Realm, Ruling } from '@/core/access'
import {
  exercisedOf,
  holding,
  isText,
  plainName,
  textsIn,
  withheld,
  type Given,
  type Proposal,
  type Proposer,
} from '../proposal'
import { fits as fitsPattern } from './patterns'

const EVIDENCE =
  'Azure tells when somebody signed in, and not which actions were used: that stands in activity logs and in the logs of each service, which are not collected.'

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

const rights: Proposer['rights'] = (held, given) => {
  const place = assigned(held)
  const permissions = place && permissionsOf(given.realm, place.role)
  if (!permissions) return undefined
  const told = exercisedOf(given, held)
  const granted = permissions.flatMap((one) => [...textsIn(one['actions']), ...textsIn(one['dataActions'])])
  return {
    told: told !== undefined,
    rights: [...new Set(granted)].sort().map((name) => ({
      name,
      use: told?.actions.some((action) => fits([name], action))
        ? name.includes('*')
          ? 'may-be'
          : 'seen'
        : 'not-seen',
    })),
  }
}

type Made = { held: Held; ruling: Ruling; asks: Question[]; text: string }
/** @returns why there is none, in words; undefined where nothing of it is used */
function narrowed(held: Held, given: Given, number: number): Made | string | undefined {
  const place = assigned(held)
  const permissions = place && permissionsOf(given.realm, place.role)
  if (!permissions) return `What ${held.name} gives could not be read.`
  const used = [...(exercisedOf(given, held)?.actions ?? [])].sort()
  const plain = used.filter((action) => permissions.some((one) => gives(one, action, 'actions')))
  const data = used.filter((action) => permissions.some((one) => gives(one, action, 'dataActions')))
  const beyond = used.find((action) => !plain.includes(action) && !data.includes(action))
  if (beyond !== undefined)
    return `${beyond} was seen in use by ${held.name}, which does not give it now: a proposal would give more.`
  if (!used.length) return undefined
  const id = `${plainName(given.principal.name, '-')}-${number}`
  const scopes = [place.scope]
  const role = {
    Name: id,
    IsCustom: true,
    Description: `In place of ${held.name}`.slice(0, 500),
    Actions: plain,
    NotActions: [],
    DataActions: data,
    NotDataActions: [],
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
      document: {
        kind: 'definition',
        permissions: [{ actions: plain, dataActions: data }],
        assignableScopes: scopes,
      },
    },
    asks: used.map((action) => ({ action, resource: place.scope })),
    text: `${JSON.stringify(role, undefined, 2)}\n`,
  }
}

function propose(given: Given): Proposal {
  const { realm, principal } = given
  const told = principal.held.filter((held) => exercisedOf(given, held))
  if (!told.length) return withheld(`Nothing tells which actions it uses. ${EVIDENCE}`)
  const made: Made[] = []
  for (const held of told) {
    const one = narrowed(held, given, made.length + 1)
    if (typeof one === 'string') return withheld(one)
    if (one) made.push(one)
  }
  const others = principal.held.filter((held) => !told.includes(held))
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
    notes: told.map(({ name }) => `${name} is to be removed.`),
  }
}

export const azureProposer: Proposer = { platform: 'azure', evidence: EVIDENCE, rights, propose }
