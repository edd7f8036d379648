// Steps through roles held in Azure: from each assignment to what lies in its scope, by the table of escalations.
import type { Step, StepTarget } from '@/core/access'
import { all, depends, type Answer } from '../three-valued'
import { alike, askedOf, may, need } from './alike'
import type { At } from './arm'
import { giving } from './assigning'
import type { ArmEscalation } from './escalations'
import type { Assignment } from './holding'
import { inVault, MODE_UNKNOWN } from './key-vault'
import { resourceTypeOf } from './scopes'
import type { Placed, Places } from './places'
import { few, placeOf } from './words'

type Found = { to: StepTarget; answer: Answer; missing?: readonly string[] }
export type ArmAt = At & { places: Places }

/** Assignments whose role was read and gives the action, whatever the place. */
const giversOf = (text: string, { holding }: At): readonly Assignment[] => {
  const { action, plane } = need(text)
  return holding.assignments.filter(
    ({ definition }) => definition && definition.permissions.permits(plane, action).length > 0,
  )
}

/** A role at a single resource gives nothing over resources of other types. */
export function isAbout(scope: string, action: string): boolean {
  const type = scope.includes('/resourcegroups/') ? resourceTypeOf(scope) : undefined
  return type === undefined || action.startsWith(`${type}/`)
}

/** One step for all the places where it can be taken. */
function together(to: StepTarget, found: readonly Found[]): Found[] {
  const kept = found.filter(({ answer }) => answer.value !== 'no')
  const sure = kept.filter(({ answer }) => answer.value === 'yes')
  const told = sure.length ? sure : kept
  if (told.length === 0) return []
  const because = [...new Set(told.flatMap(({ answer }) => answer.because))].slice(0, 8)
  const missing = [...new Set(told.flatMap((one) => one.missing ?? []))]
  return [
    { to, answer: { value: sure.length ? 'yes' : 'depends', because }, ...(missing.length && { missing }) },
  ]
}
const MORE: StepTarget = { kind: 'more' }
const ADMINISTRATOR: StepTarget = { kind: 'administrator' }

/** Z20, which a role that could not be read may give as well. */
function assigning(at: ArmAt): Found[] {
  const found = at.holding.assignments.flatMap((assignment): Found[] => {
    const giving_ = giving(assignment, at)
    if (!giving_) return []
    const whole = giving_.what === 'all' && at.tenant.scopes.isWholeTenant(assignment.scope)
    return [{ to: whole ? ADMINISTRATOR : MORE, answer: giving_.answer }]
  })
  for (const { about, words } of at.holding.mysteries)
    if (about === 'arm' || about === 'any')
      found.push({ to: ADMINISTRATOR, answer: depends(`${words} It may allow this.`) })
  return [ADMINISTRATOR, MORE].flatMap((to) =>
    together(
      to,
      found.filter((one) => one.to === to),
    ),
  )
}

function onScopes({ needs }: ArmEscalation, at: ArmAt): Found[] {
  const found = giversOf(needs[0] ?? '', at)
    .filter(({ scope }) => isAbout(scope, need(needs[0] ?? '').action))
    .map(({ scope }): Found => ({ to: MORE, answer: all(needs.map((one) => may(one, scope, at))) }))
  return together(MORE, found)
}

function onOwnRoles({ needs: [write = ''] }: ArmEscalation, at: ArmAt): Found[] {
  if (giversOf(write, at).length === 0) return []
  const found = at.holding.assignments.flatMap(({ definition, scope, eligible, words }): Found[] => {
    const assignable = definition?.assignable
    if (!assignable || assignable.includes('/') || assignable.length === 0 || eligible) return []
    const answer = all(assignable.map((one) => may(write, one, at)))
    const to = at.tenant.scopes.isWholeTenant(scope) ? ADMINISTRATOR : MORE
    return [
      { to, answer: { ...answer, because: [`It holds the custom role of ${words}.`, ...answer.because] } },
    ]
  })
  return [ADMINISTRATOR, MORE].flatMap((to) =>
    together(
      to,
      found.filter((one) => one.to === to),
    ),
  )
}

function onRunners({ needs, on }: ArmEscalation, at: ArmAt): Found[] {
  const givers = giversOf(needs[0] ?? '', at)
  if (on.at !== 'runner' || givers.length === 0) return []
  const targets = at.places.runnersIn(on.type, givers)
  const unseen = at.tenant.unseen('runners')
  if (targets.length === 0 && unseen.length && !at.tenant.runnersOf.has(on.type)) {
    const found = onScopes({ needs } as ArmEscalation, at)
    return found.map((one) => ({ ...one, answer: depends(...one.answer.because), missing: unseen }))
  }
  const answerAt = alike(needs, at, (place) => all(needs.map((one) => may(one, place, at))))
  return targets.map((one) => ({ to: one.to, answer: answerAt(one) }))
}

function onIdentities({ needs: [first = ''], on }: ArmEscalation, at: ArmAt): Found[] {
  const givers = giversOf(first, at)
  if (on.at !== 'identity' || givers.length === 0) return []
  const further: Answer[] = []
  for (const text of on.anywhere) {
    const places = giversOf(text, at).map(({ scope }) => ({ to: MORE, answer: may(text, scope, at) }))
    const best = together(MORE, places)[0]
    if (!best) return []
    further.push(best.answer)
  }
  const { known, unknown } = at.places.identitiesIn(givers)
  const answerAt = alike([first], at, (place) => all([may(first, place, at), ...further]))
  const found = known.map((one): Found => ({ to: one.to, answer: answerAt(one) }))
  const somewhere = unknown.length ? all([may(first, undefined, at), ...further]) : undefined
  if (somewhere?.value === 'yes') for (const { to } of unknown) found.push({ to, answer: somewhere })
  else if (somewhere?.value === 'depends')
    found.push({
      to: MORE,
      answer: depends(...somewhere.because),
      missing: [`Where these identities lie is not given: ${few(unknown.map(({ name }) => name))}.`],
    })
  return found
}

