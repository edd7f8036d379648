// How far a principal comes once it has given itself, or was given, everything: what caps it may still keep it from that.
import type { Held, StepTarget } from '@/core/access'
import { administratorOf } from '../administrator'
import type { AwsAccess } from '../aws-access'
import { contextOfIam, heldBy, holderOf, isMember } from '../privileges'
import { ALL_SETTLED, nameOf, settle } from '../settled'
import { readStatements } from '../statements'
import type { Subject } from '../subject'

export type Reach = Extract<StepTarget, { kind: 'administrator' | 'more' }>
const ADMINISTRATOR: Reach = { kind: 'administrator' }
const MORE: Reach = { kind: 'more' }

/** Everything, where no boundary, deny or ceiling that was read stays in the way; otherwise more than now. */
export function onceRaised(access: AwsAccess, subject: Subject): Reach {
  const { holding } = subject
  const { service } = access.facts.over(subject, 'iam', '*')
  const isFree =
    !holding.limits.length &&
    !service.length &&
    holding.own.statements.every(({ effect }) => effect === 'Allow')
  if (isFree) return ADMINISTRATOR
  const held = heldBy(access, subject)
  // Beside everything, what else it is allowed adds nothing: what others hold counts here only where it takes away.
  const takes = held.own.filter(({ effect }) => effect !== 'Allow')
  const everything = { ...ALL_SETTLED, fromGroup: subject.kind === 'user' && isMember(holding) }
  const raised = administratorOf({ ...held, own: [...takes, everything] }, holderOf(subject))
  return raised.answer === 'yes' ? ADMINISTRATOR : MORE
}

/** As above, without its own boundary and with no more than it holds. */
export function onceUnbound(access: AwsAccess, subject: Subject): Reach {
  const held = heldBy(access, subject)
  const limits = held.limits.slice(subject.holding.limits.length)
  return administratorOf({ own: held.own, limits }, holderOf(subject)).answer === 'yes' ? ADMINISTRATOR : MORE
}

/** As above, with what a group brings. */
export function onceJoined(access: AwsAccess, subject: Subject, group: readonly Held[]): Reach {
  const held = heldBy(access, subject)
  const known = contextOfIam(access, subject)
  const brought = group.flatMap((one) => settle(readStatements(nameOf(one), one.document), true, known))
  const answer = administratorOf({ ...held, own: [...held.own, ...brought] }, holderOf(subject))
  return answer.answer === 'yes' ? ADMINISTRATOR : MORE
}
