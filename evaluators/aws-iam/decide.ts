// One request over all layers: denies anywhere, ceilings, boundary, what is held, and the policy of the resource.
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { applies, type Asking } from './applies'
import { meant, type How } from './callers'
import type { Layer } from './holding'
import type { Judged } from './judged'
import type { Statement } from './statements'
import type { Subject } from './subject'

/**
 * How the policy of the resource counts. `own`: in the same account it gives by itself, beside what is held. `must`: it has
 * to let in, as those of keys and the trust of roles have, by naming the caller or by delegating to its account. `foreign`:
 * both accounts have to allow.
 */
export type ResourceRule = 'own' | 'must' | 'foreign'
export type ResourceSide = {
  rule: ResourceRule
  statements: readonly Statement[]
  /** What of it was not seen, in words. */
  unseen: readonly string[]
}
export type Over = {
  service: readonly Layer[]
  resource: readonly Layer[]
  /** Ceilings that were not seen. */
  caps: readonly string[]
  /** What else was not seen of what could take it away, and of what could give it. */
  takes: readonly string[]
  gives: readonly string[]
}
export type Decision = {
  value: Answer['value']
  because: readonly string[]
  caps: readonly string[]
  takes: readonly string[]
  gives: readonly string[]
}

/**
 * Source: IAM user guide, "Policy evaluation logic" (requests within and across accounts) and "Permissions boundaries for
 * IAM entities": in the same account a resource's policy that names a user or a session is not capped by the boundary, one
 * that names a role is.
 */
export function decide(subject: Subject, asking: Asking, side: ResourceSide, over: Over): Decision {
  const { own, limits } = subject.holding
  const what = `${asking.name} on ${asking.resource.text.slice(0, 200)}`
  const denied = deniedBy(subject, asking, side, over)
  const settled = { caps: [], takes: [], gives: [] }
  if (denied.value === 'yes') return { value: 'no', because: denied.because, ...settled }
  const capped = [...over.service, ...over.resource].map((layer) =>
    allowedBy(layer, asking, `${layer.name} does not allow ${what}.`),
  )
  const ceiling = all(capped)
  if (ceiling.value === 'no') return { value: 'no', because: ceiling.because, ...settled }
  const boundary = all(
    limits.map((layer) => allowedBy(layer, asking, `${layer.name} caps it and does not allow ${what}.`)),
  )
  const identity = allowedBy(own, asking, `Nothing it holds allows ${what}.`)
  const by = resourceGrants(subject, asking, side)
  const granted = grantOf(side.rule, { identity, boundary, by })
  const { value, because } = all([granted, not(denied), ceiling])
  // What the policy of the resource says, which was not read, counts for nothing where the rest already refuses.
  const isForeign = side.rule === 'foreign'
  const isCapped = boundary.value === 'no' && (isForeign || subject.kind !== 'user' || !side.unseen.length)
  const unread = isForeign && identity.value === 'no' ? [] : side.unseen
  const gives = isCapped ? [] : [...over.gives, ...unread]
  return { value, because, caps: over.caps, takes: [...over.takes, ...side.unseen], gives }
}

const allowedBy = (layer: Layer, asking: Asking, otherwise: string): Answer => {
  const answer = any(layer.of(asking.action.text).allow.map((statement) => applies(statement, asking)))
  return answer.value === 'no' ? no(otherwise, ...answer.because) : answer
}

function deniedBy(subject: Subject, asking: Asking, side: ResourceSide, over: Over): Answer {
  const layers = [...subject.holding.layers, ...over.service, ...over.resource]
  const answers = layers.flatMap((layer) =>
    layer.of(asking.action.text).deny.map((statement) => applies(statement, asking)),
  )
  const named = side.statements
    .filter(({ effect }) => effect !== 'Allow')
    .map((statement) => all([meansIt(statement, subject), applies(statement, asking)]))
  const denied = any([...answers, ...named])
  // Denies that do not apply are no reason for anything.
  return denied.value === 'no' ? no() : denied
}

const UNNAMED = 'The policy of the resource has a statement that was not understood.'
function meansIt({ principals }: Statement, subject: Subject): Answer {
  if (!principals) return depends(UNNAMED)
  const { value, how } = meant(principals, subject)
  if (value === 'depends')
    return depends(
      how === 'session'
        ? 'It names one session of the role, and the session is named by whoever starts it.'
        : 'Whom it names is not known here.',
    )
  return value === 'yes' ? yes() : no()
}

type ByHow = Readonly<Record<How, Answer>>
function resourceGrants(subject: Subject, asking: Asking, { statements }: ResourceSide): ByHow {
  const found: Record<How, Answer[]> = { user: [], session: [], role: [], account: [], anyone: [] }
  for (const statement of statements) {
    if (statement.effect === 'Deny') continue
    const how = statement.principals ? meant(statement.principals, subject).how : 'anyone'
    found[how].push(all([meansIt(statement, subject), applies(statement, asking)]))
  }
  return {
    user: any(found.user),
    session: any(found.session),
    role: any(found.role),
    account: any(found.account),
    anyone: any(found.anyone),
  }
}

type Sides = { identity: Answer; boundary: Answer; by: ByHow }
const OPEN_BOUNDARY = 'Whether a boundary caps what a policy gives to anyone is not documented.'
const NOT_LET_IN = 'The policy of the resource does not let it in.'

function grantOf(rule: ResourceRule, { identity, boundary, by }: Sides): Answer {
  const letsIn = any([by.user, by.session, by.role, by.account, by.anyone])
  const refused = no(NOT_LET_IN, ...letsIn.because)
  if (rule === 'foreign') return letsIn.value === 'no' ? refused : all([letsIn, identity, boundary])
  const toAnyone =
    boundary.value === 'no' ? all([by.anyone, depends(OPEN_BOUNDARY)]) : all([by.anyone, boundary])
  const direct = any([by.user, by.session, all([by.role, boundary]), toAnyone])
  if (direct.value === 'yes') return direct
  if (rule === 'must' && letsIn.value === 'no') return refused
  const held = all(rule === 'must' ? [boundary, identity, by.account] : [boundary, identity])
  const answer = any([direct, held])
  return answer.value === 'no' ? no(...new Set([...held.because, ...direct.because])) : answer
}

/** The answer with what was not seen: it makes a yes depend that it could take away, and a no that it could give. */
export function withUnseen({ value, because, caps, takes, gives }: Decision): Judged {
  const missing = [
    ...new Set(value === 'no' ? gives : [...caps, ...takes, ...(value === 'yes' ? [] : gives)]),
  ]
  return { value: missing.length ? 'depends' : value, because, missing }
}

/** As above, where a ceiling that was not seen is named and lowers nothing: the contract of steps and privileges. */
export function asSeen({ caps, ...decision }: Decision): Judged {
  const { value, because, missing } = withUnseen({ ...decision, caps: [] })
  if (value === 'no' || !caps.length) return { value, because, missing }
  return { value, because, missing: [...new Set([...missing, ...caps])] }
}

const RANK = { yes: 0, depends: 1, no: 2 } as const
/** The stronger of two, the first where they are alike. */
export const stronger = (a: Decision, b: Decision): Decision => (RANK[b.value] < RANK[a.value] ? b : a)
