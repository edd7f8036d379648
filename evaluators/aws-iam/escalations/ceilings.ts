// Ways over what keeps a subject down: its boundary, and policies that deny it something.
import type { Step } from '@/core/access'
import { arnOf } from '../arn'
import { unless, type Judged } from '../judged'
import type { Definition } from './definition'
import { both, EVERYTHING } from './own'
import { onceUnbound } from './raised'
import { stepTo } from './step'
import type { Subject } from '../subject'
import { deniesSomething, widerThanBoundary } from './wider'
import { groupOf, isProtected, type World } from './world'

type As<W extends Definition['way']> = Extract<Definition, { way: W }>
const TARGETS_MAX = 50

export function* shedsBoundary(
  world: World,
  subject: Subject,
  definition: As<'shed-boundary'>,
): Generator<Step> {
  if (definition.enter === 'trust') {
    yield* shedsOther(world, subject, definition)
    return
  }
  const { access } = world
  if (subject.kind !== definition.of || subject.arn === undefined) return
  const wider = widerThanBoundary(subject.holding)
  if (wider.value === 'no') return
  const { partition } = access.placeOf(subject)
  const limit = subject.principal.held.find(({ effect }) => effect === 'limit')?.id
  // The key tells the boundary that is set by the request, or the one that is taken off.
  const boundary = definition.swap ? EVERYTHING(partition) : limit?.startsWith('arn:') ? limit : undefined
  const context = boundary === undefined ? undefined : { 'iam:PermissionsBoundary': boundary }
  const answer = access.judge(subject, { action: definition.action, resource: subject.arn, context })
  if (answer.value !== 'no') yield stepTo(onceUnbound(access, subject), definition, both(answer, wider))
}

function* shedsOther(world: World, subject: Subject, definition: As<'shed-boundary'>): Generator<Step> {
  const { access } = world
  let looked = 0
  for (const { to, answer: trusted, missing = [] } of world.trustSteps(subject)) {
    const target = to.kind === 'principal' ? access.subject(to.id) : undefined
    if (!target?.arn || !target.holding.limits.length || looked++ > TARGETS_MAX) continue
    const wider = widerThanBoundary(target.holding)
    if (wider.value === 'no') continue
    const answer = access.judge(subject, { action: definition.action, resource: target.arn })
    if (answer.value === 'no') continue
    const words = [`It can become ${target.principal.name.slice(0, 120)}, which has a boundary.`]
    const whole: Judged = both(unless(answer, missing), wider)
    const certain: Judged = trusted === 'depends' ? { ...whole, value: 'depends' } : whole
    yield stepTo(onceUnbound(access, target), definition, certain, words)
  }
}

/** A policy that denies is taken off by the request that its deny does not cover. */
export function* shedsDeny(
  { access }: World,
  subject: Subject,
  definition: As<'shed-deny'>,
): Generator<Step> {
  const { of, via, action } = definition
  if (subject.arn === undefined || isProtected(subject.arn)) return
  if (of === 'group' ? subject.kind !== 'user' : subject.kind !== of) return
  const held = subject.principal.held
  const { partition, account } = access.placeOf(subject)
  for (const one of held) {
    if (one.effect !== 'allow') continue
    const group = groupOf(one.via)
    if (via === 'group' ? group === undefined : one.via !== via) continue
    const denies = deniesSomething(one, held)
    if (denies.value === 'no') continue
    const resource = group === undefined ? subject.arn : `arn:${partition}:iam::${account}:group/${group}`
    const context = via === 'attached' && arnOf(one.id) ? { 'iam:PolicyARN': one.id } : undefined
    const answer = access.judge(subject, { action, resource, context })
    if (answer.value === 'no') continue
    const path = group === undefined ? [] : ['The path of the group is not told']
    const words = [`${one.name.slice(0, 120)} (${one.via}) denies what it is otherwise allowed.`]
    yield stepTo({ kind: 'more' }, definition, both(unless(answer, path), denies), words)
  }
}
