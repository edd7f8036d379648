// What people, tokens and the application itself did, newest first.
import type { Metadata } from 'next'
import { ActivityFilter, listActivity } from '@/governance/activity/list-activity'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { flatParams, hrefWith, readFilter } from '@/app/_list/query'
import { recordPage } from '@/app/_session/record-page'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { ACTIONS, actionWords } from './action-words'
import { ChainLine } from './chain'
import { columns, PATH } from './columns'

export const metadata: Metadata = { title: 'Activity' }

const TITLES = { actor: 'Who', object: 'On', since: 'Since', until: 'Before' } as const

function chipsOf(filter: Partial<ActivityFilter>, params: Record<string, string>) {
  const actions = filter.action ?? []
  const without = (name: string, value?: string) =>
    hrefWith(PATH, params, { [name]: value, after: undefined })
  return [
    ...actions.map((action) => ({
      title: 'What',
      value: actionWords(action),
      href: without('action', actions.filter((one) => one !== action).join(',') || undefined),
    })),
    ...Object.entries(TITLES).flatMap(([name, title]) => {
      const value = filter[name as keyof typeof TITLES]
      return value ? [{ title, value, href: without(name) }] : []
    }),
  ]
}

export default recordPage('activity:read', async ({ actor, moment, at }, { searchParams }) => {
  const raw = await searchParams
  const { check, ...rest } = flatParams(raw)
  const { filter, params, problems } = readFilter(ActivityFilter, rest)
  const { rows, next } = await at(() => listActivity(actor, filter))
  const chips = chipsOf(filter, params)
  const { action: _, after, ...keep } = params
  return (
    <Page
      title="Activity"
      lead="Every change made here, by whom. Kept for as long as the database is."
      actions={rows.length > 0 && <CsvLink path="/api/v1/activity" params={params} />}
    >
      {!moment && <ChainLine actor={actor} check={check === 'yes'} />}
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter the activity" keep={keep}>
          <FacetMenu name="action" title="What" options={ACTIONS} selected={filter.action ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length ? (
        <DataTable caption="Activity" columns={columns(params)} rows={rows} rowKey={(row) => row.id} />
      ) : chips.length ? (
        <Empty title="Nothing of this was done">Take a filter away to see more.</Empty>
      ) : (
        <Empty title="Nothing was done yet">
          Every change made by a person, a token or the command line appears here.
        </Empty>
      )}
      <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
        {after && <ButtonLink href={hrefWith(PATH, params, { after: undefined })}>Back to start</ButtonLink>}
        {next && <ButtonLink href={hrefWith(PATH, params, { after: next })}>Older</ButtonLink>}
      </nav>
    </Page>
  )
})
