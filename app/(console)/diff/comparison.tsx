// What differs between two instants, as a whole: what is compared, what could be seen, and every difference.
import { DiffFilter } from '@/core/diff'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { listDiff, type DiffPage } from '@/inventory/queries/list-diff'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { hrefWith, readFilter, type RawParams } from '@/app/_list/query'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { absolute } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page, type Crumb } from '@/app/_ui/page'
import { DiffFilters } from './filters'
import { instantsInUtc, pinned } from './instants'
import { DiffTable } from './table'
import { countText, KindTabs } from './tabs'

type Params = Record<string, string>
type Answer = { page: DiffPage } | { refused: string }

async function answer(actor: Actor, filter: DiffFilter): Promise<Answer> {
  try {
    return { page: await listDiff(actor, filter) }
  } catch (error) {
    if (error instanceof RollcallError && (error.code === 'invalid' || error.code === 'conflict'))
      return { refused: error.message }
    throw error
  }
}

/** What each side rests on: what was not looked at cannot have differed. */
function Seen({
  page: { between, completeness },
  path,
  params,
}: {
  page: DiffPage
  path: string
  params: Params
}) {
  const { from, to, known } = between
  return (
    <div className="mb-3 flex flex-col gap-1">
      <p>
        <span className="font-medium">{absolute(from)}</span> compared with{' '}
        <span className="font-medium">{absolute(to)}</span>,{' '}
        {known ? `both as known ${absolute(known)}` : 'each as it was known then'}.{' '}
        <Link
          href={hrefWith(path, params, { known: known ? undefined : 'now' })}
          prefetch={false}
          className="link"
        >
          {known ? 'Compare what was known then' : 'Compare both as known today'}
        </Link>
      </p>
      {(['from', 'to'] as const).map((side) => (
        <div key={side} className="flex gap-2 max-sm:flex-col max-sm:gap-0">
          <span className="shrink-0 text-caption text-muted sm:w-40">{absolute(between[side])}:</span>
          <CompletenessLine completeness={completeness[side]} />
        </div>
      ))}
    </div>
  )
}

function None({ page, path, params }: { page: DiffPage; path: string; params: Params }) {
  const { next, completeness } = page
  if (next)
    return (
      <Empty
        title="None among the newest changes"
        actions={
          <ButtonLink href={hrefWith(path, params, { after: next })} rel="next">
            Look further
          </ButtonLink>
        }
      >
        Much has changed in ways that are no difference here. Older changes have not been looked at yet.
      </Empty>
    )
  if (['q', 'what', 'scope', 'kind'].some((name) => params[name]))
    return (
      <Empty
        title="No difference matches these filters"
        actions={<ButtonLink href={hrefWith(path, {}, pinned(page.between))}>Clear filters</ButtonLink>}
      >
        Take a filter away, or choose instants that lie further apart.
      </Empty>
    )
  const whole = completeness.from.state === 'complete' && completeness.to.state === 'complete'
  return (
    <Empty title="Nothing differs">
      {whole
        ? 'Everything that was looked at is the same at both instants.'
        : 'Nothing differs as far as was looked at. What was not seen in full may.'}
    </Empty>
  )
}

type Props = {
  actor: Actor
  raw: RawParams
  path: string
  title: string
  crumbs?: Crumb[]
  /** Only what is about this identity. */
  identity?: string
}
export async function Comparison({ actor, raw, path, title, crumbs, identity }: Props) {
  const { filter, params, problems } = readFilter(DiffFilter, instantsInUtc(raw))
  const { identity: _, ...own } = params
  const asked = await answer(actor, { ...filter, identity: identity ?? filter.identity })
  const lead = 'What was added, went, came back or changed, told from what nobody had looked at before.'
  if ('refused' in asked)
    return (
      <Page title={title} crumbs={crumbs} lead={lead}>
        <div className="flex flex-col gap-3">
          <Notice tone="warn" role="alert" title="These instants cannot be compared.">
            {asked.refused}
          </Notice>
          <DiffFilters {...{ path, filter, params: own }} />
        </div>
      </Page>
    )
  const { page } = asked
  const here = { ...own, ...pinned(page.between) }
  const sum = {
    count: page.counts.reduce((n, { count }) => n + count, 0),
    more: page.counts.some((c) => c.more),
  }
  const csv = { ...here, ...(identity && { identity }) }
  return (
    <Page
      title={page.identity ? `Differences of ${page.identity.name}` : title}
      crumbs={crumbs}
      aside={<span role="status">{countText(sum)} found</span>}
      lead={lead}
      actions={page.rows.length > 0 && <CsvLink path="/api/v1/diff" params={csv} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <DiffFilters {...{ path, filter, between: page.between }} params={here} />
      </div>
      <Seen {...{ page, path }} params={here} />
      <KindTabs {...{ path, counts: page.counts, current: filter.kind }} params={here} />
      {page.rows.length > 0 ? <DiffTable rows={page.rows} /> : <None {...{ page, path }} params={here} />}
      {(page.rows.length > 0 || here.after) && (
        <Pager
          {...{ path, next: page.next, params: here }}
          size={filter.size}
          shown={page.rows.length}
          total={countText(sum)}
        />
      )}
    </Page>
  )
}
