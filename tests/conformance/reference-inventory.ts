// The inventory as a pure function, small enough to be read whole: the model that the real one in SQL is checked against.
import { isDeepStrictEqual } from 'node:util'
import type { Collected } from '@/core/collect'
import type { Instant } from '@/core/fact'
import { isEnded, type Kind, type Observation } from '@/core/observation'
import { remember } from '@/core/remember'

/** Where a row comes from. Only a complete look at the same scope, stream and kind may retire it. */
export type Place = { scope: string; stream: string; kind: Kind; nativeId: string }
export type Row = Place & {
  observation: Observation
  /** When it was last seen. */
  confirmedAt: Instant
  /** False once it was retired; what was known of it stays, should it come back. */
  active: boolean
}
/** All rows ever seen, by the key of their place. */
export type State = ReadonlyMap<string, Row>
export type Change =
  | ({ type: 'created'; after: Observation } & Place)
  | ({ type: 'updated' | 'restored'; before: Observation; after: Observation } & Place)
  | ({ type: 'retired'; before: Observation } & Place)
export type Applied = { state: State; changes: Change[] }
export type Apply = (state: State, collected: readonly Collected[], now: Instant) => Applied

export const keyOf = ({ scope, stream, kind, nativeId }: Place): string =>
  JSON.stringify([scope, stream, kind, nativeId])

/**
 * What the inventory is after a look, and what changed. Rows of a scope that was not listed stay as they are: that a
 * scope is gone is for a person to say. A row that is not seen is retired only where its kind was seen completely, one
 * that is seen only where the source itself says that it has ended.
 */
export const apply: Apply = (state, collected, now) => {
  const next = new Map(state)
  const changes: Change[] = []
  const seen = new Set<string>()
  for (const event of collected) {
    if (event.type !== 'observations') continue
    for (const observation of event.observations) {
      if (isEnded(observation)) continue
      const place = placeOf(event.scope.nativeId, event.stream, observation)
      const key = keyOf(place)
      const row = next.get(key)
      seen.add(key)
      const after = kept(row, observation, now)
      next.set(key, { ...place, observation: after, confirmedAt: now, active: true })
      if (!row) changes.push({ ...place, type: 'created', after })
      else if (!row.active) changes.push({ ...place, type: 'restored', before: row.observation, after })
      else if (!isDeepStrictEqual(row.observation, after))
        changes.push({ ...place, type: 'updated', before: row.observation, after })
    }
  }
  const retire = (key: string, row: Row | undefined) => {
    if (!row?.active) return
    next.set(key, { ...row, active: false })
    const { observation: before, scope, stream, kind, nativeId } = row
    changes.push({ type: 'retired', before, scope, stream, kind, nativeId })
  }
  for (const event of collected) {
    if (event.type !== 'observations') continue
    for (const { of: kind, nativeId } of event.observations.filter(isEnded)) {
      const key = keyOf({ scope: event.scope.nativeId, stream: event.stream, kind, nativeId })
      retire(key, next.get(key))
    }
  }
  const whole = new Set(
    collected.flatMap((event) => {
      if (event.type !== 'coverage') return []
      const { scope, stream } = event
      const kinds = Object.entries(event.kinds).filter(([, { state: is }]) => is === 'complete')
      return kinds.map(([kind]) => JSON.stringify([scope.nativeId, stream, kind]))
    }),
  )
  for (const [key, row] of state)
    if (row.active && !seen.has(key) && whole.has(JSON.stringify([row.scope, row.stream, row.kind])))
      retire(key, row)
  return { state: next, changes }
}

/** What the row holds after this look, as it would be stored: without fields that are not set. */
function kept(row: Row | undefined, seen: Observation, now: Instant): Observation {
  const after = row ? remember(row.observation, seen, row.confirmedAt, now) : seen
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined)) as Observation
}

const placeOf = (scope: string, stream: string, { kind, nativeId }: Observation): Place => ({
  scope,
  stream,
  kind,
  nativeId,
})

/** The same text for equal values, whatever the order of their fields; the order of a list counts. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )
