// The generated estate as a connector: read through a session like any source, every row a pure function of the options.
import { z } from 'zod'
import { defineConnector, type Connector, type Stream } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Kind, Observation } from '@/core/observation'
import { changedOr } from './changed'
import { estateManifest } from './manifest'
import { organisationOf } from './organisation'
import { rowByRow } from './row-by-row'
import { partsOf, type Part } from './streams'
import { asking, estateTransport, next, Numbers, type World } from './transport'

export type EstateOptions = {
  /** Identities on day 0. */
  identities: number
  seed: number
  /** The simulated day that is looked at. */
  day: number
  /** Share of rows (0 to 1) that say something else than the same day says without it. */
  changed?: number
}

export function estateConnector({ identities, seed, day, changed = 0 }: EstateOptions): Connector {
  const world = worldOf(identities, seed, day)
  const streams = Object.entries(partsOf(world)).map(([name, { kinds, parts }]) => [
    name,
    streamOf(world, kinds, parts, changed),
  ])
  return defineConnector({
    manifest: estateManifest,
    open: () => estateTransport(world),
    openFile: () => Promise.reject(new RollcallError('not-found', 'The generated estate reads no files.')),
    sample: () => estateTransport(world),
    async *scopes(session) {
      for await (const page of session.pages('estate:ListPlaces', asking('places'), Numbers, { next }))
        for (const { nativeId, name, kind } of world.organisation.places.slice(page.from, page.to))
          yield { nativeId, name, type: `estate.${kind}` }
    },
    streams: Object.fromEntries(streams) as Record<string, Stream>,
  }) as unknown as Connector
}

function worldOf(identities: number, seed: number, day: number): World {
  const organisation = organisationOf({ identities, seed })
  const places = new Map(organisation.places.map((place) => [place.nativeId, place]))
  const placeOf = (nativeId: string) => {
    const place = places.get(nativeId)
    if (!place) throw new Error(`the estate has no place ${nativeId}`)
    return place
  }
  return { organisation, day, placeOf }
}

/** Whose rows tell of their last use. */
const TELLS_USE: readonly Kind[] = ['identity', 'credential']

const streamOf = (world: World, kinds: Kind[], parts: Part[], changed: number): Stream => ({
  kinds,
  collect({ session, scope }) {
    const place = world.placeOf(scope.nativeId)
    async function* pages(): AsyncGenerator<Observation[]> {
      // The rows know the answer; asking is what has a refusal counted as a gap.
      if (kinds.some((kind) => TELLS_USE.includes(kind)))
        await session.ask('estate:GetLastUse', { place: scope.nativeId }, z.object({}))
      for (const { permission, what, add } of parts)
        for await (const page of session.pages(permission, asking(what, scope.nativeId), Numbers, { next })) {
          const rows: Observation[] = []
          for (let number = page.from; number < page.to; number++) add(rows, place, number)
          yield changed ? rows.map((row) => changedOr(row, changed)) : rows
        }
    }
    return rowByRow(pages())
  },
})
