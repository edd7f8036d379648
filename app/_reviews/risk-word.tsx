// How risky an item is, as a word with a shape.
import type { Tier } from '@/core/campaign'
import { SeverityMark } from '@/app/_ui/severity'

export function RiskWord({ tier, long = false }: { tier: Tier; long?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <SeverityMark severity={tier} />
      {long && <span>risk</span>}
    </span>
  )
}
