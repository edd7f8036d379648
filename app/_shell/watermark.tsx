// Who reads, over every page an auditor sees, on paper too. Nobody has to read it: it is not told to assistive technology,
// takes no click, and is too faint to be in the way of what is below.
import type { Actor } from '@/core/permissions'
import { absolute } from '../_ui/moment'

/** In pixels: what a letter takes at most, and what is left free between two. */
const LETTER = 9
const GAP = 140
const ROW = 190

export function Watermark({ actor: { role, name, email = '' } }: { actor: Actor }) {
  if (role !== 'auditor') return null
  const lines = [name, email, absolute(new Date())]
  const width = Math.max(...lines.map((line) => [...line].length)) * LETTER + GAP
  return (
    <svg
      aria-hidden
      data-watermark
      className="pointer-events-none fixed inset-0 z-10 size-full text-ink opacity-6 select-none print:opacity-15"
    >
      <defs>
        <pattern
          id="watermark"
          width={width}
          height={ROW}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-24)"
        >
          {lines.map((line, at) => (
            <text key={at} x="0" y={60 + at * 20} fontSize="15" fill="currentColor">
              {line}
            </text>
          ))}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  )
}
