// How both ends of a score stood over the last ninety days: a band, with nothing drawn where nothing is known.
import type { ScorePoint } from '@/governance/score/score-history'
import { rangeWords } from '@/governance/score/score-words'
import { absolute } from '@/app/_ui/moment'

const WIDTH = 300
const HEIGHT = 60
const SPAN_MS = 90 * 24 * 60 * 60_000

export function ScoreTrend({ points }: { points: readonly ScorePoint[] }) {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2)
    return <p className="text-caption text-muted">No earlier day is known.</p>
  const x = (at: string) =>
    Math.max(0, WIDTH - ((Date.parse(last.at) - Date.parse(at)) / SPAN_MS) * WIDTH).toFixed(1)
  const y = (points: number) => (HEIGHT - 2 - (points / 100) * (HEIGHT - 4)).toFixed(1)
  const ends = { low: [...points], high: [...points].reverse() }
  const band = [
    ...ends.low.map(({ at, range }) => `${x(at)},${y(range.low)}`),
    ...ends.high.map(({ at, range }) => `${x(at)},${y(range.high)}`),
  ].join(' ')
  const line = (end: 'low' | 'high') => points.map(({ at, range }) => `${x(at)},${y(range[end])}`).join(' ')
  return (
    <figure className="max-w-96">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className="h-15 w-full border-b border-hairline">
        <polygon points={band} fill="currentColor" className="text-ok opacity-20" />
        <polyline points={line('high')} fill="none" stroke="currentColor" className="text-ok" />
        <polyline points={line('low')} fill="none" stroke="currentColor" className="text-ok" />
      </svg>
      <figcaption className="mt-1 text-caption text-muted">
        {rangeWords(first.range)} on {absolute(first.at, false)}, now {rangeWords(last.range)}
      </figcaption>
    </figure>
  )
}
