// Open findings by severity as one bar, labelled directly; the numbers are the links.
import { Link } from '@/app/_ui/link'
import { SEVERITIES } from '@/core/rule'
import type { HomeSummary } from '@/inventory/queries/types'
import { SeverityMark } from '@/app/_ui/severity'
import { Section } from '@/app/_ui/section'

const WIDTH = 1000
const HEIGHT = 10
const GAP = 3
const FILLS = {
  critical: 'fill-sev-critical',
  high: 'fill-sev-high',
  medium: 'fill-sev-medium',
  low: 'fill-sev-low',
  info: 'fill-sev-info',
}

export function SeverityStrip({ home: { findings } }: { home: HomeSummary }) {
  const total = SEVERITIES.reduce((sum, severity) => sum + findings.bySeverity[severity], 0)
  if (total === 0) return null
  const present = SEVERITIES.filter((severity) => findings.bySeverity[severity] > 0)
  const room = WIDTH - GAP * (present.length - 1)
  const widths = present.map((severity) => (findings.bySeverity[severity] / total) * room)
  const bars = present.map((severity, i) => ({
    severity,
    x: widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0),
    width: widths[i],
  }))
  return (
    <Section id="severity" title="Open findings" aside={`${total.toLocaleString('en')} failing`}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="h-2.5 w-full">
        {bars.map((bar) => (
          <rect
            key={bar.severity}
            data-fill
            x={bar.x}
            width={bar.width}
            height={HEIGHT}
            className={FILLS[bar.severity]}
          />
        ))}
      </svg>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {SEVERITIES.map((severity) => (
          <li key={severity}>
            <Link
              href={`/findings?severity=${severity}&verdict=fail`}
              className="inline-flex min-h-6 items-center rounded-sm underline-offset-4 hover:underline"
            >
              <SeverityMark severity={severity} count={findings.bySeverity[severity]} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
