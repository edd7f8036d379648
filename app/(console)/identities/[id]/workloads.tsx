// What runs as it: how many copies, where, made of what, and with which secrets in plain.
import type { PlainSecrets } from '@/core/observation'
import type { FactView, IdentityDetail, WorkloadView } from '@/inventory/queries/types'
import { FactValue } from '@/app/_inventory/fact-value'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

/** A source that has no such thing says nothing, which is not the same as none. */
function Told<T>({
  fact,
  show,
  none,
}: {
  fact?: FactView<T>
  show: (value: T) => React.ReactNode
  none: string
}) {
  return fact ? (
    <FactValue fact={fact} show={show} none={none} />
  ) : (
    <span className="text-muted">Not told</span>
  )
}

const SHOWN = 3
/** A few by name, the rest as a number that opens. */
function Names({ names, one }: { names: string[]; one: string }) {
  if (!names.length) return <span className="text-muted">None</span>
  const list = (texts: string[]) =>
    texts.map((text) => (
      <code key={text} className="block font-mono text-caption [overflow-wrap:anywhere]">
        {text}
      </code>
    ))
  if (names.length <= SHOWN) return <>{list(names)}</>
  return (
    <details>
      <summary className="link inline-block min-h-6">{count(names.length, one)}</summary>
      {list(names)}
    </details>
  )
}

/** By name as far as they are told; the rest, and that there may be others, in words. */
function Variables({ value: { count: all, names, more } }: { value: PlainSecrets }) {
  const others = all - names.length
  return (
    <>
      {names.length > 0 && <Names names={names} one="variable" />}
      {others > 0 && (
        <span className="block text-caption text-muted">{count(others, 'variable')} not named</span>
      )}
      {more !== undefined && <span className="block text-caption text-muted">There may be more: {more}</span>}
    </>
  )
}

const COLUMNS: Column<WorkloadView>[] = [
  {
    key: 'name',
    title: 'Workload',
    cell: (w) => (
      <span className="flex flex-col">
        <span className="font-medium [overflow-wrap:anywhere]">{w.name}</span>
        <span className="text-caption text-muted">{typeTitle(w.type)}</span>
      </span>
    ),
  },
  {
    key: 'namespace',
    title: 'Namespace',
    cell: (w) => w.namespace ?? <span className="text-muted">Not told</span>,
  },
  {
    key: 'replicas',
    title: 'Replicas',
    cell: (w) => <Told fact={w.replicas} show={(n) => n.toLocaleString('en')} none="None" />,
  },
  {
    key: 'images',
    title: 'Images',
    cell: (w) => <Told fact={w.images} show={(names) => <Names names={names} one="image" />} none="None" />,
  },
  {
    key: 'nodes',
    title: 'Runs on',
    cell: (w) => <Told fact={w.nodes} show={(names) => <Names names={names} one="node" />} none="Nowhere" />,
  },
  {
    key: 'plainSecrets',
    title: 'Secrets in plain',
    cell: (w) => <Told fact={w.plainSecrets} show={(value) => <Variables value={value} />} none="None" />,
  },
  { key: 'at', title: 'Seen', cell: (w) => <Moment at={w.at} /> },
]

/** Not shown where nothing runs as it: the lineage says so already, and why. */
export function WorkloadsSection({ detail: { usedBy } }: { detail: IdentityDetail }) {
  if (!usedBy.rows.length) return null
  return (
    <Section id="workloads" title="Workloads" aside="what runs as it">
      <DataTable caption="Workloads" columns={COLUMNS} rows={usedBy.rows} rowKey={(w) => w.id} />
      {usedBy.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
