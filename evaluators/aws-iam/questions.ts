// The door for one question about one principal.
import type { AccessAnswer, Question } from '@/core/access'
import { covers } from './glob'
import { wayInto, withHour } from './admits'
import { actionOf } from './applies'
import { bounded, TOO_MUCH, type Ask, type AwsAccess, type Door } from './aws-access'
import { withUnseen, type Decision } from './decide'
import { actionNamed, actionsLike, serviceOf, type Action } from './catalogue'
import { allOf, judged, told, type Judged } from './judged'
import { askedOf } from './match'
import { REGION } from './regions'
import type { Subject } from './subject'
import type { Principal } from '@/core/access'
import { depends } from '../three-valued'

const WILD = /[*?]/
const ACTION = /^(\*|[a-z0-9*?-]+:[a-z0-9*?_-]+)$/i
/** Roles, and groups of actions, that a question with a wildcard is taken apart into. */
const PARTS_MAX = 2000
/** Comparisons of actions with statements that are made for it. */
const WORK_MAX = 3_000_000

export const notInRealm = (id: string): Judged =>
  judged(depends(`${id.slice(0, 200)} is not in what was read of this account.`), [
    `Nothing is known of ${id.slice(0, 200)} in this account`,
  ])

export function can(access: AwsAccess, id: string, question: Question): AccessAnswer {
  const subject = access.subject(id)
  if (!subject) return told(notInRealm(id))
  return told(bounded(() => answered(access, subject, question), TOO_MUCH))
}

function answered(access: AwsAccess, subject: Subject, question: Question): Judged {
  const { action } = question
  if (!ACTION.test(action)) return judged(depends(`${action.slice(0, 120)} is not an action of AWS.`))
  if (WILD.test(action)) return many(access, subject, question)
  if (!actionNamed(action)) {
    const plain = asked(access, subject, question)
    const unknown = `AWS has no action ${action.slice(0, 120)} that is known here.`
    return { ...plain, value: 'depends', because: [unknown, ...plain.because] }
  }
  if (action.toLowerCase() === 'sts:assumerole') return assumes(access, subject, question)
  return asked(access, subject, question)
}

type Through = { door?: Door; capped?: (decision: Decision) => Decision }
/** One request. Where no region is told it is about all of them: depends where they differ, saying which allow it. */
function asked(access: AwsAccess, subject: Subject, ask: Ask, { door, capped }: Through = {}): Judged {
  const judge = (context: Ask['context']) => {
    const decision = access.decision(subject, { ...ask, context }, door)
    return withUnseen(capped ? capped(decision) : decision)
  }
  const regions = access.regions(subject, [ask], door)
  if (regions.length < 2)
    return judge(regions[0] ? { ...ask.context, [REGION]: regions[0].sample } : ask.context)
  const parts = regions.flatMap(({ names, sample }) => {
    const answer = judge({ ...ask.context, [REGION]: sample })
    return names.map((name) => ({ name, answer }))
  })
  return together(parts, ' in regions')
}

function intoRole(
  access: AwsAccess,
  subject: Subject,
  target: Principal,
  context: Question['context'],
): Judged {
  const way = wayInto(access, subject, target)
  return 'value' in way ? way : withHour(subject, asked(access, subject, { ...way.ask, context }, way))
}

/** Getting into a role takes its trust as well; a pattern stands for the roles that are known. */
function assumes(access: AwsAccess, subject: Subject, { resource, context }: Question): Judged {
  const target = access.principalAt(resource)
  if (target) return intoRole(access, subject, target, context)
  if (!WILD.test(resource)) {
    const held = asked(access, subject, { action: 'sts:AssumeRole', resource, context })
    const unknown = [`The role ${resource.slice(0, 200)} and whom it trusts are not known here`]
    return { ...held, value: 'depends', missing: [...new Set([...held.missing, ...unknown])] }
  }
  const { list } = access.targets('role')
  const meant = list.filter(({ arn, id }) => id !== subject.principal.id && covers(resource, arn))
  if (!meant.length) return judged(depends('No role that is known here has such a name.'))
  if (meant.length > PARTS_MAX)
    return judged(depends(`${meant.length} roles are meant: too many for one answer.`))
  const parts = meant.flatMap(({ arn }) => {
    const role = access.principalAt(arn)
    return role ? [{ name: role.name, answer: intoRole(access, subject, role, context) }] : []
  })
  return together(parts)
}

/** A pattern of actions: yes where all are allowed, no where none is, taken apart where statements tell them apart. */
function many(access: AwsAccess, subject: Subject, question: Question): Judged {
  const whole = asked(access, subject, question)
  if (whole.value !== 'depends') return whole
  const groups = groupsOf(access, subject, question.action)
  if (!groups.length) {
    const none = `AWS has no action like ${question.action.slice(0, 120)} that is known here, or there are too many to be told apart.`
    return { ...whole, because: [...whole.because, none] }
  }
  // Of getting into roles only what is held counts here: whom they trust differs by role.
  const parts = groups.map((name) => ({
    name,
    answer: asked(access, subject, { ...question, action: name }),
  }))
  return together(parts)
}

/** One action of each set that neither statements nor services tell apart. */
function groupsOf(access: AwsAccess, { holding }: Subject, pattern: string): string[] {
  const { service, resource } = access.facts.ceilings
  const statements = [...holding.layers, ...service, ...resource].flatMap((layer) => layer.statements)
  const found = new Map<string, Action>()
  let work = 0
  for (const action of actionsLike(pattern)) {
    work += statements.length
    if (work > WORK_MAX || found.size > PARTS_MAX) return []
    const asked = askedOf(action.name.toLowerCase())
    const about = statements.map((statement) => (actionOf(statement, asked) === 'no' ? '' : '1'))
    const key = `${serviceOf(action.name)} ${action.types.length === 0} ${about.join()}`
    if (!found.has(key)) found.set(key, action)
  }
  return [...found.values()].map(({ name }) => name)
}

type Part = { name: string; answer: Judged }
const SHOWN = 5
/** @param where what the parts are, where they are no actions and no roles */
function together(parts: readonly Part[], where = ''): Judged {
  const values = new Set(parts.map(({ answer }) => answer.value))
  if (values.size === 1 && parts[0]) {
    if (values.has('no')) return parts[0].answer
    return allOf(parts.map(({ answer }) => answer))
  }
  const of = (value: Judged['value']) =>
    parts.filter(({ answer }) => answer.value === value).map(({ name }) => name)
  const list = (names: readonly string[]) =>
    `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ' and others' : ''}`
  const lines = [
    ...(of('yes').length ? [`Allowed${where}: ${list(of('yes'))}.`] : []),
    ...(of('no').length ? [`Not allowed${where}: ${list(of('no'))}.`] : []),
    ...(of('depends').length ? [`Open${where}: ${list(of('depends'))}.`] : []),
  ]
  const open = allOf(parts.filter(({ answer }) => answer.value !== 'no').map(({ answer }) => answer))
  return { value: 'depends', because: [...lines, ...open.because].slice(0, 12), missing: open.missing }
}
