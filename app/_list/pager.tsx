// Moves through a list by keyset: on to the next page, or back to the start. The page size is always changeable.
import { ArrowLeftToLine, ChevronRight } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { PAGE_SIZES } from '@/core/list'
import { ButtonLink } from '@/app/_ui/button'
import { hrefWith } from './query'

type Props = {
  path: string
  params: Record<string, string>
  size: number
  shown: number
  total: string
  next?: string
}
export function Pager({ path, params, size, shown, total, next }: Props) {
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3 print:hidden">
      <p className="tabular text-caption text-muted">
        {shown.toLocaleString('en')} of {total} shown
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <div className="flex items-center gap-1 text-caption text-muted">
          <span id="page-size">Rows</span>
          <ul aria-labelledby="page-size" className="flex">
            {PAGE_SIZES.map((n) => (
              <li key={n}>
                <Link
                  href={hrefWith(path, params, { size: String(n) })}
                  aria-current={n === size ? 'true' : undefined}
                  className="tabular inline-flex h-7 min-w-7 items-center justify-center rounded-md px-1.5 hover:bg-hover aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
                >
                  {n}
                </Link>
              </li>
            ))}
          </ul>
        </div>
        <div className="flex gap-2">
          {params.after && (
            <ButtonLink href={hrefWith(path, params, {})}>
              <ArrowLeftToLine size={14} aria-hidden /> Back to start
            </ButtonLink>
          )}
          {next && (
            <ButtonLink href={hrefWith(path, params, { after: next })} rel="next">
              Next <ChevronRight size={14} aria-hidden />
            </ButtonLink>
          )}
        </div>
      </div>
    </nav>
  )
}
