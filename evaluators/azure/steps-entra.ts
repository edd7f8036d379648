// Steps through the directory: application permissions, directory roles and ownership.
import type { Principal, Step } from '@/core/access'
import { any, depends, no, yes, type Answer } from '../three-valued'
import { counts, held, isApi, permissionName, permits } from './directory'
import { DIRECTORY_ROLES } from './directory-roles'
import { ENTRA, type EntraEscalation } from './escalations'
import type { DirectoryRole } from './documents'
import type { Holding } from './holding'

/** Of the applications of a tenant: the strongest first, and which object each is. */
export type Applications = {
  all: readonly { principal: Principal; open?: string }[]
  byObject: ReadonlyMap<string, Principal>
}

const LOCKED =
  'It is registered elsewhere: a lock that its owner has put on the application keeps credentials from being added here.'
const MICROSOFT = 'It is an application of Microsoft: most of these refuse credentials of others.'

/** Managed identities and agents never have credentials of their own. */
export function applicationsOf(principals: readonly Principal[]): Applications {
  const byObject = new Map<string, Principal>()
  const all = principals.flatMap((principal) => {
    const { type } = principal
    if (type === 'azure.managed-identity' || type === 'azure.agent-identity') return []
    byObject.set(principal.id.toLowerCase(), principal)
    // Trusts hang on the application object, of which nothing else tells the id.
    for (const { id } of principal.trusts) byObject.set(id.split('/')[0]?.toLowerCase() ?? '', principal)
    if (principal.class === 'provider') return principal.held.length ? [{ principal, open: MICROSOFT }] : []
    return [type === 'azure.service-principal' ? { principal, open: LOCKED } : { principal }]
  })
  return { all, byObject }
}

/** Whether it holds one of the permissions for itself: in the name of people alone it can take no step on its own. */
export function ownPermission({ appRoles }: Holding, names: readonly string[]): Answer {
  const wanted = new Set(names.map((one) => one.toLowerCase()))
  return any(
    appRoles.map((role) => {
      const api = isApi(role.api, 'graph')
      const name = permissionName(role)?.toLowerCase()
      if (api.value === 'no' || name === undefined || !wanted.has(name)) return no()
      return api.value === 'yes' ? counts(role) : depends(...counts(role).because, ...api.because)
    }),
  )
}

type Step_ = { to: Step['to']; answer: Answer; open?: string | undefined }

const toAll = (applications: Applications, answer: Answer): Step_[] =>
  applications.all.map(({ principal, open }) => ({
    to: { kind: 'principal', id: principal.id },
    answer,
    open,
  }))

/** What one directory role leads to: everything, one object, or nothing that is an application. */
function reached(
  role: DirectoryRole,
  answer: Answer,
  to: EntraEscalation['to'],
  applications: Applications,
): Step_[] {
  const { place, words } = role
  if (place.type === 'tenant')
    return to === 'applications' ? toAll(applications, answer) : [{ to: { kind: to }, answer }]
  // Administrative units hold people, groups and devices, never applications.
  if (to === 'administrator' || (to === 'applications' && place.type === 'unit')) return []
  if (to === 'more') return [{ to: { kind: 'more' }, answer: depends(...answer.because) }]
  const target = applications.byObject.get(place.id)
  return target
    ? [{ to: { kind: 'principal', id: target.id }, answer }]
    : [
        {
          to: { kind: 'more' },
          answer: depends(...answer.because, `Which application ${words} is about is not given.`),
        },
      ]
}

function byRole(escalation: EntraEscalation, holding: Holding, applications: Applications): Step_[] {
  return holding.directoryRoles.flatMap((role) => {
    const known = role.builtIn === false ? role.actions !== undefined : DIRECTORY_ROLES.has(role.template)
    if (!known) return []
    const given = any(
      (escalation.action ?? []).map((one) => permits(role, one)).filter(certainOrConditional(role)),
    )
    if (given.value === 'no') return []
    const on = held(role, holding.person)
    const answer =
      given.value === 'yes' && on.value === 'yes'
        ? yes(...given.because)
        : depends(...on.because, ...given.because)
    return reached(role, answer, escalation.to, applications)
  })
}
/** Of a built-in role in the table, what does not stand there leads nowhere. */
const certainOrConditional =
  ({ builtIn }: DirectoryRole) =>
  ({ value }: Answer): boolean =>
    builtIn === false || value === 'yes'

/** Roles and permissions of which it is not known what they permit: they may lead anywhere. */
function mysterious(holding: Holding): Step[] {
  const words = [
    ...holding.mysteries
      .filter(({ about }) => about === 'directory' || about === 'any')
      .map((one) => one.words),
    ...holding.appRoles
      .filter((role) => permissionName(role) === undefined && isApi(role.api, 'graph').value !== 'no')
      .map((role) => `What ${role.words} permits is not known here.`),
  ]
  const roles = holding.directoryRoles
    .filter(
      ({ template, builtIn, actions }) => !(builtIn === false ? actions : DIRECTORY_ROLES.has(template)),
    )
    .map((role) => `What ${role.words} permits is not kept here.`)
  const step = (by: string, to: Step['to'], because: string[]): Step[] =>
    because.length ? [{ to, by, answer: 'depends', because }] : []
  return [...step('Z01', { kind: 'administrator' }, words), ...step('Z11', { kind: 'more' }, roles)]
}

export function entraSteps(holding: Holding, applications: Applications): Step[] {
  const steps: Step[] = []
  for (const escalation of ENTRA) {
    if (escalation.owned) continue
    const { id, gives, open, permission, to } = escalation
    const answer = permission && ownPermission(holding, permission)
    const found = permission
      ? answer && answer.value !== 'no'
        ? to === 'applications'
          ? toAll(applications, answer)
          : [{ to: { kind: to }, answer, open: undefined }]
        : []
      : byRole(escalation, holding, applications)
    for (const one of found) {
      const left = [open, one.open].filter((words) => words !== undefined)
      steps.push({
        to: one.to,
        by: id,
        answer: left.length || one.answer.value !== 'yes' ? 'depends' : 'yes',
        because: [gives, ...one.answer.because, ...left],
      })
    }
  }
  return [...steps, ...mysterious(holding)]
}

/** To what it owns: with the permission for it, or only by owning. */
export function ownerSteps(holding: Holding, owned: readonly Principal[]): Step[] {
  if (owned.length === 0) return []
  const byPermission = ownPermission(holding, ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'])
  const id = byPermission.value === 'no' ? 'Z10' : 'Z04'
  const escalation = ENTRA.find((one) => one.id === id)
  if (!escalation) return []
  return owned.map((principal): Step => ({
    to: { kind: 'principal', id: principal.id },
    by: id,
    answer: byPermission.value === 'yes' ? 'yes' : 'depends',
    because: [
      escalation.gives,
      `It owns ${principal.name}.`,
      ...byPermission.because,
      ...(escalation.open === undefined ? [] : [escalation.open]),
    ],
  }))
}
