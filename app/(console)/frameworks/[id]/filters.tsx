// The filters of the controls of a framework, from the same schema that reads them.
import { BASELINES } from '@/governance/frameworks/framework'
import { CONTROL_STATES, type ControlFilter } from '@/governance/frameworks/framework-filter'
import { capital } from '@/app/_inventory/words'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu, type FacetOption } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { STATES } from './state-words'

const STATE_OPTIONS: FacetOption[] = CONTROL_STATES.map((value) => ({ value, title: STATES[value].title }))
const BASELINE_OPTIONS: FacetOption[] = BASELINES.map((value) => ({ value, title: capital(value) }))
const EXCEPTED_OPTIONS: FacetOption[] = [
  { value: 'yes', title: 'Some of what fails is excepted' },
  { value: 'no', title: 'Nothing is excepted' },
]
const titleIn = (options: FacetOption[]) => (value: string) =>
  options.find((one) => one.value === value)?.title ?? value
const WORDS: Record<string, { title: string; show: (value: string) => string }> = {
  q: { title: 'Text', show: (value) => value },
  state: { title: 'Seen', show: titleIn(STATE_OPTIONS) },
  excepted: { title: 'Exceptions', show: titleIn(EXCEPTED_OPTIONS) },
  baseline: { title: 'Baseline', show: titleIn(BASELINE_OPTIONS) },
}

type Props = {
  path: string
  filter: ControlFilter
  params: Record<string, string>
  /** Whether the framework has baselines. */
  baselines: boolean
}
export function ControlFilters({ path, filter, params, baselines }: Props) {
  const chips = Object.entries(WORDS).flatMap(([name, { title, show }]): Chip[] => {
    const values = name === 'q' ? [params.q ?? ''].filter(Boolean) : (params[name]?.split(',') ?? [])
    return values.map((value) => ({
      title,
      value: show(value),
      href: hrefWith(path, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
  return (
    <>
      <FilterForm path={path} label="Filter controls" keep={{}}>
        <SearchBox value={filter.q} label="Id or words of a control" placeholder="Id or words of a control" />
        <FacetMenu name="state" title="Seen" options={STATE_OPTIONS} selected={filter.state ?? []} />
        <FacetMenu
          name="excepted"
          title="Exceptions"
          options={EXCEPTED_OPTIONS}
          selected={filter.excepted ?? []}
        />
        {baselines && (
          <FacetMenu
            name="baseline"
            title="Baseline"
            options={BASELINE_OPTIONS}
            selected={filter.baseline ?? []}
          />
        )}
      </FilterForm>
      <Chips chips={chips} resetHref={path} />
    </>
  )
}
