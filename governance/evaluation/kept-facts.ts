// What was read about something as text: kept so that other rules or another policy can be asked without reading it again.
import { isFact } from '@/core/fact'
import { CONFIRMED } from './owner'
import type { RawUnit } from './raw-facts'

/** When something was confirmed moves with every look and is told by the looks; what people confirmed moves with them. */
function timeless(value: unknown): unknown {
  if (!isFact(value) || value.state === 'unknown' || value.source === CONFIRMED) return value
  const { at: _, unconfirmed, ...rest } = value
  return unconfirmed ? { ...rest, unconfirmed: { why: unconfirmed.why } } : rest
}

const bare = (subject: object): object => {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(subject)) kept[name] = timeless(value)
  return kept
}

/** Equal where nothing but the time of its confirmation differs. */
export function keepFacts(unit: RawUnit): string {
  if (unit.kind === 'identity')
    return JSON.stringify({ ...unit, identity: bare(unit.identity), credentials: unit.credentials.map(bare) })
  if (unit.kind === 'credential') return JSON.stringify({ ...unit, credential: bare(unit.credential) })
  if (unit.kind === 'secret') return JSON.stringify({ kind: 'secret', secret: bare(unit.secret) })
  return JSON.stringify({ kind: 'scope', scope: bare(unit.scope) })
}

/** Without times: enough to be judged, and not to be written down as evidence. */
export const keptUnit = (facts: string): RawUnit => JSON.parse(facts) as RawUnit
