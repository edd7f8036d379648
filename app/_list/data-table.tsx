// A table made on the server: sort links in the head, a link per row, and arrow keys between the rows.
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import type { ReactNode } from 'react'

export type Column<R> = {
  key: string
  title: string
  /** Sort words for the first and the second click. */
  sorts?: readonly string[]
  /** The first sort puts the largest first, such as the worst or the oldest. */
  largestFirst?: boolean
  numeric?: boolean
  /** Classes of its head and cells; in a fixed table the width. */
  className?: string
  cell: (row: R) => ReactNode
}
type Props<R> = {
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  rowKey: (row: R) => string
  /** Rows that are no longer current are written quietly. */
  dimmed?: (row: R) => boolean
  sort?: string
  sortHref?: (sort: string) => string
  /** Columns as wide as their classes say, whatever they hold. Only then does the head stay in view. */
  fixed?: boolean
}

function Head<R>({
  column,
  sort,
  sortHref,
}: {
  column: Column<R>
  sort?: string
  sortHref?: (sort: string) => string
}) {
  const { sorts, title, numeric } = column
  const position = sorts && sort !== undefined ? sorts.indexOf(sort) : -1
  const down = sort?.startsWith('-') || column.largestFirst
  const cell = `h-8 border-b border-hairline bg-surface px-3 text-left text-caption font-medium whitespace-nowrap text-muted first:rounded-tl-lg last:rounded-tr-lg ${numeric ? 'text-right' : ''} ${column.className ?? ''}`
  if (!sorts || !sortHref)
    return (
      <th scope="col" className={cell}>
        {title}
      </th>
    )
  const Icon = down ? ArrowDown : ArrowUp
  return (
    <th scope="col" className={cell} aria-sort={position < 0 ? undefined : down ? 'descending' : 'ascending'}>
      <Link
        href={sortHref(sorts[(position + 1) % sorts.length]!)}
        scroll={false}
        prefetch={false}
        className={`-mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink ${position >= 0 ? 'text-ink' : ''}`}
      >
        {title}
        {position >= 0 && <Icon size={12} aria-hidden />}
      </Link>
    </th>
  )
}

export function DataTable<R>({
  caption,
  columns,
  rows,
  rowKey,
  dimmed,
  sort,
  sortHref,
  fixed = false,
}: Props<R>) {
  return (
    <div
      role="region"
      aria-label={caption}
      // A region that scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on small screens
      tabIndex={0}
      className={`relative overflow-x-auto rounded-lg border border-hairline print:overflow-visible ${fixed ? 'xl:overflow-visible' : ''}`}
    >
      <table
        className={`w-full border-separate border-spacing-0 text-ui ${fixed ? 'min-w-232 table-fixed xl:min-w-0' : ''}`}
      >
        <caption className="sr-only">{caption}</caption>
        <thead className={fixed ? 'xl:sticky xl:top-(--bar) xl:z-10 print:static' : undefined}>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} sortHref={sortHref} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={`group hover:bg-hover ${dimmed?.(row) ? 'text-muted' : ''}`}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={`h-(--row) border-b border-hairline px-3 py-1.5 group-last:border-0 ${fixed ? 'truncate' : ''} ${column.numeric ? 'text-right' : ''} ${column.className ?? ''}`}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
