// How much a principal may do by what it holds: the strongest level that is certain, and the strongest that is possible.
import { PRIVILEGES, type PrivilegeLevel, type Privileges } from '@/core/access'
import { all, depends, yes, type Answer } from '../three-valued'
import { given, judged, unreadRole, type At } from './arm'
import { giving } from './assigning'
import { counts, held, isApi, permissionName } from './directory'
import {
  GLOBAL_ADMINISTRATOR,
  PRIVILEGED_ROLE_ADMINISTRATOR,
  DIRECTORY_ROLES,
  READERS,
} from './directory-roles'
import { ENTRA } from './escalations'
import type { Assignment } from './holding'
import { levelOfPermission, levelOfRight, probesOf } from './levels'
import { isAbout } from './steps-arm'

type Found = { level: PrivilegeLevel; answer: Answer }
const rank = (level: PrivilegeLevel): number => PRIVILEGES.indexOf(level)

/** Owner of a whole subscription, a management group or the tenant; whoever can make itself that; and less. */
function ofAssignment(assignment: Assignment, at: At): Found[] {
  const { definition, scope, words, condition } = assignment
  const whole = at.tenant.scopes.isWholeSubscription(scope)
  if (!definition)
    return [{ level: whole ? 'administrator' : 'sensitive', answer: depends(unreadRole(assignment)) }]
  const found: Found[] = []
  const self = giving(assignment, at)
  if (self && whole) {
    const full = definition.permissions.everything && self.what === 'all'
    const level = full && !condition ? 'administrator' : 'escalates'
    const answer = self.what === 'all' ? self.answer : depends(...self.answer.because)
    found.push({
      level,
      answer: { ...answer, because: [`${words}: it can make itself Owner there.`, ...answer.because] },
    })
    if (full && condition) found.push({ level: 'administrator', answer: depends(...answer.because) })
  }
  for (const { plane, action, level } of probesOf(definition)) {
    if (found.some((one) => one.answer.value === 'yes' && rank(one.level) <= rank(level))) continue
    if (!isAbout(scope, action) && plane === 'control' && level === 'sensitive') continue
    const asked = { plane, target: scope, request: { action, resource: scope, attributes: new Map() } }
    const mine = given(assignment, asked, at)
    if (mine.value === 'no') continue
    // The denials of the tenant count for all roles together.
    const answer = mine.value === 'yes' ? judged(asked, at) : mine
    if (answer.value !== 'no')
      found.push({ level, answer: { ...answer, because: [`${words}.`, ...answer.because] } })
  }
  return found
}

const ADMINISTRATOR = new Set(['rolemanagement.readwrite.directory'])

function ofPermissions({ holding }: At): Found[] {
  const found: Found[] = []
  for (const role of holding.appRoles) {
    const name = permissionName(role)?.toLowerCase()
    const graph = isApi(role.api, 'graph')
    const on = graph.value === 'depends' ? depends(...counts(role).because) : counts(role)
    if (name === undefined) {
      const level = graph.value === 'no' ? 'sensitive' : 'administrator'
      found.push(
        { level: 'read', answer: on },
        { level, answer: depends(`What ${role.words} permits is not known here.`) },
      )
      continue
    }
    found.push({ level: levelOfPermission(name), answer: on })
    if (graph.value === 'no') continue
    const way = ENTRA.find(
      ({ permission, to }) => to === 'administrator' && permission?.some((one) => one.toLowerCase() === name),
    )
    if (!way) continue
    const open = way.open === undefined ? on : depends(...on.because, way.open)
    found.push({ level: ADMINISTRATOR.has(name) ? 'administrator' : 'escalates', answer: open })
  }
  for (const { value, words } of holding.delegated)
    found.push({
      level: ADMINISTRATOR.has(value.toLowerCase()) ? 'administrator' : levelOfPermission(value),
      answer: depends(`${words}: only in the name of a signed-in user.`),
    })
  return found
}

function ofDirectoryRoles({ holding }: At): Found[] {
  return holding.directoryRoles.flatMap((role): Found[] => {
    const { template, place, words, builtIn, actions } = role
    const on = all([held(role, holding.person), yes(`It holds ${words}.`)])
    if (READERS.has(template)) return [{ level: 'read', answer: on }]
    const tenant = place.type === 'tenant'
    if (tenant && (template === GLOBAL_ADMINISTRATOR || template === PRIVILEGED_ROLE_ADMINISTRATOR))
      return [{ level: 'administrator', answer: on }]
    const listed =
      builtIn === false ? actions?.map(({ action }) => action) : DIRECTORY_ROLES.get(template)?.permits
    if (!listed)
      return [
        { level: 'read', answer: on },
        {
          level: tenant ? 'administrator' : 'write',
          answer: depends(`What ${words} permits is not kept here.`),
        },
      ]
    const assigns = listed.some((one) =>
      /^microsoft\.directory\/roleassignments\/allproperties\/(alltasks|update)$/i.test(one),
    )
    const writes = listed.some((one) => !/\/read$/.test(one))
    return [
      { level: writes ? 'write' : 'read', answer: on },
      ...(assigns && tenant ? [{ level: 'escalates' as const, answer: on }] : []),
    ]
  })
}

const ofPolicies = ({ holding }: At): Found[] =>
  holding.policies.flatMap(({ rights, words, onlyThrough }) =>
    [...rights].flatMap(([sort, listed]) =>
      listed.map((right): Found => ({
        level: levelOfRight(sort, right),
        answer:
          onlyThrough === undefined
            ? yes(`${words} gives ${sort} ${right}.`)
            : depends(`${words}, only together with a user.`),
      })),
    ),
  )

const BECAUSE_MAX = 8

export function privilegesOf(at: At): Privileges {
  const { holding, tenant } = at
  const found = [
    ...holding.assignments.flatMap((one) => ofAssignment(one, at)),
    ...ofPermissions(at),
    ...ofDirectoryRoles(at),
    ...ofPolicies(at),
    ...holding.mysteries
      .filter(({ about }) => about !== 'limit')
      .map(({ words, about }): Found => ({
        level: about === 'vault' ? 'sensitive' : 'administrator',
        answer: depends(words),
      })),
  ].filter(({ answer }) => answer.value !== 'no')
  const unseen = tenant.unseen('grants')
  const best = (of: readonly Found[]): PrivilegeLevel =>
    PRIVILEGES.find((level) => of.some((one) => one.level === level)) ?? 'none'
  const certain = best(found.filter(({ answer }) => answer.value === 'yes'))
  const possible = unseen.length ? 'administrator' : best(found)
  const told = found.filter(
    ({ level, answer }) =>
      (level === certain && answer.value === 'yes') || (level === possible && possible !== certain),
  )
  const because = [...new Set(told.flatMap(({ answer }) => answer.because))].slice(0, BECAUSE_MAX)
  const limits = holding.mysteries.filter(({ about }) => about === 'limit').map(({ words }) => words)
  const missing = [...unseen, ...(holding.assignments.length ? tenant.unseen('rulings') : []), ...limits]
  return {
    certain,
    possible,
    because: because.length ? because : ['It holds nothing in Azure or Entra that does anything.'],
    ...(missing.length > 0 && { missing }),
  }
}
