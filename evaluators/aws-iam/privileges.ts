// The privilege of a principal by what it holds: administrator, or the strongest of what it may do.
import { PRIVILEGES, type PrivilegeLevel, type Privileges } from '@/core/access'
import { administratorOf } from './administrator'
import { arnOf } from './arn'
import type { AwsAccess } from './aws-access'
import { contextOf, type Context } from './context-keys'
import { levelsOf, type Found } from './levels'
import { homeOf } from './regions'
import { settle, type Held, type Settled } from './settled'
import type { Subject } from './subject'
import type { Holder } from './ways'

const RANK = (level: PrivilegeLevel): number => PRIVILEGES.indexOf(level)
const stronger = (a: PrivilegeLevel, b: PrivilegeLevel): PrivilegeLevel => (RANK(a) <= RANK(b) ? a : b)

/**
 * What a ceiling that was not read could take away does not lower what is certain, and is named; what was read counts. A
 * part of the grants that was not seen could deny or give anything.
 */
export function privilegesOf(access: AwsAccess, subject: Subject): Privileges {
  const over = access.facts.over(subject, 'iam', '*')
  const grants = access.facts.unseen('grants')
  const { certain, possible, because } = judgedLevels(access, subject)
  const missing = [...new Set([...grants, ...(possible === 'none' ? [] : over.caps)])]
  return {
    certain: grants.length ? 'none' : certain,
    possible: grants.length ? 'administrator' : possible,
    because,
    ...(missing.length && { missing }),
  }
}

type Levels = Pick<Privileges, 'certain' | 'possible' | 'because'>
function judgedLevels(access: AwsAccess, subject: Subject): Levels {
  const all = administratorOf(heldBy(access, subject), holderOf(subject))
  if (all.answer === 'yes')
    return { certain: 'administrator', possible: 'administrator', because: all.because }
  const levels = levelsOf(access, subject)
  const sure = levels.find(({ answer }) => answer.value === 'yes')
  const certain = sure?.level ?? 'none'
  const open = all.answer === 'depends' ? ('administrator' as const) : (levels[0]?.level ?? 'none')
  const because = [...(all.answer === 'depends' ? all.because : []), ...levels.flatMap(inWords)]
  return {
    certain,
    possible: stronger(certain, open),
    because: because.length ? because.slice(0, 12) : ['Nothing it holds allows anything.'],
  }
}

const inWords = ({ level, action, answer }: Found): string[] => [
  `It ${answer.value === 'yes' ? 'may' : 'may under conditions'} ${action} somewhere (${level}).`,
  ...answer.because.slice(0, 2),
]

/** What is known of a request to IAM in one's own account, as all ways to become administrator are. */
export function contextOfIam(access: AwsAccess, subject: Subject): Context {
  const { account, context } = subject
  const region = homeOf('iam', access.placeOf(subject).partition)
  return contextOf(
    {
      'aws:SecureTransport': 'true',
      ...(region && { 'aws:RequestedRegion': region }),
      ...(account && { 'aws:ResourceAccount': account }),
    },
    context,
  )
}

/** Documents with their conditions judged for this holder; every level of ceilings that was read caps like a boundary. */
export function heldBy(access: AwsAccess, subject: Subject): Held {
  const { service, organization } = access.facts.ceilings
  const { holding, account, kind, serviceLinked } = subject
  const known = contextOfIam(access, subject)
  const settled = (statements: Parameters<typeof settle>[0]): Settled[] =>
    settle(statements, kind === 'user' && isMember(holding), known)
  const isExempt =
    serviceLinked || (organization?.management !== undefined && organization.management === account)
  return {
    own: settled(holding.own.statements),
    limits: [...holding.limits, ...(isExempt ? [] : service)].map(({ name, statements }) => ({
      name,
      statements: settled(statements),
    })),
  }
}

export const isMember = ({ documents }: Subject['holding']): boolean =>
  documents.some(({ via }) => via.startsWith('group'))

export function holderOf({ arn, kind, account, principal }: Subject): Holder | undefined {
  const partition = arnOf(arn ?? '')?.partition
  if (arn === undefined || account === undefined || partition === undefined) return undefined
  if (kind !== 'user' && kind !== 'role') return undefined
  const allowing = principal.held.filter(({ effect }) => effect === 'allow')
  const groups = allowing.flatMap(({ via }) => /^group (.+)$/.exec(via)?.[1] ?? [])
  return {
    kind,
    arn,
    account,
    partition,
    policies: allowing
      .map(({ id }) => id)
      .filter((id) => id.startsWith(`arn:${partition}:iam::${account}:policy/`)),
    // A group is told by its name: its path is not known.
    groups: [...new Set(groups)].map((name) =>
      ['', 'x/', 'zq7/'].map((path) => `arn:${partition}:iam::${account}:group/${path}${name}`),
    ),
  }
}
