// The parts of a look, a stream of a scope each: which of them saw something else than in another look.
import type { Collected } from '@/core/collect'
import { textOf } from './reference-inventory'

export type Part = { scope: string; stream: string }
type Looked = { events: readonly Collected[] }

export const inPart =
  (one: Part) =>
  ({ scope, stream }: Part): boolean =>
    scope === one.scope && stream === one.stream

type OfStream = Extract<Collected, { stream: string }>
export const partOf = ({ scope, stream }: OfStream): Part => ({ scope: scope.nativeId, stream })

/** All that a look says of each part: equal texts, equal pictures. */
const pictures = new WeakMap<Looked, Map<string, string>>()
const nameOf = ({ scope, stream }: Part): string => JSON.stringify([scope, stream])

function picturesOf(look: Looked): Map<string, string> {
  const made = pictures.get(look) ?? new Map<string, string>()
  if (pictures.has(look)) return made
  for (const event of look.events) {
    if (!('stream' in event)) continue
    const part = nameOf(partOf(event))
    const said = event.type === 'observations' ? event.observations : event.kinds
    made.set(part, (made.get(part) ?? '') + textOf(said))
  }
  pictures.set(look, made)
  return made
}

/** Those of these parts of which two looks say different things, or one says nothing. */
export function partsSeenOtherwise(calm: Looked, other: Looked, parts: readonly Part[]): Part[] {
  const [before, now] = [picturesOf(calm), picturesOf(other)]
  return parts.filter((part) => before.get(nameOf(part)) !== now.get(nameOf(part)))
}
