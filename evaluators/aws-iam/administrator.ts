// Judges whether everything held together makes its holder an administrator of the account.
import type { AdministratorAnswer, HeldDocument } from '@/core/evaluator'
import { agree, any, no, type Answer } from '../three-valued'
import { Budget, TooMuch } from '../budget'
import { Access, speaksOf, type Resource } from './can'
import { covers } from './glob'
import { nameClasses } from './names'
import { UNKNOWN, type Context } from './conditions'
import { ALL_SETTLED, settleHeld, type Held, type Settled } from './settled'
import {
  BEARING,
  RAISING,
  throughCreated,
  throughGroups,
  throughItself,
  throughPolicies,
  type Account,
  type Holder,
} from './ways'
import { statedWorlds, type World } from './worlds'

/** Steps of work for one holder: a second or so at most, whatever is in its documents. */
const STEPS_MAX = 500_000

/**
 * A holder is an administrator where it can, by itself, come to hold every permission in the account:
 *
 * 1. by a new role: create it, give it everything (attach or put a policy), and become it, which needs no permission of
 *    its own because the new role can trust it, and which must not be denied;
 * 2. by a new user: create it, give it everything, and make a key or a password for it;
 * 3. by itself: give itself, or a group it makes and joins, everything, where what stays denied or capped still leaves
 *    way 1 or 2, or where it can also take off what denies and caps it.
 *
 * Whoever may do everything, or every `iam` action, on every resource, has way 1; a deny that leaves one of the ways
 * open takes nothing away. Whoever may do everything except `iam` has none of them, and is not an administrator.
 * What is created or changed has to be one and the same resource, which may be any that exists or can be named.
 *
 * It depends where a condition or an unreadable document decides; where the answer differs for users and roles, or by
 * the holder's own name or account, which are not known here (one that holds something through a group is a user); and
 * where it can rewrite managed policies or fill groups, because whether it holds or is in one of those is not known
 * here. Longer ways, over services and other identities, are not followed.
 */
export function administrator(
  documents: readonly HeldDocument[],
  context: Context = UNKNOWN,
): AdministratorAnswer {
  try {
    return administratorOf(settleHeld(documents, context))
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return { answer: 'depends', because: ['What it holds is too large or too tangled to be judged.'] }
  }
}

/** As above, for documents that are read, and for a holder that is known: then nothing depends on who it is. */
export function administratorOf(held: Held, holder?: Holder): AdministratorAnswer {
  const { value, because } = judged(held, holder)
  return { answer: value, because: [...because, ...conclusion(value, because)] }
}

function conclusion(value: Answer['value'], because: readonly string[]): string[] {
  if (value === 'yes') return ['So it can come to hold every permission in its account.']
  return value === 'no' && !because.length ? ['No statement lets it come to hold every permission.'] : []
}

function judged(held: Held, holder: Holder | undefined): Answer {
  // Every way begins with something allowed, so most holders are answered here.
  if (!held.own.some((statement) => RAISING.some((action) => speaksOf(statement, 'Allow', action))))
    return no()
  const budget = new Budget(STEPS_MAX)
  const written = [...held.own, ...held.limits.flatMap((limit) => limit.statements)].filter(bears)
  const statements = [...written, ALL_SETTLED]
  const patterns = new Set(statements.flatMap(({ resources }) => resources.patterns.map(({ glob }) => glob)))
  if (holder) return inAccount(accountOf(holder, held, patterns, budget, holder), budget)
  const worlds = statedWorlds(patterns)
  if (!worlds) throw new TooMuch()
  const answers = worlds.map((world) => inAccount(accountOf(world, held, patterns, budget), budget))
  return agree(answers, 'It is not known here whether its account is one that the statements name.')
}

const bears = (statement: Settled): boolean =>
  BEARING.some((action) => speaksOf(statement, 'Allow', action) || speaksOf(statement, 'Deny', action))

function accountOf(
  { partition, account }: World,
  held: Held,
  patterns: ReadonlySet<string>,
  budget: Budget,
  holder?: Holder,
): Account {
  const classes = (kind: string) => nameClasses(`arn:${partition}:iam::${account}:${kind}/`, patterns, budget)
  return {
    access: new Access(held, budget),
    roles: classes('role'),
    users: classes('user'),
    groups: classes('group'),
    policies: classes('policy'),
    self: holder && {
      kind: holder.kind,
      own: classAt(holder.arn, patterns),
      policies: holder.policies.map((arn) => classAt(arn, patterns)),
      groups: holder.groups.map((arns) => arns.map((arn) => classAt(arn, patterns))),
    },
  }
}

const classAt = (arn: string, patterns: ReadonlySet<string>): Resource => ({
  example: arn,
  matched: new Set([...patterns].filter((pattern) => covers(pattern, arn))),
})

function inAccount(account: Account, budget: Budget): Answer {
  const created = throughCreated(account)
  if (created.value === 'yes') return created
  const { held } = account.access
  const raised = { ...account, access: new Access({ ...held, own: [...held.own, ALL_SETTLED] }, budget) }
  const certain = any([created, throughItself(account, throughCreated(raised))])
  if (certain.value === 'yes') return certain
  if (certain.value !== 'no' && !account.self) return certain
  const once = throughCreated(raised)
  return any([certain, throughPolicies(account, once), throughGroups(account, once)])
}
