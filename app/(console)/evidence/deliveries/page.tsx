// Deliveries: packs that are built again and again and taken to a place, and how each does.
import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import type { DeliveryView } from '@/governance/packs/delivery/listing/delivery-view'
import { DeliveryFilter, listDeliveries } from '@/governance/packs/delivery/listing/list-deliveries'
import { deliveryStanding, periodWords } from '@/governance/packs/delivery/listing/standing'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { DeliveryWord, EVERY_WORDS } from './state'

export const metadata: Metadata = { title: 'Deliveries' }
const PATH = '/evidence/deliveries'
const none = (words: string) => <span className="text-muted">{words}</span>

const COLUMNS: Column<DeliveryView>[] = [
  {
    key: 'title',
    title: 'Delivery',
    cell: (row) => (
      <span className="block min-w-48">
        <Link href={`${PATH}/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">
          {EVERY_WORDS[row.every]}, to {row.place ?? 'a place whose settings cannot be read'}
        </span>
      </span>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (row) => (
      <>
        <DeliveryWord delivery={row} />
        <span className="block max-w-80 min-w-40 text-caption text-muted">{deliveryStanding(row)}</span>
      </>
    ),
  },
  {
    key: 'next',
    title: 'Next due',
    cell: (row) => (row.next ? <Moment at={row.next.due} /> : none('Not now')),
  },
  {
    key: 'last',
    title: 'Last delivered',
    cell: (row) =>
      row.last?.endedAt ? (
        <>
          <Moment at={row.last.endedAt} />
          <span className="block text-caption whitespace-nowrap text-muted">{periodWords(row.last)}</span>
        </>
      ) : (
        none('Never')
      ),
  },
  { key: 'delivered', title: 'Delivered', numeric: true, cell: (row) => row.delivered.toLocaleString('en') },
  { key: 'dead', title: 'Given up', numeric: true, cell: (row) => row.dead.toLocaleString('en') },
  { key: 'as', title: 'Asks as', cell: (row) => row.as.name },
]

export default async function DeliveriesPage({ searchParams }: SearchProps) {
  const actor = await requireActor('delivery:read')
  const { filter, params, problems } = readFilter(DeliveryFilter, await searchParams)
  const { rows } = await listDeliveries(actor, filter)
  const make = may(actor, 'evidence:manage') && (
    <ButtonLink href={`${PATH}/new`} look="primary">
      <Plus size={14} aria-hidden /> New delivery
    </ButtonLink>
  )
  return (
    <Page
      title="Deliveries"
      crumbs={[{ title: 'Evidence', href: '/evidence' }]}
      lead="A pack of each week, month or quarter, taken to a folder or a store, and read back there before it counts as delivered."
      actions={
        <>
          {rows.length > 0 && <CsvLink path="/api/v1/deliveries" params={params} />}
          {make}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        {(rows.length > 0 || filter.q !== undefined) && (
          <FilterForm path={PATH} label="Filter deliveries" keep={{}}>
            <SearchBox value={filter.q} label="Part of a title" placeholder="Part of a title" />
          </FilterForm>
        )}
      </div>
      {rows.length > 0 ? (
        <DataTable caption="Deliveries" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
      ) : (
        <Empty
          title={filter.q === undefined ? 'No delivery is set up' : 'No delivery matches'}
          actions={make}
        >
          Whoever audits finds the pack of each quarter where you agreed on, without anybody having to think
          of it. What is missed while nothing runs is made up for.
        </Empty>
      )}
    </Page>
  )
}
