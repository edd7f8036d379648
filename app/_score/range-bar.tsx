// A score as a bar with two ends: what is in order for certain, what hangs on what was not seen, and what is lost.
import type { ScoreRange } from '@/core/score'

const HEIGHT = 12

export function RangeBar({ range: { low, high } }: { range: ScoreRange }) {
  return (
    <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="h-3 w-full">
      <rect data-fill width={100} height={HEIGHT} className="fill-sunken" />
      <rect data-fill width={high} height={HEIGHT} className="fill-ok opacity-35" />
      <rect data-fill width={low} height={HEIGHT} className="fill-ok" />
      <rect data-fill x={Math.max(0, high - 0.6)} width={0.6} height={HEIGHT} className="fill-ink" />
      <rect data-fill x={Math.max(0, low - 0.6)} width={0.6} height={HEIGHT} className="fill-ink" />
    </svg>
  )
}
