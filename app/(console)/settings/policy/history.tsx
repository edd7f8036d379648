// The versions of the policy: who saved which, when and why.
import type { PolicyVersion } from '@/governance/policy/read-policy'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

const SOURCES = { interface: 'Settings', code: 'As code', 'built-in': '' } as const

const columns = (counts: number): Column<PolicyVersion>[] => [
  {
    key: 'version',
    title: 'Version',
    cell: ({ version }) => (
      <Link href={`/settings/policy/versions/${version}`} data-row-link className="row-link">
        {version === 0 ? 'Built in' : version}
        {version === counts && ' (counts)'}
      </Link>
    ),
  },
  { key: 'at', title: 'Saved', cell: ({ at }) => at && <Moment at={at} /> },
  { key: 'author', title: 'By', cell: ({ author }) => author },
  { key: 'source', title: 'From', cell: ({ source }) => SOURCES[source] },
  {
    key: 'note',
    title: 'Why',
    cell: ({ note }) => <span className="[overflow-wrap:anywhere]">{note}</span>,
  },
]

type Props = { rows: PolicyVersion[]; next?: number; counts: number }
export function History({ rows, next, counts }: Props) {
  return (
    <Section id="history" title="History" lead="A version never changes. Restoring one makes a new version.">
      <DataTable
        caption="Versions of the policy"
        columns={columns(counts)}
        rows={rows}
        rowKey={({ version }) => String(version)}
      />
      {next !== undefined && (
        <p className="mt-2">
          <Link href={`/settings/policy?before=${next}#history`} className="link">
            Earlier versions
          </Link>
        </p>
      )}
    </Section>
  )
}
