// What an import understood, ignored and left out because it may hold a secret.
import type { ImportReport } from '@/core/connector'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Section } from '@/app/_ui/section'

const n = (count: number) => count.toLocaleString('en')
const UNDERSTOOD: Column<ImportReport['understood'][number]>[] = [
  { key: 'what', title: 'Understood', cell: (row) => row.what },
  { key: 'count', title: 'Count', numeric: true, cell: (row) => n(row.count) },
]
const IGNORED: Column<ImportReport['ignored'][number]>[] = [
  { key: 'what', title: 'Ignored', cell: (row) => row.what },
  { key: 'why', title: 'Why', cell: (row) => <span className="text-muted">{row.why}</span> },
  { key: 'count', title: 'Count', numeric: true, cell: (row) => n(row.count) },
]
const DROPPED: Column<ImportReport['dropped'][number]>[] = [
  {
    key: 'path',
    title: 'Left out unread: may hold a secret',
    cell: (row) => <code className="font-mono text-caption">{row.path}</code>,
  },
  { key: 'count', title: 'Count', numeric: true, cell: (row) => n(row.count) },
]

export function ReportSection({ report }: { report: ImportReport }) {
  return (
    <Section id="report" title="What the file holds">
      <div className="grid items-start gap-4 lg:grid-cols-2 [&>*]:min-w-0">
        <DataTable
          caption="Understood"
          columns={UNDERSTOOD}
          rows={report.understood}
          rowKey={(row) => row.what}
        />
        {report.ignored.length > 0 && (
          <DataTable
            caption="Ignored"
            columns={IGNORED}
            rows={report.ignored}
            rowKey={(row) => row.what + row.why}
          />
        )}
        {report.dropped.length > 0 && (
          <DataTable caption="Left out" columns={DROPPED} rows={report.dropped} rowKey={(row) => row.path} />
        )}
      </div>
    </Section>
  )
}