function onClusters({ needs }: ArmEscalation, at: ArmAt): Found[] {
  const givers = giversOf(needs[0] ?? '', at)
  if (givers.length === 0) return []
  const answerAt = alike(needs, at, (place) => all(needs.map((one) => may(one, place, at))))
  const found = at.places.clusters.map((cluster): Found => {
    const answer = answerAt(cluster)
    const because = [`It is about the cluster ${placeOf(cluster.place)}.`, ...answer.because]
    return { to: MORE, answer: { ...answer, because } }
  })
  const missing = at.tenant.unseen('things', 'runners')
  if (found.length === 0 && missing.length)
    return onScopes({ needs } as ArmEscalation, at).map((one) => ({
      ...one,
      answer: depends(...one.answer.because),
      missing,
    }))
  return together(MORE, found)
}

function onPolicyVaults({ needs }: ArmEscalation, at: ArmAt): Found[] {
  if (giversOf(needs[0] ?? '', at).length === 0) return []
  const answerAt = alike(needs, at, (place) => all(needs.map((one) => may(one, place, at))))
  const found = at.places.policyVaults.flatMap((vault): Found[] => {
    const answer = answerAt(vault)
    const because = [`${placeOf(vault.place)} goes by access policies.`, ...answer.because]
    return answer.value === 'no' ? [] : [{ to: MORE, answer: { ...answer, because } }]
  })
  const sure = together(MORE, found)
  if (sure.length) return sure
  // Where every vault tells by which way it goes, none goes by policies but those.
  if (at.tenant.roleVaults.size && !at.tenant.unseen('rulings').length) return []
  return onScopes({ needs } as ArmEscalation, at).map((one) => ({
    ...one,
    answer: depends(...one.answer.because),
    missing: [
      'Which key vaults go by access policies is not given but for those of which a policy was seen.',
    ],
  }))
}

function onSecrets({ needs: [first = ''] }: ArmEscalation, at: ArmAt): Found[] {
  const givers = giversOf(first, at)
  const { policies, mysteries } = at.holding
  if (givers.length === 0 && policies.length === 0 && mysteries.every(({ about }) => about !== 'vault'))
    return []
  const answerAt = alike(
    [first],
    at,
    (place) => inVault(askedOf(first, place), at, undefined),
    at.places.vaults,
  )
  const known = secretsFor(givers, at).map((one): Found => {
    const { to } = one
    const answer = answerAt(one)
    const missing = answer.because.includes(MODE_UNKNOWN) ? [MODE_UNKNOWN] : []
    return { to, answer, ...(missing.length && { missing }) }
  })
  const { lostVaults } = at.places
  if (lostVaults.length === 0 || givers.length === 0) return known
  const missing = [`Where these key vaults lie is not given: ${few(lostVaults)}.`]
  return [
    ...known,
    ...together(MORE, [{ to: MORE, answer: depends(...may(first, undefined, at).because), missing }]),
  ]
}

/** Where something that is held may open a vault: in all of them where it is not known what is held. */
function secretsFor(givers: readonly Assignment[], { holding, places }: ArmAt): readonly Placed[] {
  if (holding.mysteries.some(({ about }) => about !== 'directory')) return places.secrets
  const unread = holding.assignments.filter(({ definition }) => !definition)
  const ofPolicies = holding.policies.map(({ vault }) => ({ scope: vault }))
  return places.secretsIn([...givers, ...unread, ...ofPolicies])
}

const ENGINES: Readonly<Record<ArmEscalation['on']['at'], (one: ArmEscalation, at: ArmAt) => Found[]>> = {
  scope: (one, at) => (one.id === 'Z20' ? assigning(at) : onScopes(one, at)),
  'own-role': onOwnRoles,
  runner: onRunners,
  identity: onIdentities,
  cluster: onClusters,
  'policy-vault': onPolicyVaults,
  secret: onSecrets,
}

/** Of the ways to put an identity on compute of one's own, the first that holds is told, not all of them. */
const family = (id: string): string => (id.startsWith('Z23') ? 'Z23' : id)

export function armSteps(table: readonly ArmEscalation[], at: ArmAt): Step[] {
  // There is one object for each target, so that it needs no text made of each.
  const families = new Map<string, Map<StepTarget, Step>>()
  if (at.holding.assignments.length + at.holding.policies.length + at.holding.mysteries.length === 0)
    return []
  for (const escalation of table) {
    const steps = families.get(family(escalation.id)) ?? new Map<StepTarget, Step>()
    families.set(family(escalation.id), steps)
    const { id, gives, open } = escalation
    // Many targets have one answer.
    const told = new Map<Answer, readonly string[]>()
    for (const { to, answer, missing } of ENGINES[escalation.on.at](escalation, at)) {
      if (answer.value === 'no') continue
      const before = steps.get(to)
      if (before && (before.answer === 'yes' || answer.value === 'depends' || open)) continue
      let because = told.get(answer)
      if (!because) {
        because = [gives, ...answer.because.slice(0, 8), ...(open === undefined ? [] : [open])]
        told.set(answer, because)
      }
      const isSure = open === undefined && answer.value === 'yes'
      steps.set(to, {
        to,
        by: id,
        answer: isSure ? 'yes' : 'depends',
        because,
        ...(missing && missing.length > 0 && { missing }),
      })
    }
  }
  return [...families.values()].flatMap((steps) => [...steps.values()])
}
