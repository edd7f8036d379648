// A titled part of a page that can be linked to.
import type { ReactNode } from 'react'

type Props = { id: string; title: string; aside?: ReactNode; lead?: ReactNode; children: ReactNode }
export function Section({ id, title, aside, lead, children }: Props) {
  return (
    <section id={id} className="mt-8 scroll-mt-28 first:mt-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-section">{title}</h2>
        {aside && <div className="text-caption text-muted">{aside}</div>}
      </div>
      {lead && <p className="mb-3 max-w-[96ch] text-ui text-muted">{lead}</p>}
      {children}
    </section>
  )
}

/** A quiet box around things that belong together. */
export function Panel({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-lg border border-hairline bg-bg ${className}`}>{children}</div>
}
