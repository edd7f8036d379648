// The filters of the identity list, from the same schema that reads them, with counts of what each would show.
import type { ComponentProps } from 'react'
import type { IdentityFilter } from '@/core/list'
import type { IdentityFacets } from '@/inventory/queries/types'
import { typeTitle } from '@/app/_inventory/type-title'
import { filterValues, ownerTitle, STATES, UNUSED } from '@/app/_inventory/identity-filter-words'
import { CLASS_WORDS, PRIVILEGE_WORDS } from '@/app/_inventory/words'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu, type FacetOption } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'

const PATH = '/identities'

function chipsOf(params: Record<string, string>, facets: IdentityFacets): Chip[] {
  const scopeTitle = (id: string) => facets.scope.rows.find(({ value }) => value === id)?.title ?? id
  return filterValues(params, scopeTitle).map(({ name, title, value, rest }) => ({
    title,
    value,
    href: hrefWith(PATH, params, { [name]: rest }),
  }))
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
  const { sort = '', size = '', rule = '', draft = '' } = params
  const keep = Object.fromEntries(Object.entries({ sort, size, rule, draft }).filter(([, v]) => v))
  return (
    <>
      <FilterForm path={PATH} label="Filter identities" keep={keep}>
        <SearchBox value={filter.q} label="Name, or whole id" placeholder="Name, ARN or id" />
        {menusOf(filter, facets).map((menu) => (
          <FacetMenu key={menu.name} atLeast={facets.atLeast} {...menu} />
        ))}
      </FilterForm>
      <Chips chips={chipsOf(params, facets)} resetHref={hrefWith(PATH, {}, { draft: params.draft })} />
    </>
  )
}
