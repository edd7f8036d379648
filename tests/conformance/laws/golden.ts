// Recorded answers give exactly the golden observations, so that a change of meaning is seen by a person.
import { deepStrictEqual } from 'node:assert'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Collected } from '@/core/collect'
import { holds, type Law } from '../law'

export const golden: Law = async (study) => {
  const { world } = study
  const { events } = await study.calm()
  const seen: unknown = JSON.parse(JSON.stringify(pictureOf(events)))
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(world.golden, JSON.stringify(seen, null, 2) + '\n')
  holds(
    existsSync(world.golden),
    'golden',
    `there is no ${world.golden}; UPDATE_GOLDEN=1 writes it, then review it`,
  )
  const expected: unknown = JSON.parse(readFileSync(world.golden, 'utf8'))
  try {
    deepStrictEqual(seen, expected)
  } catch (error) {
    const difference = error instanceof Error ? error.message : String(error)
    holds(false, 'golden', `other observations than in ${world.golden}\n${difference}`)
  }
}

/** A run as a reviewable value: scopes in their order, streams with coverage, observations sorted. */
function pictureOf(events: readonly Collected[]) {
  const scopes = events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
  const last = events.find((event) => event.type === 'scopes')
  return {
    scopes: last?.coverage,
    inventory: scopes.map((scope) => ({ scope, streams: streamsOf(events, scope.nativeId) })),
  }
}

function streamsOf(events: readonly Collected[], scope: string) {
  const coverage = events.flatMap((event) =>
    event.type === 'coverage' && event.scope.nativeId === scope ? [event] : [],
  )
  return coverage.map(({ stream, kinds }) => ({
    stream,
    kinds,
    observations: events
      .flatMap((event) =>
        event.type === 'observations' && event.scope.nativeId === scope && event.stream === stream
          ? event.observations.map((observation) => ({
              observation,
              key: JSON.stringify([observation.kind, observation.nativeId]),
            }))
          : [],
      )
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ observation }) => observation),
  }))
}
