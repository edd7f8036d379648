// What became of each period of a delivery, the newest first.
import type { PeriodView } from '@/governance/packs/delivery/listing/delivery-view'
import { periodStanding, periodWords } from '@/governance/packs/delivery/listing/standing'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { bytesWords } from '../../state'
import { PeriodWord } from '../state'

const none = <span className="text-muted">None yet</span>

const COLUMNS: Column<PeriodView>[] = [
  {
    key: 'period',
    title: 'Period',
    cell: (row) => (
      <span className="block min-w-44">
        {row.packId ? (
          <Link href={`/evidence/${row.packId}`} data-row-link prefetch={false} className="row-link">
            {periodWords(row)}
          </Link>
        ) : (
          periodWords(row)
        )}
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">{row.name}</span>
      </span>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (row) => (
      <>
        <PeriodWord row={row} />
        <span className="block max-w-96 min-w-48 text-caption text-muted">{periodStanding(row)}</span>
      </>
    ),
  },
  {
    key: 'at',
    title: 'Ended, or tried next',
    cell: (row) =>
      (row.endedAt ?? row.notBefore) ? <Moment at={row.endedAt ?? row.notBefore ?? ''} /> : none,
  },
  { key: 'attempts', title: 'Attempts', numeric: true, cell: (row) => row.attempts },
  {
    key: 'bytes',
    title: 'Size',
    numeric: true,
    cell: (row) => (row.bytes === undefined ? none : bytesWords(row.bytes)),
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    cell: (row) =>
      row.sha256 ? (
        <span className="font-mono text-caption" title={row.sha256}>
          {row.sha256.slice(0, 16)}…
        </span>
      ) : (
        none
      ),
  },
]

export function History({ periods }: { periods: PeriodView[] }) {
  return (
    <Section
      id="history"
      title="History"
      lead="Each period is delivered once. From its first day to the day after its last, in UTC."
    >
      {periods.length > 0 ? (
        <DataTable caption="Periods" columns={COLUMNS} rows={periods} rowKey={({ id }) => id} />
      ) : (
        <p className="text-muted">Nothing is due yet: the first pack is asked for when its period is over.</p>
      )}
    </Section>
  )
}
