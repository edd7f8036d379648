// A policy made ready to be asked about very many things.
import { instantOf } from '@/core/days'
import type { Instant } from '@/core/fact'
import type { Policy } from '@/core/policy'
import { Patterns } from '@/core/patterns'

/** A day that is named is part of the span that it ends. */
export const endOfDay = (day: string): Instant => instantOf(Date.parse(`${day}T23:59:59.999Z`))

/** Names of environments and places are few: so many answers are remembered. */
const REMEMBERED_MAX = 20_000

export type CompiledPolicy = {
  environmentTags: readonly string[]
  /** The environment that the value of a tag stands for. One that no name stands for is an environment of its own. */
  environmentOfTag: (value: string) => string
  /** The environment and the name that tells it: of scopes, of namespaces. */
  environmentOfPlace: (names: readonly string[]) => { environment: string; name: string } | undefined
  endTags: readonly string[]
  /** The declaration that something is for emergencies. It counts to the end of its last day. */
  breakGlass: (calls: readonly string[]) => { why: string; until: Instant } | undefined
  /** Whether a register of suppliers is kept at all. */
  hasSuppliers: boolean
  supplier: (calls: readonly string[]) => { name: string; endedOn?: string } | undefined
}

function remembering<T>(ask: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const held = known.get(text)
    if (held !== undefined || known.has(text)) return held as T
    const found = ask(text)
    if (known.size < REMEMBERED_MAX) known.set(text, found)
    return found
  }
}

export function compilePolicy(policy: Policy): CompiledPolicy {
  const { tags, names, places } = policy.environments
  const ofName = new Patterns(
    names.flatMap(({ environment, also }) =>
      [environment, ...also].map((name) => [name, environment] as const),
    ),
  )
  const ofPlace = new Patterns(places.map(({ place, environment }) => [place, environment] as const))
  const placeOf = remembering((name) => ofPlace.first([name]))
  const emergency = new Patterns(
    policy.breakGlass.map(({ identity, why, until }) => [identity, { why, until: endOfDay(until) }] as const),
  )
  const suppliers = new Patterns(
    policy.suppliers.flatMap(({ name, identities, endedOn }) =>
      identities.map((pattern) => [pattern, { name, ...(endedOn !== undefined && { endedOn }) }] as const),
    ),
  )
  return {
    environmentTags: tags.map((tag) => tag.toLowerCase()),
    environmentOfTag: remembering((value) => ofName.first([value.trim()]) ?? value.trim().toLowerCase()),
    environmentOfPlace: (told) => {
      for (const name of told) {
        const environment = placeOf(name)
        if (environment !== undefined) return { environment, name }
      }
      return undefined
    },
    endTags: policy.endTags.map((tag) => tag.toLowerCase()),
    breakGlass: (calls) => emergency.first(calls),
    hasSuppliers: policy.suppliers.length > 0,
    supplier: (calls) => suppliers.first(calls),
  }
}
