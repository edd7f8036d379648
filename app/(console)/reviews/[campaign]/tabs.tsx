// The parts of a queue, and the views of what is open, as links.
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'

export type Tab = { title: string; href: string; current: boolean; count?: number }

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="print:hidden">
      <ul className="flex flex-wrap gap-x-1 gap-y-1">
        {tabs.map(({ title, href, current, count }) => (
          <li key={title}>
            <Link
              href={href}
              scroll={false}
              aria-current={current ? 'page' : undefined}
              className="inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 text-ui text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:h-11"
            >
              {title}
              {count !== undefined && <span className="tabular">{count.toLocaleString('en')}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const VIEW_TITLES = { system: 'By system', kind: 'By kind', flat: 'Flat' } as const
export const viewTabs = (
  path: string,
  params: Record<string, string>,
  view: keyof typeof VIEW_TITLES,
): Tab[] =>
  (Object.keys(VIEW_TITLES) as (keyof typeof VIEW_TITLES)[]).map((one) => ({
    title: VIEW_TITLES[one],
    href: hrefWith(path, params, { view: one, scope: undefined, type: undefined, done: undefined }),
    current: one === view,
  }))
