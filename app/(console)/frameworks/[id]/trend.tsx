// How a control stood over the last thirty days: what fails as a line, what nobody could judge as a dashed one.
import type { CountPoint } from '@/governance/frameworks/control-counts'
import { absolute } from '@/app/_ui/moment'

const WIDTH = 112
const HEIGHT = 24
const DAY_MS = 24 * 60 * 60_000
const SPAN_MS = 30 * DAY_MS

/** Days of which nothing is known stay empty: the line begins where the counts do. */
function line(points: readonly CountPoint[], of: (point: CountPoint) => number, most: number): string {
  const end = Date.parse(points.at(-1)?.at ?? '')
  return points
    .map((point) => {
      const x = WIDTH - ((end - Date.parse(point.at)) / SPAN_MS) * WIDTH
      const y = HEIGHT - 2 - (of(point) / Math.max(1, most)) * (HEIGHT - 4)
      return `${Math.max(0, x).toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
}

const told = (n: number) => n.toLocaleString('en')

export function Trend({ points }: { points: readonly CountPoint[] }) {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2)
    return <span className="text-caption text-muted">No earlier day is known</span>
  const most = Math.max(...points.flatMap((point) => [point.fail, point.unknown]))
  const since = absolute(first.at, false)
  return (
    <span className="block min-w-32">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden className="block">
        <polyline
          points={line(points, (point) => point.unknown, most)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.25"
          strokeDasharray="2 2"
          className="text-muted"
        />
        <polyline
          points={line(points, (point) => point.fail, most)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          className="text-danger"
        />
      </svg>
      <span className="block text-caption whitespace-nowrap text-muted">
        failing {told(first.fail)}, now {told(last.fail)}
      </span>
      <span className="block text-caption whitespace-nowrap text-muted">
        not decided {told(first.unknown)}, now {told(last.unknown)}
      </span>
      <span className="block text-caption whitespace-nowrap text-muted">since {since}</span>
    </span>
  )
}
