// The filters of the identity list, from the same schema that reads them, with counts of what each would show.
import type { ComponentProps } from 'react'
import { HELD_MIN, type IdentityFilter } from '@/core/list'
import type { IdentityFacets } from '@/inventory/queries/types'
import { typeTitle } from '@/app/_inventory/type-title'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { CLASS_WORDS, PRIVILEGE_WORDS } from '@/app/_inventory/words'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu, type FacetOption } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'

const PATH = '/identities'
/** Parameters that hold a comma list. */
const LISTS = new Set(['type', 'class', 'privilege', 'rule', 'scope', 'state'])
const UNUSED: FacetOption[] = [
  { value: '30', title: 'More than 30 days ago' },
  { value: '90', title: 'More than 90 days ago' },
  { value: '180', title: 'More than 180 days ago' },
  { value: '365', title: 'More than a year ago' },
  { value: 'never', title: 'No use on record' },
  { value: 'unknown', title: 'Not known' },
]
const STATES: FacetOption[] = [
  { value: 'active', title: 'Present' },
  { value: 'retired', title: 'Gone' },
]
const ownerTitle = (owner: string) =>
  owner === 'none' ? 'Nobody' : owner === 'unknown' ? 'Not known' : owner

/** What each parameter is called, and how its words read. */
function words(facets: IdentityFacets): Record<string, { title: string; show: (value: string) => string }> {
  const titleIn = (options: FacetOption[]) => (value: string) =>
    options.find((o) => o.value === value)?.title ?? value
  return {
    q: { title: 'Name', show: (v) => ([...v].length < HELD_MIN ? `begins with ${v}` : v) },
    type: { title: 'Type', show: typeTitle },
    class: { title: 'Class', show: (v) => CLASS_WORDS[v] ?? v },
    owner: { title: 'Owner', show: ownerTitle },
    privilege: { title: 'Privilege', show: (v) => PRIVILEGE_WORDS[v] ?? v },
    unused: { title: 'Last used', show: titleIn(UNUSED) },
    rule: { title: 'Rule', show: ruleTitle },
    scope: { title: 'Scope', show: (v) => facets.scope.rows.find((s) => s.value === v)?.title ?? v },
    state: { title: 'State', show: titleIn(STATES) },
  }
}

function chipsOf(params: Record<string, string>, facets: IdentityFacets): Chip[] {
  return Object.entries(words(facets)).flatMap(([name, { title, show }]) => {
    const text = params[name]
    if (!text) return []
    const values = LISTS.has(name) ? text.split(',') : [text]
    return values.map((value) => ({
      title,
      value: show(value),
      href: hrefWith(PATH, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
}

const options = (rows: IdentityFacets['type']['rows'], show: (v: string) => string): FacetOption[] =>
  rows.map(({ value, title, count }) => ({ value, count, title: title ?? show(value) }))

type Menu = ComponentProps<typeof FacetMenu>
function menusOf(filter: IdentityFilter, facets: IdentityFacets): Menu[] {
  const { type, owner, privilege, scope } = facets
  const one = (value?: string) => (value ? [value] : [])
  return [
    {
      name: 'type',
      title: 'Type',
      options: options(type.rows, typeTitle),
      selected: filter.type ?? [],
      more: type.more,
    },
    {
      name: 'class',
      title: 'Class',
      options: options(facets.class.rows, (v) => CLASS_WORDS[v] ?? v),
      selected: filter.class ?? [],
    },
    {
      name: 'owner',
      title: 'Owner',
      options: options(owner.rows, ownerTitle),
      selected: one(filter.owner),
      more: owner.more,
      single: true,
    },
    {
      name: 'privilege',
      title: 'Privilege',
      options: options(privilege.rows, (v) => PRIVILEGE_WORDS[v] ?? v),
      selected: filter.privilege ?? [],
    },
    { name: 'unused', title: 'Last used', options: UNUSED, selected: one(filter.unused), single: true },
    {
      name: 'scope',
      title: 'Scope',
      options: options(scope.rows, (v) => v),
      selected: filter.scope ?? [],
      more: scope.more,
    },
    { name: 'state', title: 'State', options: STATES, selected: filter.state ?? [] },
  ]
}

type Props = { filter: IdentityFilter; params: Record<string, string>; facets: IdentityFacets }
export function IdentityFilters({ filter, params, facets }: Props) {
  const { sort = '', size = '', rule = '' } = params
  const keep = Object.fromEntries(Object.entries({ sort, size, rule }).filter(([, v]) => v))
  return (
    <>
      <FilterForm path={PATH} label="Filter identities" keep={keep}>
        <SearchBox value={filter.q} label="Name, or whole id" placeholder="Name, ARN or id" />
        {menusOf(filter, facets).map((menu) => (
          <FacetMenu key={menu.name} atLeast={facets.atLeast} {...menu} />
        ))}
      </FilterForm>
      <Chips chips={chipsOf(params, facets)} resetHref={PATH} />
    </>
  )
}
