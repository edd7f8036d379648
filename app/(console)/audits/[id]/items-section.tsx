// The items of an audit with their filter.
import { ORIGINS, type ItemFilter, type ItemRow } from '@/governance/audits/list-items'
import { ITEM_STATUSES, STATUS_TITLES } from '@/governance/audits/status'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Section } from '@/app/_ui/section'
import { ItemsTable } from '../items-table'

const ORIGIN_TITLES = { request: 'Asked for', sampled: 'Drawn' } as const
type Props = {
  auditId: string
  filter: ItemFilter
  params: Record<string, string>
  problems: string[]
  items: { rows: ItemRow[]; total: number; next?: number }
}

function chipsOf(path: string, { filter, params }: Pick<Props, 'filter' | 'params'>) {
  const { status = [], origin = [], mine, overdue } = filter
  const without = (name: string, words: readonly string[], word: string) =>
    hrefWith(path, params, { [name]: words.filter((one) => one !== word).join(',') || undefined })
  return [
    ...status.map((one) => ({
      title: 'Status',
      value: one === 'any' ? 'Any' : STATUS_TITLES[one],
      href: without('status', status, one),
    })),
    ...origin.map((one) => ({
      title: 'Origin',
      value: one === 'any' ? 'Any' : ORIGIN_TITLES[one],
      href: without('origin', origin, one),
    })),
    ...(mine ? [{ title: 'Only', value: 'mine', href: hrefWith(path, params, { mine: undefined }) }] : []),
    ...(overdue
      ? [{ title: 'Only', value: 'overdue', href: hrefWith(path, params, { overdue: undefined }) }]
      : []),
  ]
}

function Filters({ path, filter }: { path: string; filter: ItemFilter }) {
  return (
    <FilterForm path={path} label="Filter items" keep={{}}>
      <SearchBox value={filter.q} label="Part of a title" placeholder="Part of a title" />
      <FacetMenu
        name="status"
        title="Status"
        options={ITEM_STATUSES.map((value) => ({ value, title: STATUS_TITLES[value] }))}
        selected={filter.status ?? []}
      />
      <FacetMenu
        name="origin"
        title="Origin"
        options={ORIGINS.map((value) => ({ value, title: ORIGIN_TITLES[value] }))}
        selected={filter.origin ?? []}
      />
      <FacetMenu
        name="mine"
        title="Mine"
        options={[{ value: 'yes', title: 'What I asked, drew or wrote about' }]}
        selected={filter.mine ? ['yes'] : []}
      />
      <FacetMenu
        name="overdue"
        title="Overdue"
        options={[{ value: 'yes', title: 'Whose day is over' }]}
        selected={filter.overdue ? ['yes'] : []}
      />
    </FilterForm>
  )
}

export function ItemsSection({ auditId, filter, params, problems, items: { rows, total, next } }: Props) {
  const path = `/audits/${auditId}`
  const chips = chipsOf(path, { filter, params })
  const isFiltered = chips.length > 0 || filter.q !== undefined || filter.sample !== undefined
  return (
    <Section
      id="items"
      title="Items"
      aside={total > 0 ? `${total.toLocaleString('en')} ${isFiltered ? 'found' : 'in all'}` : undefined}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <div className="flex flex-wrap items-start justify-between gap-2">
          <Filters path={path} filter={filter} />
          {rows.length > 0 && <CsvLink path={`/api/v1/audits/${auditId}/items`} params={params} />}
        </div>
        <Chips chips={chips} resetHref={path} />
      </div>
      {rows.length > 0 ? (
        <ItemsTable auditId={auditId} rows={rows} caption="Items" />
      ) : (
        <Empty title={isFiltered ? 'No item matches' : 'Nothing was asked for or drawn yet'}>
          Auditors draw rows of the inventory, or ask for something in words.
        </Empty>
      )}
      {next !== undefined && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={`${hrefWith(path, params, { after: String(next) })}#items`} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
    </Section>
  )
}
