// The network side of the made-up source: it answers in pages of numbers, from which the connector makes the rows.
import { z } from 'zod'
import { UpstreamError, type Transport } from '@/core/upstream'
import { offeredCount, writtenCount } from './entitlement'
import { issuerCount } from './issuer'
import { slotsBy } from './life'
import type { Organisation, Place } from './organisation'
import { secretsOf } from './secret'
import { USE_REFUSED } from './use'

const ROWS_A_PAGE = 500

/** A page of things by number: from the first up to, and without, the last. */
export const Numbers = z.object({ from: z.int(), to: z.int(), next: z.int().optional() })
export type Numbers = z.infer<typeof Numbers>

export type Listing = 'places' | 'members' | 'offered' | 'written' | 'secrets' | 'issuers'
export type World = { organisation: Organisation; day: number; placeOf: (nativeId: string) => Place }

/** How many numbers a listing goes through. Not at every number there is something on every day. */
function countOf(listing: Listing, world: World, nativeId: string): number {
  const { organisation, day, placeOf } = world
  if (listing === 'places') return organisation.places.length
  const place = placeOf(nativeId)
  switch (listing) {
    case 'members':
      return slotsBy(place, day)
    case 'offered':
      return offeredCount(place)
    case 'written':
      return writtenCount(place)
    case 'secrets':
      return slotsBy(secretsOf(place), day)
    case 'issuers':
      return issuerCount(place)
  }
}

export function estateTransport(world: World): Transport {
  return {
    async send(permission, params) {
      const nativeId = String(params.place ?? '')
      if (permission === USE_REFUSED.source) {
        if (!world.placeOf(nativeId).refusesUse) return {}
        throw new UpstreamError(USE_REFUSED.why, permission, USE_REFUSED.detail ?? '')
      }
      const from = Number(params.from ?? 0)
      const count = countOf(params.what as Listing, world, nativeId)
      const to = Math.min(from + ROWS_A_PAGE, count)
      return { from, to, ...(to < count && { next: to }) }
    },
    explain: () => undefined,
  }
}

/** What to ask for: whose numbers of which listing. */
export const asking = (what: Listing, place = ''): Record<string, unknown> => ({ what, place })
/** Where the next page starts. */
export const next = (page: Numbers) => (page.next === undefined ? undefined : { from: page.next })
