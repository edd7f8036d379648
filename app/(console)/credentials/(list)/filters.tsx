// The filters of the list of credentials, from the same schema that reads them.
import type { ComponentProps } from 'react'
import { HELD_MIN, type CredentialFilter } from '@/core/list'
import { CREDENTIAL_FORMS } from '@/core/observation'
import type { CredentialFacets } from '@/inventory/queries/credential-facets'
import { typeTitle } from '@/app/_inventory/type-title'
import { CREDENTIAL_KIND_WORDS, FORM_WORDS } from '@/app/_inventory/words'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu, type FacetOption } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'

const PATH = '/credentials'
/** Parameters that hold a comma list. */
const LISTS = new Set(['kind', 'form', 'type', 'scope', 'state'])
const options = (words: Record<string, string>): FacetOption[] =>
  Object.entries(words).map(([value, title]) => ({ value, title }))
const UNKNOWN = { value: 'unknown', title: 'Not known' }

const KINDS = options(CREDENTIAL_KIND_WORDS)
const FORMS: FacetOption[] = CREDENTIAL_FORMS.map((value) => ({ value, title: FORM_WORDS[value] ?? value }))
const AGES: FacetOption[] = [
  { value: '90', title: 'Older than 90 days' },
  { value: '180', title: 'Older than 180 days' },
  { value: '365', title: 'Older than a year' },
  UNKNOWN,
]
const EXPIRIES: FacetOption[] = [
  { value: 'expired', title: 'Expired' },
  { value: '7', title: 'Within 7 days' },
  { value: '30', title: 'Within 30 days' },
  { value: '90', title: 'Within 90 days' },
  { value: 'never', title: 'Never' },
  UNKNOWN,
]
const UNUSED: FacetOption[] = [
  { value: '30', title: 'More than 30 days ago' },
  { value: '90', title: 'More than 90 days ago' },
  { value: '180', title: 'More than 180 days ago' },
  { value: '365', title: 'More than a year ago' },
  { value: 'never', title: 'No use on record' },
  UNKNOWN,
]
const STATES: FacetOption[] = [
  { value: 'active', title: 'Present' },
  { value: 'gone', title: 'Gone' },
]

type Menu = ComponentProps<typeof FacetMenu>
function menusOf(filter: CredentialFilter, { type, scope }: CredentialFacets): Menu[] {
  const one = (value?: string) => (value ? [value] : [])
  return [
    { name: 'kind', title: 'Kind', options: KINDS, selected: filter.kind ?? [] },
    { name: 'form', title: 'Form', options: FORMS, selected: filter.form ?? [] },
    {
      name: 'type',
      title: 'Type',
      options: type.rows.map(({ value }) => ({ value, title: typeTitle(value) })),
      selected: filter.type ?? [],
    },
    { name: 'age', title: 'Age of value', options: AGES, selected: one(filter.age), single: true },
    { name: 'expiry', title: 'Expires', options: EXPIRIES, selected: one(filter.expiry), single: true },
    { name: 'unused', title: 'Last used', options: UNUSED, selected: one(filter.unused), single: true },
    { name: 'scope', title: 'Scope', options: scope.rows, selected: filter.scope ?? [] },
    { name: 'state', title: 'State', options: STATES, selected: filter.state ?? [] },
  ]
}

/** What each parameter holds, as chips that take it away. Words come from the menus, so that both read the same. */
function chipsOf(params: Record<string, string>, menus: Menu[]): Chip[] {
  const { q } = params
  const named: Chip[] = q
    ? [
        {
          title: 'Name',
          value: [...q].length < HELD_MIN ? `begins with ${q}` : q,
          href: hrefWith(PATH, params, { q: undefined }),
        },
      ]
    : []
  const chosen = menus.flatMap(({ name, title, options: words }): Chip[] => {
    const text = params[name]
    if (!text) return []
    const values = LISTS.has(name) ? text.split(',') : [text]
    return values.map((value) => ({
      title,
      value: words.find((word) => word.value === value)?.title ?? value,
      href: hrefWith(PATH, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
  return [...named, ...chosen]
}

type Props = { filter: CredentialFilter; params: Record<string, string>; facets: CredentialFacets }
export function CredentialFilters({ filter, params, facets }: Props) {
  const { sort = '', size = '' } = params
  const keep = Object.fromEntries(Object.entries({ sort, size }).filter(([, v]) => v))
  const menus = menusOf(filter, facets)
  return (
    <>
      <FilterForm path={PATH} label="Filter credentials" keep={keep}>
        <SearchBox value={filter.q} label="Name, or whole id" placeholder="Name or id" />
        {menus.map((menu) => (
          <FacetMenu key={menu.name} {...menu} />
        ))}
      </FilterForm>
      <Chips chips={chipsOf(params, menus)} resetHref={PATH} />
    </>
  )
}
