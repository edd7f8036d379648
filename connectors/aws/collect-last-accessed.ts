// When roles and users last tried each service. Mostly asked already: what of a grant was used is told with the grant.
import type { Stream } from '@/core/connector'
import { reportsIn } from './last-accessed'
import { usesOf } from './map-last-accessed'

const KINDS = ['usage'] as const

export const lastAccessed: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { told, refused } = await reportsIn(at)
    for (const refusal of refused) at.lacking(KINDS, refusal)
    for (const [id, report] of told) {
      // Of whom it was not told, what is held stands.
      at.lacking(KINDS, report)
      if (report.state === 'known') yield* usesOf(id, report.value)
    }
  },
}
