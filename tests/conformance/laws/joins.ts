// What a connector declares about its joins is what it does: names it bears, names it asks for, and what it is the one to know.
import { Authority, type Joins, type Nameable } from '@/core/join'
import { isEnded } from '@/core/observation'
import { holds, observed, type Law } from '../law'

const entry = ({ type, kind }: { type: string; kind: string }): string => `${type} of ${kind}`

export const joins: Law = async (study) => {
  const { manifest } = study.connector
  const declared: Joins = manifest.joins ?? { offers: [], expects: [] }
  const offers = new Set(declared.offers.map(entry))
  const expects = new Set(declared.expects.map(entry))
  const { events } = await study.calm()
  const borne = new Set<string>()
  for (const { observation } of observed(events)) {
    if (isEnded(observation)) continue
    const name = `${observation.kind} ${observation.nativeId}`
    for (const { type } of observation.keys ?? []) {
      const key = entry({ type, kind: observation.kind })
      holds(offers.has(key), 'joins', `${name} bears ${key}, which the manifest does not offer`)
      borne.add(key)
    }
    for (const { to, kind } of observation.links ?? []) {
      const key = entry({ type: to, kind: kind ?? 'identity' })
      holds(expects.has(key), 'joins', `${name} names ${key}, which the manifest does not expect`)
    }
  }
  for (const key of offers) holds(borne.has(key), 'joins', `${key} is offered and nothing bears it`)
  expectsOwn(manifest.id, declared)
  if (declared.offers.length) authorities(events)
}

/** What it expects of its own system it has to offer itself: nobody else will. */
function expectsOwn(id: string, { offers, expects }: Joins): void {
  const own = (type: string, kind: Nameable) => offers.some((one) => one.type === type && one.kind === kind)
  for (const { type, kind } of expects)
    if (type.startsWith(`${id}.`))
      holds(own(type, kind), 'joins', `${entry({ type, kind })} is expected and not offered`)
}

/** Whoever bears names is the one to say that a name is borne by nobody. */
function authorities(events: Parameters<typeof observed>[0]): void {
  for (const event of events) {
    if (event.type !== 'scope') continue
    const { nativeId, authorities = [] } = event.scope
    holds(authorities.length, 'joins', `scope ${nativeId} offers names and is no authority for them`)
    for (const authority of authorities)
      holds(
        Authority.safeParse(authority).success,
        'joins',
        `the authority ${authority} of scope ${nativeId} is not <system>:<name>`,
      )
  }
}
