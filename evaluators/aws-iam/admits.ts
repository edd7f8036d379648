// Whether the trust of a principal lets a caller become it.
import type { Caller, Principal } from '@/core/access'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { applies } from './applies'
import type { Ask, AwsAccess, Door } from './aws-access'
import { meant } from './callers'
import { contextOf, UNKNOWN, type Context } from './context-keys'
import { asSeen, type Decision } from './decide'
import { judged, unless, type Judged } from './judged'
import { oneName } from './match'
import { kindOf, type Subject } from './subject'
import { letsServiceIn, letsTokenIn } from './token-callers'
import type { TrustRow } from './trust'

/** How a row of trust means a caller, and what it may ask for. */
export type Meaning = (row: TrustRow) => Answer
export type Entry = { action: string; context: Context; means: Meaning }

const ASSUME = 'sts:AssumeRole'

export function admits(access: AwsAccess, target: Principal, caller: Caller): Judged {
  const rows = access.trustOf(target)
  if (caller.kind === 'principal') return admitsPrincipal(access, target, caller)
  const entry = caller.kind === 'service' ? letsServiceIn(caller.name) : letsTokenIn(caller, target, rows)
  return unless(judged(letIn(target, rows, entry)), access.facts.unseen('trusts'))
}

/** A deny that applies decides; otherwise any row that lets it in. */
function letIn(target: Principal, rows: readonly TrustRow[], entry: Entry | Answer): Answer {
  if ('value' in entry) return entry
  const asking = {
    action: oneName(entry.action.toLowerCase()),
    resource: oneName('*'),
    context: entry.context,
  }
  const answers = (denies: boolean) =>
    any(
      rows
        .filter(({ statement }) => (denies ? statement.effect !== 'Allow' : statement.effect !== 'Deny'))
        .map((row) => all([entry.means(row), applies(row.statement, asking)])),
    )
  const denied = answers(true)
  if (denied.value === 'yes') return no(...denied.because)
  const allowed = answers(false)
  if (allowed.value === 'no')
    return no(`The trust of ${target.name.slice(0, 120)} does not let it in.`, ...allowed.because)
  return denied.value === 'no' ? allowed : depends(...denied.because, ...allowed.because)
}

type NamedCaller = Extract<Caller, { kind: 'principal' }>
function admitsPrincipal(access: AwsAccess, target: Principal, caller: NamedCaller): Judged {
  const own = caller.realm === access.realm.id ? access.subject(caller.id) : undefined
  if (own) return becomes(access, own, target)
  const arn = [...caller.aliases, caller.id].find((name) => /^arn:aws[a-z-]*:(iam|sts)::\d{12}:/.test(name))
  const account = /^arn:[^:]*:[^:]*::(\d{12}):/.exec(arn ?? '')?.[1]
  const kind = kindOf({ type: '' } as Principal, arn)
  const asked = { kind, arn, account }
  const context = foreignContext(arn, account, caller.tags)
  const entry = (withAccount: boolean): Entry => ({
    action: ASSUME,
    context,
    means: meansCaller(asked, withAccount),
  })
  const rows = access.trustOf(target)
  const answer = letIn(target, rows, entry(true))
  const isDelegated = answer.value !== 'no' && letIn(target, rows, entry(false)).value === 'no'
  const more = isDelegated
    ? [`Whether account ${account} allows ${caller.id} to assume it is not judged here`]
    : []
  return unless(judged(answer), [...more, ...access.facts.unseen('trusts')])
}

/** @param withAccount whether trust in its whole account counts: what that account then allows is another question */
const meansCaller =
  (caller: Pick<Subject, 'kind' | 'arn' | 'account'>, withAccount: boolean): Meaning =>
  ({ statement: { principals } }) => {
    if (!principals || caller.arn === undefined) return depends('Which ARN the caller has is not known here.')
    const { value, how } = meant(principals, caller)
    if (how === 'account' && !withAccount) return no()
    if (value === 'depends') return depends(SESSION)
    return value === 'yes' ? yes() : no()
  }
const SESSION = 'The trust names one session of the role, and the session is named by whoever starts it.'

function foreignContext(
  arn: string | undefined,
  account: string | undefined,
  tags: NamedCaller['tags'],
): Context {
  const given: Record<string, string> = {}
  if (arn) given['aws:PrincipalArn'] = arn
  if (account) given['aws:PrincipalAccount'] = account
  for (const [key, value] of Object.entries(tags ?? {})) given[`aws:PrincipalTag/${key}`] = value
  return contextOf({ 'aws:PrincipalIsAWSService': 'false', ...given }, UNKNOWN)
}

/** A principal of the realm and another: what it holds has to allow it too, unless the trust names it itself. */
export function becomes(access: AwsAccess, subject: Subject, target: Principal): Judged {
  const way = wayInto(access, subject, target)
  if ('value' in way) return way
  return withHour(subject, asSeen(way.capped(access.best(subject, way.ask, way.door))))
}

type Way = { ask: Ask; door: Door; capped: (decision: Decision) => Decision }
/** The request by which a principal of the realm becomes another, and what lets it in. */
export function wayInto(access: AwsAccess, subject: Subject, target: Principal): Way | Judged {
  const arn = [...target.aliases, target.id].find((name) => /^arn:aws[a-z-]*:iam::\d{12}:role\//.test(name))
  if (arn === undefined)
    return judged(no(`${target.name.slice(0, 120)} is not a role: only roles can be assumed.`))
  const rows = access.trustOf(target).filter(({ pod }) => !pod)
  const isForeign = !access.subject(target.id)
  const door: Door = {
    rule: isForeign ? 'foreign' : 'must',
    statements: rows.map(({ statement }) => statement),
    unseen: access.facts.unseen('trusts'),
  }
  // Resource control policies of another account decide about its roles.
  const capped = (decision: Decision): Decision =>
    isForeign ? { ...decision, caps: [...decision.caps, FOREIGN] } : decision
  return { ask: { action: ASSUME, resource: arn }, door, capped }
}
const FOREIGN = 'What caps the account of that role was not read'

/** IAM user guide, "Role chaining". */
export const HOUR = 'A session that a role gets by assuming another lasts an hour at most.'
export const withHour = ({ kind }: Subject, answer: Judged): Judged =>
  answer.value === 'no' || kind !== 'role' ? answer : { ...answer, because: [...answer.because, HOUR] }
