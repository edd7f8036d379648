// A state as a word with a shape: told apart without colour.
import { Ban, Check, CircleDashed, CircleDot, Clock, Minus, Pause, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'danger' | 'busy' | 'waiting' | 'off' | 'paused' | 'unknown' | 'denied'
const ICONS = {
  ok: Check,
  warn: TriangleAlert,
  danger: X,
  busy: CircleDot,
  waiting: Clock,
  off: Minus,
  paused: Pause,
  unknown: CircleDashed,
  denied: Ban,
} as const
const COLOURS: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-sev-medium-text',
  danger: 'text-danger',
  busy: 'text-accent',
  waiting: 'text-muted',
  off: 'text-muted',
  paused: 'text-muted',
  unknown: 'text-muted',
  denied: 'text-danger',
}

export function StateWord({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[tone]
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${COLOURS[tone]}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {children}
    </span>
  )
}
