// Ways over other users and roles: becoming one as it is, or after it was given more.
import type { Step } from '@/core/access'
import { no } from '../../three-valued'
import { Holding, Layer } from '../holding'
import { allOf, judged, unless, type Judged } from '../judged'
import { on, type Need } from '../many'
import { ALLOW_EVERYTHING } from '../statements'
import type { Subject } from '../subject'
import type { Target, Targets } from '../targets'
import { isPlain } from './asks'
import type { Definition } from './definition'
import { EVERYTHING } from './own'
import { onceRaised, type Reach } from './raised'
import { opened, stepTo } from './step'
import type { World } from './world'

type As<W extends Definition['way']> = Extract<Definition, { way: W }>
/** Of targets that are alike, how many are looked at until one shows how far it goes. */
const TARGETS_MAX = 50
const ASSUME = 'sts:AssumeRole'

const among = (world: World, of: 'user' | 'role'): Targets =>
  of === 'user' ? world.access.targets('user') : world.roles

export function* becomes(world: World, subject: Subject, definition: As<'become'>): Generator<Step> {
  const needs = definition.actions.map((action) => ({ action }))
  const entry = definition.of === 'role' ? entries(world, subject) : undefined
  let isTold = false
  for (const { targets, answer } of on(world.access, subject, needs, among(world, definition.of))) {
    const whole = opened(answer, definition.open)
    for (const { id } of targets) {
      // The subject itself is left out where the steps are told: these are the same for all who hold the same.
      if (definition.partly && id === subject.principal.id) continue
      const into = entry?.(id)
      if (into?.value === 'no') continue
      if (!definition.partly)
        yield stepTo({ kind: 'principal', id }, definition, into ? allOf([whole, into]) : whole)
      else if (!isTold) {
        isTold = true
        yield stepTo({ kind: 'more' }, definition, whole)
      }
    }
  }
}

const DENIED = judged(no('It is denied to assume the role.'))

/**
 * A role whose trust names it lets it in whatever it holds, unless something denies that or the organization does not let
 * it through. Undefined where nothing of that kind is in the way.
 */
function entries(world: World, subject: Subject): ((id: string) => Judged) | undefined {
  const { access } = world
  const { holding } = subject
  const { service } = access.facts.over(subject, 'sts', '*')
  const action = ASSUME.toLowerCase()
  if (!service.length && holding.layers.every((layer) => !layer.of(action).deny.length)) return undefined
  const key = `entries ${access.alike(subject)}`
  const known = holding.answers.get(key) as ReadonlyMap<string, Judged> | undefined
  const found = known ?? new Map<string, Judged>()
  if (!known) {
    for (const { targets, answer } of on(
      access,
      { ...subject, holding: unbound(holding) },
      [{ action: ASSUME }],
      world.roles,
    ))
      for (const { id } of targets) (found as Map<string, Judged>).set(id, answer)
    if (isPlain(access, holding, [ASSUME])) holding.answers.set(key, found)
  }
  return (id) => found.get(id) ?? DENIED
}

/** Everything, except what is denied: for a request that somebody else's policy allows. */
function unbound({ key, documents, own, limits }: Holding): Holding {
  const denies = limits.flatMap(({ statements }) => statements.filter(({ effect }) => effect !== 'Allow'))
  const statements = [...own.statements, ...denies, { ...ALLOW_EVERYTHING, words: 'The trust lets it in.' }]
  return new Holding(`${key} unbound`, documents, new Layer('What it holds', statements), [])
}

type Raising = As<'raise-other'>
type Found = { targets: readonly Target[]; answer: Judged }
export function* raisesOther(world: World, subject: Subject, definition: Raising): Generator<Step> {
  const { access } = world
  const { action, policyArn, enter, of } = definition
  const { partition } = access.placeOf(subject)
  const raise: Need = policyArn ? { action, context: { 'iam:PolicyARN': EVERYTHING(partition) } } : { action }
  const further = enter === 'trust' ? [] : enter.map((one) => ({ action: one }))
  const found = on(access, subject, [raise, ...further], among(world, of))
  yield* furthest(world, subject, definition, candidates(world, subject, enter, of, found))
}

