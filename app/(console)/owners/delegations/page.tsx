// Who stands in for whom while they are away: now, later, and what is over.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { DELEGATION_STATES, DelegationFilter, listDelegations } from '@/governance/owners/list-delegations'
import { ActionForm } from '@/app/_form/action-form'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { endOrResume } from './actions'
import { BeginForm } from './begin-form'
import { DelegationTable, STATE_WORDS } from './table'
import { UndoEnd } from './undo-end'

export const metadata: Metadata = { title: 'Delegations' }
const PATH = '/owners/delegations'
const OPTIONS = DELEGATION_STATES.map((value) => ({ value, title: STATE_WORDS[value].title }))
const stateTitle = (value: string) => OPTIONS.find((one) => one.value === value)?.title ?? 'Any'

function chipsOf(params: Record<string, string>) {
  const { q, state } = params
  const without = (name: string) => hrefWith(PATH, params, { [name]: undefined })
  return [
    ...(q ? [{ title: 'Name', value: q, href: without('q') }] : []),
    ...(state
      ? [{ title: 'State', value: state.split(',').map(stateTitle).join(', '), href: without('state') }]
      : []),
  ]
}

function Nobody({ isFiltered, readsAll }: { isFiltered: boolean; readsAll: boolean }) {
  return (
    <Empty title={isFiltered ? 'No delegation is like this' : 'Nobody stands in for anybody'}>
      {readsAll ? 'What is over is shown by the filter State.' : 'Those that are about you are shown here.'}
    </Empty>
  )
}

export default async function DelegationsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('identity:read')
  const { filter, params, problems } = readFilter(DelegationFilter, await searchParams)
  const now = new Date()
  const { rows, next } = await listDelegations(actor, filter, now)
  const chips = chipsOf(params)
  return (
    <Page
      title="Delegations"
      crumbs={[{ title: 'Owners', href: '/owners' }]}
      lead="Who acts for somebody who is away. All that they do says “B for A”."
      actions={rows.length > 0 && <CsvLink path="/api/v1/delegations" params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter delegations" keep={{}}>
          <SearchBox value={params.q} label="Search delegations" placeholder="Name or address" />
          <FacetMenu name="state" title="State" options={OPTIONS} selected={filter.state ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      <ActionForm action={endOrResume} label="Delegations" quiet className="flex flex-col gap-3">
        <UndoEnd />
        {rows.length > 0 && <DelegationTable rows={rows} now={now} />}
      </ActionForm>
      {!rows.length && <Nobody isFiltered={chips.length > 0} readsAll={may(actor, 'person:read')} />}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
      {may(actor, 'owner:answer') && (
        <Section
          id="begin"
          title="Have somebody stand in"
          lead="Through a last day, and never longer than a year. It can be ended earlier."
        >
          <BeginForm ofOthers={may(actor, 'owner:assign')} />
        </Section>
      )}
    </Page>
  )
}
