// Which sources need a hand: everything on this page rests on them.
import { Link } from '@/app/_ui/link'
import type { HomeSummary } from '@/inventory/queries/types'
import { SourceStateWord } from '@/app/_inventory/run-state'
import { count } from '@/app/_inventory/words'
import { Section } from '@/app/_ui/section'

export function SourceStrip({ sources }: { sources: HomeSummary['sources'] }) {
  const fine = sources.total - sources.attentionTotal
  return (
    <Section
      id="sources"
      title="Sources"
      aside={
        <Link href="/sources" className="link">
          {count(sources.total, 'source')}
        </Link>
      }
    >
      <ul className="divide-y divide-hairline rounded-lg border border-hairline">
        {sources.attention.map((source) => (
          <li key={source.id} className="flex min-h-9 items-center justify-between gap-3 px-3 py-1.5">
            <Link href={`/sources/${source.id}`} className="row-link truncate">
              {source.name}
            </Link>
            <SourceStateWord state={source.state} />
          </li>
        ))}
        {fine > 0 && (
          <li className="flex min-h-9 items-center justify-between gap-3 px-3 py-1.5">
            <span className="text-muted">{sources.attentionTotal ? 'All others' : 'All of them'}</span>
            <SourceStateWord state="complete" />
          </li>
        )}
      </ul>
    </Section>
  )
}
