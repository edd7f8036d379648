// Values as people read them at the command line. Pure.
import type { FactView } from '@/inventory/queries/types'

/** An instant to the minute, in UTC. */
export const minute = (at: string | undefined): string => (at ? `${at.slice(0, 16)}Z` : '')

/** A fact with its source and time: what is unknown says why. */
export function factWords(fact: FactView, show: (value: unknown) => string = String): string {
  if (fact.state === 'unknown') return `unknown (${fact.why}: ${fact.source})`
  const value = fact.state === 'absent' ? (fact.note ?? 'none') : show(fact.value)
  const doubt = fact.unconfirmed
    ? `, not confirmed since ${minute(fact.unconfirmed.since)}: ${fact.unconfirmed.why}`
    : ''
  return `${value} (${fact.source}, ${minute(fact.at)}${doubt})`
}
