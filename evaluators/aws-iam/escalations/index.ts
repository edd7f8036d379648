// The steps of a subject by the table of escalations.
import type { Escalation, Step } from '@/core/access'
import type { AwsAccess } from '../aws-access'
import { covers } from '../glob'
import type { Holding } from '../holding'
import type { Subject } from '../subject'
import { isPlain } from './asks'
import { shedsBoundary, shedsDeny } from './ceilings'
import type { Definition } from './definition'
import { becomes, raisesOther, rewritesOther } from './others'
import { joins, raisesGroup, raisesItself, rewritesOwn } from './own'
import { clusters, entered, issuers, passed, whereOpen } from './services'
import { TABLE, UNREAD } from './table'
import { worldOf, type World } from './world'

/** Being let in by a trust is told by the steps of trust, under a definition of its own. */
export const ESCALATIONS: readonly Escalation[] = TABLE.filter(({ id }) => id !== 'trust').map(
  ({ id, title, needs, only, gives, source }) => ({
    id,
    title,
    needs,
    ...(only !== undefined && { only }),
    gives,
    source,
  }),
)

/** Steps of one subject that are told; past it there are more. */
const STEPS_MAX = 500
/** Ways that end at the same targets for all who hold the same; their steps are worked out once. */
const SHARED: ReadonlySet<Definition['way']> = new Set([
  'pass',
  'runner',
  'become',
  'open',
  'cluster',
  'issuer',
])

const isShared = (definition: Definition): boolean =>
  SHARED.has(definition.way) && !(definition.way === 'become' && definition.partly)

export function escalationSteps(access: AwsAccess, subject: Subject): { steps: Step[]; more: boolean } {
  const world = worldOf(access)
  const candidates = candidatesFor(subject.holding)
  const unread = unreadStep(subject.holding)
  const own = candidates.filter((one) => !isShared(one)).flatMap((one) => [...stepsBy(world, subject, one)])
  const wide = sharedSteps(world, subject, candidates.filter(isShared))
  const steps: Step[] = []
  let { more } = wide
  for (const step of [...unread, ...strongest(own), ...wide.steps]) {
    if (step.to.kind === 'principal' && step.to.id === subject.principal.id) continue
    if (steps.length === STEPS_MAX) {
      more = true
      break
    }
    steps.push(step)
  }
  return { steps, more }
}

/** Definitions of which every action is spoken of at all by what is held and understood. */
function candidatesFor(holding: Holding): readonly Definition[] {
  const known = holding.answers.get('escalation candidates') as readonly Definition[] | undefined
  if (known) return known
  const services = servicesIn(holding)
  const spoken = new Map<string, boolean>()
  const speaks = (action: string): boolean => {
    const found = spoken.get(action)
    if (found !== undefined) return found
    const service = action.slice(0, action.indexOf(':'))
    const is =
      services.some((one) => covers(one, service)) &&
      holding.own.of(action.toLowerCase()).allow.some(({ understood }) => understood)
    spoken.set(action, is)
    return is
  }
  const found = TABLE.filter(({ needs }) => needs.length > 0 && needs.every(speaks))
  holding.answers.set('escalation candidates', found)
  return found
}

const ANY_WAY = 'What it allows is not known: any way of the table may be open to it.'
/** What was not understood could allow anything: one step says so, in place of every step there could be. */
function unreadStep({ own }: Holding): Step[] {
  const unread = own.statements.filter(({ understood, effect }) => !understood && effect !== 'Deny')
  if (!unread.length) return []
  const because = [...unread.slice(0, 4).map(({ words }) => words), ANY_WAY]
  return [{ to: { kind: 'more' }, by: UNREAD, answer: 'depends', because }]
}

/** Services that allowing statements name, as patterns. */
function servicesIn({ own }: Holding): string[] {
  const found = new Set<string>()
  for (const { effect, actions, understood } of own.statements) {
    if (effect === 'Deny' || !understood) continue
    if (actions.except) return ['*']
    for (const pattern of actions.patterns) {
      const end = pattern.indexOf(':')
      found.add(end < 0 ? '*' : pattern.slice(0, end))
    }
  }
  return [...found]
}

function stepsBy(world: World, subject: Subject, definition: Definition): Iterable<Step> {
  switch (definition.way) {
    case 'pass':
      return passed(world, subject, definition)
    case 'runner':
      return entered(world, subject, definition)
    case 'raise-self':
      return raisesItself(world, subject, definition)
    case 'raise-own-group':
      return raisesGroup(world, subject, definition)
    case 'join-group':
      return joins(world, subject, definition)
    case 'rewrite-own':
      return rewritesOwn(world, subject, definition)
    case 'become':
      return becomes(world, subject, definition)
    case 'raise-other':
      return raisesOther(world, subject, definition)
    case 'rewrite-other':
      return rewritesOther(world, subject, definition)
    case 'shed-boundary':
      return shedsBoundary(world, subject, definition)
    case 'shed-deny':
      return shedsDeny(world, subject, definition)
    case 'issuer':
      return issuers(world, subject, definition)
    case 'cluster':
      return clusters(world, subject, definition)
    case 'open':
      return whereOpen(world, subject, definition)
    case 'trust':
    case 'unread':
      return []
  }
}

/** One step for each definition and target: the certain one where there are several. */
function strongest(steps: readonly Step[]): Step[] {
  const found = new Map<string, Step>()
  for (const step of steps) {
    const key = `${step.by} ${step.to.kind} ${'id' in step.to ? step.to.id : ''}`
    const before = found.get(key)
    if (!before || (before.answer === 'depends' && step.answer === 'yes')) found.set(key, step)
  }
  return [...found.values()]
}

type Shared = { steps: readonly Step[]; more: boolean }
/** More than are told: the subject itself may be among them, once for each definition. */
const KEPT_MAX = STEPS_MAX + 100
function sharedSteps(world: World, subject: Subject, definitions: readonly Definition[]): Shared {
  if (!definitions.length) return { steps: [], more: false }
  const { holding } = subject
  const { access } = world
  const key = `escalation steps ${access.alike(subject)}`
  const known = holding.answers.get(key) as Shared | undefined
  if (known) return known
  const found = inTurn(
    definitions.map((definition) => stepsBy(world, subject, definition)[Symbol.iterator]()),
  )
  const actions = new Set(definitions.flatMap(({ needs }) => needs))
  if (isPlain(access, holding, [...actions, 'sts:AssumeRole', ...PROFILES])) holding.answers.set(key, found)
  return found
}
const PROFILES = ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile']

/** One of each in turn, so that a definition with many targets does not keep out the others. */
function inTurn(sources: Iterator<Step>[]): Shared {
  const found: Step[] = []
  for (let left = sources; left.length && found.length < KEPT_MAX;) {
    const next: Iterator<Step>[] = []
    for (const source of left) {
      const { value, done } = source.next()
      if (done) continue
      next.push(source)
      found.push(value)
    }
    left = next
  }
  return { steps: strongest(found), more: found.length >= KEPT_MAX }
}
