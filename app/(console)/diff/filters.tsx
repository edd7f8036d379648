// What is compared: two instants, and which differences of them.
import type { DiffBetween, DiffFilter } from '@/core/diff'
import { DIFF_WORDS } from '@/core/diff'
import { DIFF_WORDING } from '@/inventory/queries/diff-columns'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { buttonClass } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { fieldValue, quickRanges } from './instants'

const WORDS = DIFF_WORDS.map((value) => ({ value, title: DIFF_WORDING[value].word }))
const CHIPS: Record<string, { title: string; show: (value: string) => string }> = {
  q: { title: 'Name', show: (v) => v },
  what: { title: 'What', show: (v) => WORDS.find((w) => w.value === v)?.title ?? v },
  scope: { title: 'Scope', show: (v) => v },
}

function InstantField({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className="flex items-center gap-1.5 max-sm:w-full">
      <span className="w-10 shrink-0 text-caption text-muted">{label}</span>
      <input
        // Another answer brings another value into the field.
        key={value}
        type="datetime-local"
        step={1}
        name={name}
        defaultValue={value}
        aria-label={`${label}, date and time in UTC`}
        className="control min-w-0 max-sm:flex-1"
      />
    </label>
  )
}

function Ranges({ path, params }: { path: string; params: Record<string, string> }) {
  return (
    <ul aria-label="Quick ranges" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption">
      {quickRanges(new Date()).map(({ title, from, to }) => (
        <li key={title}>
          <Link
            href={hrefWith(path, params, { from, to, known: undefined })}
            prefetch={false}
            className="link inline-flex min-h-6 items-center"
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  )
}

type Props = { path: string; filter: DiffFilter; params: Record<string, string>; between?: DiffBetween }
export function DiffFilters({ path, filter, params, between }: Props) {
  const chips = Object.entries(CHIPS).flatMap(([name, { title, show }]): Chip[] => {
    const values = name === 'q' ? [params.q ?? ''].filter(Boolean) : (params[name]?.split(',') ?? [])
    return values.map((value) => ({
      title,
      value: show(value),
      href: hrefWith(path, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
  const { kind = '', scope = '', size = '' } = params
  const keep = Object.fromEntries(Object.entries({ kind, scope, size }).filter(([, v]) => v))
  return (
    <div className="flex flex-col gap-2">
      <FilterForm path={path} label="Compare two instants" keep={keep}>
        <InstantField name="from" label="From" value={fieldValue(between?.from ?? params.from)} />
        <InstantField name="to" label="To" value={fieldValue(between?.to ?? params.to)} />
        <button type="submit" className={buttonClass('primary')}>
          Compare
        </button>
        <SearchBox value={filter.q} label="Part of a name" placeholder="Name" />
        <FacetMenu name="what" title="What" options={WORDS} selected={filter.what ?? []} />
      </FilterForm>
      <Ranges path={path} params={params} />
      <Chips chips={chips} resetHref={hrefWith(path, {}, { from: params.from, to: params.to })} />
    </div>
  )
}
