// Severity told five ways: word, shape, weight, order and colour. Never by colour alone.
import type { ReactNode } from 'react'

export type SeverityWord = 'critical' | 'high' | 'medium' | 'low' | 'info'
const LOOK: Record<SeverityWord, { word: string; badge: string; mark: string; shape: ReactNode }> = {
  critical: {
    word: 'Critical',
    badge: 'bg-sev-critical text-on-sev border-sev-critical font-semibold',
    mark: 'text-sev-critical-text',
    shape: <path data-fill d="M4 1h4l3 3v4l-3 3H4L1 8V4z" fill="currentColor" />,
  },
  high: {
    word: 'High',
    badge: 'bg-sev-high text-on-sev border-sev-high font-semibold',
    mark: 'text-sev-high-text',
    shape: <path data-fill d="M6 1l5.2 9.5H.8z" fill="currentColor" />,
  },
  medium: {
    word: 'Medium',
    badge: 'bg-sev-medium-tint text-sev-medium-text border-sev-medium font-medium',
    mark: 'text-sev-medium-text',
    shape: <path data-fill d="M6 .8L11.2 6 6 11.2.8 6z" fill="currentColor" />,
  },
  low: {
    word: 'Low',
    badge: 'bg-transparent text-sev-low-text border-sev-low',
    mark: 'text-sev-low-text',
    shape: <circle data-fill cx="6" cy="6" r="4.4" fill="currentColor" />,
  },
  info: {
    word: 'Info',
    badge: 'bg-transparent text-sev-info-text border-transparent',
    mark: 'text-sev-info-text',
    shape: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  },
}

function Shape({ severity }: { severity: SeverityWord }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden className="shrink-0">
      {LOOK[severity].shape}
    </svg>
  )
}

export function SeverityBadge({ severity }: { severity: SeverityWord }) {
  const { word, badge } = LOOK[severity]
  return (
    <span
      className={`badge inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-caption whitespace-nowrap print:border-current ${badge}`}
    >
      <Shape severity={severity} />
      {word}
    </span>
  )
}

/** Shape and word without a box, for dense places. `count` stands before the word. */
export function SeverityMark({ severity, count }: { severity: SeverityWord; count?: number }) {
  const { word, mark } = LOOK[severity]
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${mark}`}>
      <Shape severity={severity} />
      {count !== undefined && <span className="tabular font-medium">{count}</span>}
      {word}
    </span>
  )
}