export function* rewritesOther(
  world: World,
  subject: Subject,
  definition: As<'rewrite-other'>,
): Generator<Step> {
  const { access, policies } = world
  const { action, enter } = definition
  const found = on(access, subject, [{ action }], policies.targets)
  if (!found.length) return
  const opens =
    enter === 'trust'
      ? undefined
      : on(
          access,
          subject,
          enter.map((one) => ({ action: one })),
          world.roles,
        )
  const doorOf = (id: string) => opens?.find(({ targets }) => targets.some((one) => one.id === id))?.answer
  const held = found.flatMap(({ targets, answer }) =>
    targets.map(({ arn }) => ({ answer, targets: (policies.holders.get(arn) ?? []).map(asTarget) })),
  )
  const all = candidates(world, subject, enter, 'role', held)
  yield* furthest(world, subject, definition, opens ? through(all, doorOf) : all)
}

const asTarget = ({ id, name }: { id: string; name: string }): Target => ({ id, arn: name })

function* through(
  all: Iterable<Candidate>,
  doorOf: (id: string) => Judged | undefined,
): Generator<Candidate> {
  for (const { id, answer } of all) {
    const door = doorOf(id)
    if (door) yield { id, answer: allOf([answer, door]) }
  }
}

type Candidate = { id: string; answer: Judged }
/** What is certain first. */
function* candidates(
  world: World,
  subject: Subject,
  enter: Raising['enter'],
  of: 'user' | 'role',
  found: readonly Found[],
): Generator<Candidate> {
  if (!found.length) return
  const trusting = enter === 'trust' ? trustedBy(world, subject) : undefined
  const entry = enter !== 'trust' && of === 'role' ? entries(world, subject) : undefined
  const sorted = [...found].sort(
    (a, b) => Number(b.answer.value === 'yes') - Number(a.answer.value === 'yes'),
  )
  for (const { targets, answer } of sorted)
    for (const { id } of targets) {
      if (id === subject.principal.id) continue
      const into = trusting ? (trusting.get(id) ?? DENIED) : entry?.(id)
      if (into?.value !== 'no') yield { id, answer: into ? allOf([answer, into]) : answer }
    }
}

function trustedBy(world: World, subject: Subject): ReadonlyMap<string, Judged> {
  return new Map(
    world
      .trustSteps(subject)
      .flatMap(({ to, answer, because, missing = [] }) =>
        to.kind === 'principal' ? [[to.id, { value: answer, because, missing }] as const] : [],
      ),
  )
}

const KEYS = 'How many access keys the user has is not told: two are the most'
/** One step for the farthest that any of them leads. */
function* furthest(
  { access }: World,
  subject: Subject,
  definition: Raising | As<'rewrite-other'>,
  all: Iterable<Candidate>,
): Generator<Step> {
  let best: { reach: Reach; candidate: Candidate } | undefined
  let looked = 0
  for (const candidate of all) {
    const target = access.subject(candidate.id)
    if (!target) continue
    if (looked++ >= TARGETS_MAX) break
    const reach = onceRaised(access, target)
    if (!best || isFarther({ reach, candidate }, best)) best = { reach, candidate }
    if (reach.kind === 'administrator' && candidate.answer.value === 'yes') break
  }
  if (!best) return
  const { reach, candidate } = best
  const name = access.subject(candidate.id)?.principal.name.slice(0, 120) ?? ''
  const isUser = 'of' in definition && definition.of === 'user'
  const answer = isUser ? unless(candidate.answer, [KEYS]) : candidate.answer
  yield stepTo(reach, definition, answer, [`By ${name}, and maybe others.`])
}

type Reached = { reach: Reach; candidate: Candidate }
const rank = ({ reach, candidate }: Reached): number =>
  Number(reach.kind === 'administrator') * 2 + Number(candidate.answer.value === 'yes')
const isFarther = (a: Reached, b: Reached): boolean => rank(a) > rank(b)
