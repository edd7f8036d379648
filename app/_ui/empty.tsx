// A place with nothing in it says why, what was looked at, and what to do next.
import type { ReactNode } from 'react'

type Props = { title: string; children?: ReactNode; actions?: ReactNode }
export function Empty({ title, children, actions }: Props) {
  return (
    <div className="rounded-lg border border-dashed border-control px-6 py-10 text-center">
      <p className="text-section font-semibold">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-[60ch] text-prose text-muted">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
