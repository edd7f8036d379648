// How much a principal may do by what it holds: data and secrets, changes, or looking.
import type { PrivilegeLevel } from '@/core/access'
import type { AwsAccess } from './aws-access'
import { actionNamed, actionsLike, type AccessLevel, type Action } from './catalogue'
import { actionOf } from './applies'
import type { Judged } from './judged'
import { askedOf } from './match'
import { SENSITIVE } from './sensitive-actions'
import { maySomewhere } from './escalations/asks'
import type { Statement } from './statements'
import type { Subject } from './subject'

type Level = Extract<PrivilegeLevel, 'sensitive' | 'write' | 'read'>
export type Found = { level: Level; action: string; answer: Judged }
/** Actions of one level that are tried before the level is given up as open. */
const TRIES_MAX = 24

const LETTERS: Readonly<Record<'write' | 'read', readonly AccessLevel[]>> = {
  write: ['W', 'T', 'P'],
  read: ['R', 'L'],
}
/** Getting a session of another principal is a step of its own, and changes nothing by itself. */
const isWrite = ({ name, level }: Action): boolean =>
  LETTERS.write.includes(level) && !name.startsWith('sts:')

/** For each level the action that shows it best: one that is certain, else one that is possible. */
export function levelsOf(access: AwsAccess, subject: Subject): Found[] {
  const { answers, layers } = subject.holding
  const key = `levels ${access.alike(subject)}`
  const known = answers.get(key) as Found[] | undefined
  if (known) return known
  const found: Found[] = []
  for (const level of ['sensitive', 'write', 'read'] as const) {
    const best = bestOf(access, subject, candidatesOf(subject.holding.own.statements, level), level)
    if (best) found.push(best)
    // What is less does not matter any more.
    if (best?.answer.value === 'yes') break
  }
  const all = [...layers, ...access.facts.ceilings.service, ...access.facts.ceilings.resource]
  if (all.every(({ statements }) => statements.every(({ plain }) => plain))) answers.set(key, found)
  return found
}

function bestOf(
  access: AwsAccess,
  subject: Subject,
  actions: Iterable<Action>,
  level: Level,
): Found | undefined {
  let possible: Found | undefined
  let tries = 0
  // Where a document could deny everything, nothing is certain: the first that is possible says it all.
  const isOpen = subject.holding.layers.some(({ statements }) =>
    statements.some(({ understood, effect }) => !understood && effect !== 'Allow'),
  )
  for (const { name } of actions) {
    if (tries++ >= TRIES_MAX || (isOpen && possible)) break
    const answer = maySomewhere(access, subject, name)
    if (answer.value === 'yes') return { level, action: name, answer }
    if (answer.value === 'depends') possible ??= { level, action: name, answer }
  }
  return possible
}

/** Actions of the level that anything held could allow, from every statement some. */
function* candidatesOf(statements: readonly Statement[], level: Level): Iterable<Action> {
  const told = new Set<string>()
  const allowing = statements.filter(({ effect }) => effect !== 'Deny')
  const sources = allowing.map((statement) => actionsIn(statement, level)[Symbol.iterator]())
  // One of each statement in turn: a statement whose actions are all denied does not use up the tries.
  for (let left = sources; left.length;) {
    const next: typeof sources = []
    for (const source of left) {
      const { value, done } = source.next()
      if (done) continue
      next.push(source)
      if (told.has(value.name)) continue
      told.add(value.name)
      yield value
    }
    left = next
  }
}

function* actionsIn(statement: Statement, level: Level): Iterable<Action> {
  if (level === 'sensitive') {
    for (const name of SENSITIVE) {
      const action = actionNamed(name)
      if (action && actionOf(statement, askedOf(name.toLowerCase())) !== 'no') yield action
    }
    return
  }
  const fits = level === 'write' ? isWrite : (action: Action) => !isWrite(action)
  const { patterns, except } = statement.actions
  if (except) {
    for (const action of actionsLike('*'))
      if (fits(action) && actionOf(statement, askedOf(action.name.toLowerCase())) !== 'no') yield action
    return
  }
  for (const pattern of patterns) for (const action of actionsLike(pattern)) if (fits(action)) yield action
}
