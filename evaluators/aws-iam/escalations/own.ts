// Ways over oneself: rights that a subject gives itself, its groups, or the policies that it holds.
import type { Step } from '@/core/access'
import { agree, type Answer } from '../../three-valued'
import type { AwsAccess } from '../aws-access'
import { judged, unless, type Judged } from '../judged'
import type { Definition } from './definition'
import { onceJoined, onceRaised, onceUnbound, type Reach } from './raised'
import { opened, stepTo } from './step'
import type { Subject } from '../subject'
import { widerThanBoundary } from './wider'
import { groupOf, isOwnPolicy, isProtected, type World } from './world'

type As<W extends Definition['way']> = Extract<Definition, { way: W }>

const boundaryOf = ({ principal }: Subject): string[] =>
  principal.held.flatMap(({ effect, id }) => (effect === 'limit' && id.startsWith('arn:') ? [id] : []))

/** A request about a principal tells its boundary. Source: service authorization reference, IAM, `iam:PermissionsBoundary`. */
export const aboutPrincipal = (target: Subject): Record<string, string | readonly string[]> => ({
  'iam:PermissionsBoundary': boundaryOf(target).slice(0, 1),
})

export const EVERYTHING = (partition: string) => `arn:${partition}:iam::aws:policy/AdministratorAccess`
const LIMITED = 'Which policies may be attached is limited, and what those allow was not compared'

/** Whether a policy that allows everything may be attached, or only others. */
export function attaching(
  access: AwsAccess,
  subject: Subject,
  { action, policyArn }: { action: string; policyArn?: true },
  resource: string,
  context: Record<string, string | readonly string[]>,
): { answer: Judged; limited: boolean } {
  if (!policyArn) return { answer: access.judge(subject, { action, resource, context }), limited: false }
  const { partition } = access.placeOf(subject)
  const whole = { ...context, 'iam:PolicyARN': EVERYTHING(partition) }
  const answer = access.judge(subject, { action, resource, context: whole })
  if (answer.value !== 'no') return { answer, limited: false }
  const some = access.judge(subject, { action, resource, context })
  return some.value === 'no' ? { answer, limited: false } : { answer: unless(some, [LIMITED]), limited: true }
}

const MORE: Reach = { kind: 'more' }

export function* raisesItself(
  { access }: World,
  subject: Subject,
  definition: As<'raise-self'>,
): Generator<Step> {
  if (subject.kind !== definition.of || subject.arn === undefined || isProtected(subject.arn)) return
  const { answer, limited } = attaching(access, subject, definition, subject.arn, aboutPrincipal(subject))
  if (answer.value !== 'no') yield stepTo(limited ? MORE : onceRaised(access, subject), definition, answer)
}

const PATH = 'The path of the group is not told, and the answer differs with it.'
/** A group goes by its name only: with no path, and with paths that no policy is likely to name. */
function onGroup(
  access: AwsAccess,
  subject: Subject,
  name: string,
  ask: (resource: string) => { answer: Judged; limited: boolean },
): { answer: Judged; limited: boolean } {
  const { partition, account } = access.placeOf(subject)
  const all = ['', 'x/', 'zq7/'].map((path) => ask(`arn:${partition}:iam::${account}:group/${path}${name}`))
  const missing = [...new Set(all.flatMap(({ answer }) => answer.missing))]
  const value = agree(
    all.map(({ answer }) => answer),
    PATH,
  )
  return {
    answer: judged(value, value.value === 'no' ? [] : missing),
    limited: all.some(({ limited }) => limited),
  }
}

const groupsOf = ({ principal }: Subject): string[] => [
  ...new Set(principal.held.flatMap(({ via, effect }) => (effect === 'allow' ? (groupOf(via) ?? []) : []))),
]

export function* raisesGroup(
  { access }: World,
  subject: Subject,
  definition: As<'raise-own-group'>,
): Generator<Step> {
  for (const name of groupsOf(subject)) {
    const { answer, limited } = onGroup(access, subject, name, (resource) =>
      attaching(access, subject, definition, resource, {}),
    )
    if (answer.value === 'no') continue
    const words = [`It is in the group ${name.slice(0, 120)}, and holds what that is given.`]
    yield stepTo(limited ? MORE : onceRaised(access, subject), definition, answer, words)
  }
}

const OTHER_GROUPS = 'Which groups there are without members is not collected'
export function* joins(world: World, subject: Subject, definition: As<'join-group'>): Generator<Step> {
  if (subject.kind !== 'user') return
  const { access } = world
  const { action } = definition
  const own = new Set(subject.principal.held.map(({ id }) => id))
  const found = new Map<Reach['kind'], Step>()
  for (const { name, held } of world.groups.values()) {
    if (held.every(({ id }) => own.has(id)) || found.has('administrator')) continue
    const { answer } = onGroup(access, subject, name, (resource) => ({
      answer: access.judge(subject, { action, resource }),
      limited: false,
    }))
    if (answer.value === 'no') continue
    const reach = onceJoined(access, subject, held)
    const words = [`It can join the group ${name.slice(0, 120)}.`]
    const before = found.get(reach.kind)
    if (!before || (before.answer === 'depends' && answer.value === 'yes'))
      found.set(reach.kind, stepTo(reach, definition, answer, words))
  }
  yield* found.values()
  if (found.size) return
  const { partition, account } = access.placeOf(subject)
  const any = access.judge(subject, { action, resource: `arn:${partition}:iam::${account}:group/*` })
  if (any.value !== 'no' && !world.groups.size) yield stepTo(MORE, definition, unless(any, [OTHER_GROUPS]))
}

export function* rewritesOwn(
  { access }: World,
  subject: Subject,
  definition: As<'rewrite-own'>,
): Generator<Step> {
  const { action, held: effect, open } = definition
  const seen = new Set<string>()
  for (const { id, name, effect: of, via } of subject.principal.held) {
    if (of !== effect || !isOwnPolicy(id) || seen.has(id) || via === 'inline') continue
    seen.add(id)
    const answer = access.judge(subject, { action, resource: id })
    if (answer.value === 'no') continue
    const words = [
      `${name.slice(0, 120)} (${effect === 'limit' ? 'its boundary' : via}) is a policy of the account.`,
    ]
    if (effect === 'allow') {
      yield stepTo(
        open === undefined ? onceRaised(access, subject) : MORE,
        definition,
        opened(answer, open),
        words,
      )
      continue
    }
    const wider = widerThanBoundary(subject.holding)
    if (wider.value === 'no') continue
    yield stepTo(onceUnbound(access, subject), definition, both(answer, wider), words)
  }
}

export const both = (answer: Judged, other: Answer): Judged =>
  other.value === 'depends'
    ? { ...answer, value: 'depends', because: [...answer.because, ...other.because] }
    : { ...answer, because: [...answer.because, ...other.because] }
