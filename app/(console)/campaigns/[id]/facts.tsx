// Names and what they stand for, one a line.
import type { ReactNode } from 'react'

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className="grid max-w-[100ch] grid-cols-[10rem_1fr] gap-x-4 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {rows.map(([title, value]) => (
        <div key={title} className="contents">
          <dt className="text-muted">{title}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere] max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
