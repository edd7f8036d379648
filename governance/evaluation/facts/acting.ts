// By what something can act as an identity, and by what people sign in as it.
import { absent, known, unknown, type Absent, type Fact, type Unknown } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { NAMED_MAX, type Named } from '@/core/subject'
import { isRead, noCredential, noneOf, noneOfTypes, seenOf, unanalysed, type FactScope } from './fact-scope'
import type { HeldCredential } from './credential-rows'
import type { FactRow } from './identity-rows'
import { named, sorted } from './named'
import { trustSeen } from './trust'
import type { WaysIn } from './ways-in'
import { fitsAny, typesWith, wordsOf } from './words'

type Given = {
  row: FactRow
  scope: FactScope
  into: WaysIn
  /** What it holds and is neither disabled nor ended. */
  credentials: readonly HeldCredential[]
  /** What runs as it in its own scope, by name, and how many there are. */
  running: Named
}

/**
 * Counted are credentials that are not known to be disabled and have not ended, what runs as it, each statement that lets
 * somebody in (not those that name only who is gone), and others whose rights let them act as it, even where that depends on
 * something.
 *
 * Nothing is there only where credentials, trust and workloads were seen whole, and rights too, since who may act as it by
 * rights comes of those; and where it was judged who can act as whom. A kind that no stream of the scope reads is no way in
 * there: a store of secrets runs no workloads. Of types whose ways in are not all read (`closed`) it is never said. Administrators of the scope are left out: they can act as everything in it.
 */
export function actsBy({ row, scope, into, credentials, running }: Given): Fact<Named> {
  const letting = [...lettingIn(row, into), ...new Set(comingIn(row, into))]
  const steps = (into.steps.get(row.id) ?? []).filter(({ byRights }) => byRights)
  const groups = [
    { names: sorted(credentials.map(({ name }) => name)), count: credentials.length },
    running,
    { names: sorted(letting), count: letting.length },
    {
      names: sorted(steps.flatMap(({ names }) => names)),
      count: steps.reduce((sum, one) => sum + one.count, 0),
    },
  ]
  const count = groups.reduce((sum, one) => sum + one.count, 0)
  const none = nothingActs(row, scope)
  if (!count) return none
  const names = groups.flatMap((one) => one.names).slice(0, NAMED_MAX)
  return { ...known({ count, names }, 'credentials, workloads, trust and rights'), ...seenOf(none) }
}

/** The provider itself acts as what is its own, and needs nothing that is read here. */
export const isClosed = ({ type, class: of }: FactRow): boolean =>
  wordsOf(type)?.closed === true && of !== 'provider'

/** What acts as such things is nowhere to be read in full. */
export const DECIDED_ELSEWHERE = unknown(
  'not-offered',
  'rules of the platform',
  'what acts as it is decided outside of what is read in its scope',
)

function lettingIn({ id, type }: FactRow, { trusts, ways }: WaysIn): string[] {
  const states = new Map<string, Set<string>>()
  for (const { rowId, state } of ways.get(id) ?? [])
    states.set(rowId, (states.get(rowId) ?? new Set()).add(state))
  return (trusts.get(id) ?? [])
    .filter(({ id: trust, principal, principalType }) => {
      const found = states.get(trust)
      const isGone = found?.size === 1 && found.has('dangling')
      const isShown = principalType === 'unresolvable' && fitsAny(wordsOf(type)?.gone, principal)
      return !isGone && !isShown
    })
    .map(({ principal }) => principal)
}

/** What comes to act as it without trust of its own that says so: members of a group, bearers of a token. */
const comingIn = ({ id }: FactRow, { trusts, ways }: WaysIn): string[] => {
  const told = new Set((trusts.get(id) ?? []).map((trust) => trust.id))
  return (ways.get(id) ?? [])
    .filter(({ rowId, state }) => !told.has(rowId) && state !== 'dangling')
    .map(({ value }) => value)
}

function nothingActs(row: FactRow, scope: FactScope): Absent | Unknown {
  if (!isClosed(row)) return DECIDED_ELSEWHERE
  const read = (['workload', 'grant'] as const satisfies Kind[]).filter((kind) => isRead(scope.looks, kind))
  const trust = isRead(scope.looks, 'trust') ? trustSeen(row, scope) : undefined
  const answers = [noCredential(scope, row), ...(trust ? [trust] : []), noneOf(scope.looks, read)]
  const open = answers.find((one): one is Unknown => one.state === 'unknown') ?? unanalysed(scope)
  if (open) return open
  const ats = answers.flatMap((one) => (one.state === 'absent' && one.at) || []).sort()
  const doubt = answers.find((one) => one.state === 'absent' && one.unconfirmed)
  return {
    state: 'absent',
    source: 'credentials, workloads, trust and rights',
    ...(ats[0] !== undefined && { at: ats[0] }),
    ...(doubt?.state === 'absent' && doubt.unconfirmed && { unconfirmed: doubt.unconfirmed }),
  }
}

/** Enabled ones that people sign in with. One of which it is not known whether it is enabled leaves the rest open. */
export function signIns({ row, scope, credentials }: Given): Fact<Named> {
  const strange = credentials.find(({ form, type }) => form === 'password' && !wordsOf(type))
  const peoples = credentials.filter(({ type }) => wordsOf(type)?.signsIn)
  const on = peoples.filter(({ enabled }) => enabled === true)
  const none = noSignIn(row, scope)
  if (on.length)
    return {
      ...known(
        named(
          on.map(({ name }) => name),
          on.length,
        ),
        'credentials',
      ),
      ...seenOf(none),
    }
  if (peoples.length)
    return unknown('not-offered', 'credentials', 'it is not told whether its password is enabled')
  if (strange) return unknown('not-offered', 'credentials', `nothing is known of the type ${strange.type}`)
  return none
}

/** By the streams that tell of what people sign in with at its platform. Where there is no such thing, nobody does. */
function noSignIn(row: FactRow, scope: FactScope): Absent | Unknown {
  if (!wordsOf(row.type)) return noCredential(scope, row)
  const platform = `${row.type.split('.')[0] ?? ''}.`
  const types = typesWith('signsIn').filter((type) => type.startsWith(platform))
  return types.length
    ? noneOfTypes(scope, row, types)
    : absent('rules of the platform', 'there is nothing that people sign in with as such an identity')
}
