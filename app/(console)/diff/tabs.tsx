// The kinds of difference, each with how many there are.
import type { DiffKind } from '@/core/diff'
import { DIFF_TITLES } from '@/inventory/queries/diff-columns'
import type { DiffPage } from '@/inventory/queries/list-diff'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'

export const countText = ({ count, more }: { count: number; more: boolean }): string =>
  `${count.toLocaleString('en')}${more ? '+' : ''}`

type Props = {
  path: string
  params: Record<string, string>
  counts: DiffPage['counts']
  current: readonly (DiffKind | 'any')[] | undefined
}
export function KindTabs({ path, params, counts, current }: Props) {
  const chosen = current?.includes('any') ? undefined : current
  const all = {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    more: counts.some(({ more }) => more),
  }
  const tabs = [
    { key: 'all', title: 'All', count: countText(all), kind: undefined as string | undefined, on: !chosen },
    ...counts.map(({ kind, ...count }) => ({
      key: kind,
      title: DIFF_TITLES[kind],
      count: countText(count),
      kind: kind as string | undefined,
      on: chosen?.length === 1 && chosen[0] === kind,
    })),
  ]
  return (
    <nav aria-label="Kinds of difference" className="mb-3 border-b border-hairline">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map(({ key, title, count, kind, on }) => (
          <li key={key}>
            <Link
              href={hrefWith(path, params, { kind })}
              scroll={false}
              prefetch={false}
              aria-current={on ? 'page' : undefined}
              className="inline-flex h-8 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {title} <span className="tabular text-caption">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
