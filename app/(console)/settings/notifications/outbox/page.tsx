// The outbox: what waits, what was sent, and what was given up, which can be tried again or withdrawn.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import {
  listNotices,
  NOTICE_STATES,
  noticeCounts,
  NoticeFilter,
  type NoticeView,
} from '@/governance/notices/list-notices'
import { kindTitle, NOTICE_KINDS } from '@/governance/notices/templates/kinds'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { decide } from '../actions'
import { NOTICE_WORDS, NoticeWord } from '../state'

export const metadata: Metadata = { title: 'Outbox' }
const PATH = '/settings/notifications/outbox'

function Decide({ row }: { row: NoticeView }) {
  const isOver = row.state === 'sent' || row.sending
  if (isOver) return null
  const retries = row.state === 'dead' || row.state === 'withdrawn'
  const about = <span className="sr-only">: {row.subject ?? row.title}</span>
  return (
    <ActionForm action={decide} label={`Decide about ${row.subject ?? row.title}`} className="flex gap-2">
      <input type="hidden" name="notice" value={row.id} />
      {retries && (
        <Submit look="plain" name="decision" value="retry" className="h-7 px-2">
          Try again{about}
        </Submit>
      )}
      {row.state !== 'withdrawn' && (
        <Submit look="quiet" name="decision" value="withdraw" className="h-7 px-2">
          Withdraw{about}
        </Submit>
      )}
    </ActionForm>
  )
}

const COLUMNS: Column<NoticeView>[] = [
  {
    key: 'state',
    title: 'State',
    cell: (row) => (
      <>
        <NoticeWord row={row} />
        {row.error && <span className="block max-w-96 text-caption text-muted">{row.error}</span>}
      </>
    ),
  },
  {
    key: 'notice',
    title: 'Notice',
    cell: (row) => (
      <span className="block min-w-56 [overflow-wrap:anywhere]">
        {row.subject ?? row.title}
        <span className="block text-caption text-muted">{row.title}</span>
      </span>
    ),
  },
  {
    key: 'to',
    title: 'To',
    cell: (row) => (
      <>
        {row.to.name}
        {row.to.email && <span className="block text-caption text-muted">{row.to.email}</span>}
      </>
    ),
  },
  { key: 'written', title: 'Written', cell: (row) => <Moment at={row.createdAt} /> },
  {
    key: 'next',
    title: 'Sent, or next attempt',
    cell: (row) => <Moment at={row.endedAt ?? row.notBefore} />,
  },
  { key: 'attempts', title: 'Attempts', numeric: true, cell: (row) => String(row.attempts) },
]
const ACTIONS: Column<NoticeView> = { key: 'decide', title: 'Actions', cell: (row) => <Decide row={row} /> }

const KINDS = Object.keys(NOTICE_KINDS).map((value) => ({ value, title: kindTitle(value) }))

type Read = ReturnType<typeof readFilter<typeof NoticeFilter>>
function chipsOf({ filter, params }: Read) {
  const one = (name: 'state' | 'kind', title: string, titleOf: (value: string) => string) =>
    (filter[name] ?? []).map((value) => ({
      title,
      value: value === 'any' ? 'Any' : titleOf(value),
      href: hrefWith(PATH, params, {
        [name]: (filter[name] ?? []).filter((other) => other !== value).join(',') || undefined,
      }),
    }))
  return [
    ...one('state', 'State', (value) => NOTICE_WORDS[value as NoticeView['state']].title),
    ...one('kind', 'Kind', kindTitle),
    ...(filter.q
      ? [{ title: 'Search', value: filter.q, href: hrefWith(PATH, params, { q: undefined }) }]
      : []),
  ]
}

function RetryAll({ dead }: { dead: number }) {
  return (
    <ActionForm action={decide} label="Try all again that were given up">
      <input type="hidden" name="all" value="true" />
      <Submit look="plain" name="decision" value="retry">
        Try all {dead.toLocaleString('en')} again
      </Submit>
    </ActionForm>
  )
}

export default async function OutboxPage({ searchParams }: SearchProps) {
  const actor = await requireActor('notice:read')
  const read = readFilter(NoticeFilter, await searchParams)
  const { filter, params, problems } = read
  const [{ rows, next }, counts] = await Promise.all([listNotices(actor, filter), noticeCounts(actor)])
  const manages = may(actor, 'setting:manage')
  const chips = chipsOf(read)
  const states = NOTICE_STATES.map((value) => ({
    value,
    title: NOTICE_WORDS[value].title,
    count: counts[value],
  }))
  return (
    <Page
      title="Outbox"
      crumbs={[{ title: 'Notifications', href: '/settings/notifications' }]}
      lead="Every notice that was written: what waits, what was sent, what was given up. What is over is kept for 90 days."
      actions={
        <>
          {manages && counts.dead > 0 && <RetryAll dead={counts.dead} />}
          {rows.length > 0 && <CsvLink path="/api/v1/notices" params={params} />}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter notices" keep={{}}>
          <SearchBox value={filter.q} label="Search by person or address" placeholder="Person or address" />
          <FacetMenu name="state" title="State" options={states} selected={filter.state ?? []} />
          <FacetMenu name="kind" title="Kind" options={KINDS} selected={filter.kind ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <DataTable
          caption="Notices"
          columns={manages ? [...COLUMNS, ACTIONS] : COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          dimmed={({ state }) => state === 'withdrawn'}
        />
      ) : (
        <Empty title={chips.length ? 'No notice matches' : 'Nothing was written yet'}>
          Notices are written when something happens that somebody is to be told, and a channel is there.
        </Empty>
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
    </Page>
  )
}
