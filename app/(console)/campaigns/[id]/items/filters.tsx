// The filters of the items of a campaign, from the schema that page, file and API read.
import { ITEM_STATES, TIERS, VERDICTS } from '@/core/campaign'
import type { ItemFilter } from '@/governance/campaigns/campaign-items'
import type { NamedReviewer } from '@/governance/campaigns/list-reviewers'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { STATE_WORDS, TIER_WORDS } from '@/app/_reviews/words'
import { decisionTitle } from '../../words'

const STATES = ITEM_STATES.map((value) => ({ value, title: STATE_WORDS[value].title }))
const RISKS = TIERS.map((value) => ({ value, title: TIER_WORDS[value] }))
const DECISIONS = VERDICTS.map((value) => ({ value, title: decisionTitle(value) }))

type Props = {
  path: string
  filter: ItemFilter
  params: Record<string, string>
  /** Those that the menu offers; the page of reviewers leads to the items of each. */
  reviewers: { rows: NamedReviewer[]; more: boolean }
  published: boolean
}

const reviewerOptions = (reviewers: readonly NamedReviewer[]) =>
  reviewers.map(({ person, items }) => ({
    value: person?.id ?? 'none',
    title: person?.name ?? 'Nobody',
    count: items,
  }))

function chipsOf({ path, params, reviewers }: Props): Chip[] {
  const options: Record<string, { title: string; show: (value: string) => string }> = {
    q: { title: 'Name', show: (v) => v },
    tier: { title: 'Risk', show: (v) => RISKS.find(({ value }) => value === v)?.title ?? 'Any' },
    state: { title: 'State', show: (v) => STATES.find(({ value }) => value === v)?.title ?? 'Any' },
    decision: { title: 'Decision', show: (v) => (v === 'any' ? 'Any' : decisionTitle(v)) },
    reviewer: {
      title: 'Reviewer',
      show: (v) =>
        v === 'none'
          ? 'Nobody'
          : v === 'unreached'
            ? 'Cannot be told'
            : (reviewers.rows.find(({ person }) => person?.id === v)?.person?.name ?? v),
    },
    scope: { title: 'Scope', show: (v) => v },
    cluster: { title: 'The same as', show: (v) => v.slice(0, 12) },
  }
  return Object.entries(options).flatMap(([name, { title, show }]) => {
    const values = name === 'q' ? [params.q ?? ''] : (params[name] ?? '').split(',')
    return values.filter(Boolean).map((value) => ({
      title,
      value: show(value),
      href: hrefWith(path, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
}

export function ItemFilters(props: Props) {
  const { path, filter, params, reviewers, published } = props
  const { scope = '', cluster = '', size = '' } = params
  const keep = Object.fromEntries(Object.entries({ scope, cluster, size }).filter(([, v]) => v))
  return (
    <>
      <FilterForm path={path} label="Filter items" keep={keep}>
        <SearchBox value={params.q} label="Search items" placeholder="Name" />
        <FacetMenu name="tier" title="Risk" options={RISKS} selected={filter.tier ?? []} />
        {published && <FacetMenu name="state" title="State" options={STATES} selected={filter.state ?? []} />}
        {published && (
          <FacetMenu name="decision" title="Decision" options={DECISIONS} selected={filter.decision ?? []} />
        )}
        <FacetMenu
          name="reviewer"
          title="Reviewer"
          options={reviewerOptions(reviewers.rows)}
          selected={filter.reviewer ? [filter.reviewer] : []}
          more={reviewers.more}
          single
        />
      </FilterForm>
      <Chips chips={chipsOf(props)} resetHref={path} />
    </>
  )
}
