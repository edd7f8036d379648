// What a pack says of itself: what was asked, and what was not seen.
import { PRODUCT } from '@/core/product'
import { completenessOf } from '@/inventory/queries/completeness-of'
import type { PackFacts } from '../part'

export const packFacts: PackFacts = {
  async report({ actor, asked }, files) {
    const seen = await completenessOf(actor)
    return {
      title: asked.title,
      product: PRODUCT,
      by: actor.name,
      asOf: asked.moment,
      ...(asked.from && { period: { from: asked.from, to: asked.moment.valid } }),
      scope: [],
      redacted: [...asked.redact],
      complete: seen.state === 'complete',
      gaps: seen.missing.map(
        ({ scope, kind, why, permission }) => `${kind} of ${scope} (${why}: ${permission})`,
      ),
      totals: { identities: 0, credentials: 0, failing: 0, unknown: 0, excepted: 0 },
      controls: [],
      sources: [],
      exceptions: [],
      files,
      method: [],
    }
  },
  async *findings() {},
}
