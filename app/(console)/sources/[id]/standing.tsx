// How a source is doing, in a line.
import type { SourceRow } from '@/inventory/queries/types'
import { SourceStateWord } from '@/app/_inventory/run-state'
import { connectorTitle } from '@/app/_inventory/type-title'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'

export function Standing({ source }: { source: SourceRow }) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <SourceStateWord state={source.state} />
      <span className="text-muted">{connectorTitle(source.connectorId)}</span>
      <span className="text-muted">
        added by {source.createdBy} <Moment at={source.createdAt} />
      </span>
      {source.overdue && (
        <span className="text-sev-medium-text">
          overdue since <Moment at={source.overdue.since} full />
        </span>
      )}
      {source.following && (
        <Link href={`/sources/${source.id}/runs/${source.following.id}`}>
          follows changes since <Moment at={source.following.startedAt ?? source.following.createdAt} />
        </Link>
      )}
      {source.nextDueAt && (
        <span className="text-muted">
          next sync <Moment at={source.nextDueAt} />
        </span>
      )}
    </p>
  )
}
