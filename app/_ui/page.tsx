// The frame of a page: breadcrumb, heading, actions and what its numbers rest on.
import { ChevronRight } from 'lucide-react'
import { headers } from 'next/headers'
import { Link } from '@/app/_ui/link'
import type { ReactNode } from 'react'
import { env } from '@/env'
import { absolute } from './moment'

export type Crumb = { title: string; href: string }
type Props = {
  title: ReactNode
  /** Ancestors, outermost first; the page itself is not among them. */
  crumbs?: Crumb[]
  /** What stands beside the title, such as a count. */
  aside?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Reading width, for forms and prose. */
  narrow?: boolean
}

function Breadcrumb({ crumbs, title }: { crumbs: Crumb[]; title: ReactNode }) {
  return (
    <nav
      aria-label="Breadcrumb"
      className="pointer-events-none fixed top-0 right-120 left-13 z-30 flex h-(--bar) items-center max-md:right-84 max-sm:right-52 lg:left-[calc(var(--rail)+24px)] print:static print:h-auto"
    >
      <ol className="flex min-w-0 items-center gap-1 text-ui text-muted">
        {crumbs.map((crumb) => (
          <li
            key={crumb.href}
            className="flex min-w-8 max-w-56 shrink-[0.01] items-center gap-1 max-sm:not-first:hidden"
          >
            <Link
              href={crumb.href}
              className="pointer-events-auto truncate rounded-sm py-1 hover:text-ink hover:underline"
            >
              {crumb.title}
            </Link>
            <ChevronRight size={14} aria-hidden className="shrink-0" />
          </li>
        ))}
        <li aria-current="page" className="truncate text-ink">
          {title}
        </li>
      </ol>
    </nav>
  )
}

/** On paper only: where the page is, and when it was printed. */
async function PrintedFrom() {
  const path = (await headers()).get('x-rollcall-path') ?? ''
  return (
    <p className="mt-8 hidden text-caption text-muted print:block">
      {env.baseUrl}
      {path} · printed {absolute(new Date())}
    </p>
  )
}

export function Page({ title, crumbs = [], aside, lead, actions, children, narrow = false }: Props) {
  return (
    <div className={narrow ? 'max-w-3xl' : ''}>
      <Breadcrumb crumbs={crumbs} title={title} />
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <h1 className="text-title [overflow-wrap:anywhere]">{title}</h1>
            {aside && <div className="tabular text-ui text-muted">{aside}</div>}
          </div>
          {lead && <p className="mt-1 max-w-[84ch] text-prose text-muted">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>}
      </header>
      {children}
      <PrintedFrom />
    </div>
  )
}
