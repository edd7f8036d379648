// Owner and privilege as a person reads them: they are joined from several rows, and their time is that of the looks at these.
import type { Fact, Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import type { Owner, Privilege } from '@/core/subject'
import { identityLooks } from '@/inventory/hint-looks'
import { iso } from './sql'
import type { FactView, LookView, OwnerHintView } from './types'

/** Until the rules were asked. */
const NOT_ASKED = {
  state: 'unknown',
  why: 'not-collected',
  source: 'evaluation',
  detail: 'the rules have not been asked yet',
} as const

/** Since when, at least, everything of a kind has been seen whole, and whether a newer look could not confirm it. */
function confirmation(looks: readonly LookView[], kind: Kind) {
  const ofKind = looks.filter((look) => look.kind === kind)
  const at = ofKind.flatMap(({ completeAt }) => completeAt ?? []).sort()[0]
  const doubt = ofKind.find(({ state }) => state !== 'complete')
  return {
    at,
    ...(doubt && { unconfirmed: { why: doubt.why ?? ('not-collected' as const), since: doubt.at } }),
  }
}

type Joined<T> = { fact: Fact<T> | null; evaluatedAt: Date | null }

/** A named owner is as old as the hint that names them; that there is none, as old as the looks for hints. */
export function ownerView(
  { fact, evaluatedAt }: Joined<Owner>,
  hints: readonly OwnerHintView[],
  looks: readonly LookView[],
): FactView<Owner> {
  if (!fact || !evaluatedAt) return NOT_ASKED
  if (fact.state === 'unknown') return fact
  if (fact.state === 'absent') return confirmed(fact, identityLooks(looks), 'owner-hint', iso(evaluatedAt))
  const hint = hints.find(({ via, value }) => via === fact.value.how && value === fact.value.name)
  return { ...fact, at: fact.at ?? hint?.at ?? iso(evaluatedAt) }
}

/** What an identity may do is as old as the looks for grants. */
export function privilegeView(
  { fact, evaluatedAt }: Joined<Privilege>,
  looks: readonly LookView[],
): FactView<Privilege> {
  if (!fact || !evaluatedAt) return NOT_ASKED
  return fact.state === 'unknown' ? fact : confirmed(fact, looks, 'grant', iso(evaluatedAt))
}

function confirmed<F extends { at?: Instant }>(
  fact: F,
  looks: readonly LookView[],
  kind: Kind,
  otherwise: Instant,
): F & { at: Instant } {
  const { at, ...doubt } = confirmation(looks, kind)
  return { ...fact, at: fact.at ?? at ?? otherwise, ...doubt }
}
