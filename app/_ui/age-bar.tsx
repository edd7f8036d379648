// An age against a limit: the track is twice the limit long, with a tick at the limit and hatching beyond it.
const WIDTH = 96
const HEIGHT = 10

/** Hatching drawn as lines, so that no pattern needs an id. */
function hatch(from: number, to: number): string {
  const lines: string[] = []
  for (let x = from; x < to; x += 4)
    lines.push(`M${x} ${HEIGHT}L${Math.min(x + HEIGHT, to)} ${Math.max(0, HEIGHT - (to - x))}`)
  return lines.join('')
}

export function AgeBar({ days, limit }: { days: number; limit: number }) {
  const end = Math.min(WIDTH, (days / (limit * 2)) * WIDTH)
  const tick = WIDTH / 2
  const over = days > limit
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className="shrink-0">
        <rect width={WIDTH} height={HEIGHT} rx="2" className="fill-sunken" />
        <rect
          width={Math.min(end, tick)}
          height={HEIGHT}
          rx="2"
          data-fill
          className={over ? 'fill-sev-high' : 'fill-control'}
        />
        {over && (
          <>
            <path d={hatch(tick, end)} className="stroke-sev-high" strokeWidth="1.5" fill="none" />
            <path
              d={`M${tick} .5H${end - 0.5}V${HEIGHT - 0.5}H${tick}`}
              className="stroke-sev-high"
              fill="none"
            />
          </>
        )}
        <path d={`M${tick} 0V${HEIGHT}`} className="stroke-ink" strokeWidth="1.5" />
      </svg>
      <span className="tabular">
        {days.toLocaleString('en')} d <span className="text-muted">(limit {limit} d)</span>
      </span>
    </span>
  )
}
