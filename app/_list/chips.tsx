// What the list is filtered by, each with a link that takes it away.
import { X } from 'lucide-react'
import { Link } from '@/app/_ui/link'

export type Chip = { title: string; value: string; href: string }
export function Chips({ chips, resetHref }: { chips: Chip[]; resetHref: string }) {
  if (!chips.length) return null
  return (
    <ul aria-label="Filters in use" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={chip.title + chip.value}>
          <Link
            href={chip.href}
            scroll={false}
            prefetch={false}
            aria-label={`Remove filter ${chip.title}: ${chip.value}`}
            className="inline-flex h-6 max-w-96 items-center gap-1 rounded-full border border-hairline bg-surface pr-1.5 pl-2.5 text-caption hover:bg-hover"
          >
            <span className="text-muted">{chip.title}:</span>
            <span className="truncate font-medium">{chip.value}</span>
            <X size={12} aria-hidden className="shrink-0 text-muted" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={resetHref}
          scroll={false}
          prefetch={false}
          className="link inline-flex h-6 items-center px-1 text-caption"
        >
          Reset
        </Link>
      </li>
    </ul>
  )
}
