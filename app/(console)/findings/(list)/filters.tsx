// The filters of the findings list, from the same schema that reads them.
import type { FindingFilter } from '@/core/list'
import { SEVERITIES, TOPICS } from '@/core/rule'
import { rules } from '@/rules'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { capital } from '@/app/_inventory/words'
import { Chips, type Chip } from '@/app/_list/chips'
import { FacetMenu, type FacetOption } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { hrefWith } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { STATUS_TITLES } from '../triage-fields'

const PATH = '/findings'
const SEVERITY_OPTIONS: FacetOption[] = SEVERITIES.map((value) => ({ value, title: capital(value) }))
const VERDICTS: FacetOption[] = [
  { value: 'fail', title: 'Failing' },
  { value: 'unknown', title: 'Not decided: something is not known' },
]
const STATES: FacetOption[] = [
  { value: 'open', title: 'Open' },
  { value: 'resolved', title: 'Resolved' },
]
const TOPIC_OPTIONS: FacetOption[] = Object.entries(TOPICS).map(([value, title]) => ({ value, title }))
const yesOrNo = (yes: string, no: string): FacetOption[] => [
  { value: 'yes', title: yes },
  { value: 'no', title: no },
]
const LATENT = yesOrNo('Does no harm as things are', 'May do harm')
const EXCEPTED = yesOrNo('Excepted', 'Not excepted')
const SNOOZED = yesOrNo('Snoozed', 'Not snoozed')
const STATUSES: FacetOption[] = Object.entries(STATUS_TITLES).map(([value, title]) => ({ value, title }))
const ASSIGNEES: FacetOption[] = [
  { value: 'me', title: 'Me' },
  { value: 'none', title: 'Nobody' },
]
const titleIn = (options: FacetOption[]) => (value: string) =>
  options.find((o) => o.value === value)?.title ?? value
const WORDS: Record<string, { title: string; show: (value: string) => string }> = {
  q: { title: 'Text', show: (v) => v },
  rule: { title: 'Rule', show: ruleTitle },
  severity: { title: 'Severity', show: capital },
  verdict: { title: 'Verdict', show: titleIn(VERDICTS) },
  scope: { title: 'Scope', show: (v) => v },
  state: { title: 'State', show: titleIn(STATES) },
  topic: { title: 'Topic', show: titleIn(TOPIC_OPTIONS) },
  latent: { title: 'Latent', show: titleIn(LATENT) },
  excepted: { title: 'Exception', show: titleIn(EXCEPTED) },
  snoozed: { title: 'Snooze', show: titleIn(SNOOZED) },
  status: { title: 'Triage', show: titleIn(STATUSES) },
  assignee: { title: 'Assigned to', show: (v) => titleIn(ASSIGNEES)(v) },
}

export function FindingFilters({
  filter,
  params,
}: {
  filter: FindingFilter
  params: Record<string, string>
}) {
  const chips = Object.entries(WORDS).flatMap(([name, { title, show }]): Chip[] => {
    const values = name === 'q' ? [params.q ?? ''].filter(Boolean) : (params[name]?.split(',') ?? [])
    return values.map((value) => ({
      title,
      value: show(value),
      href: hrefWith(PATH, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  })
  const { sort = '', size = '', group = '', scope = '' } = params
  const keep = Object.fromEntries(Object.entries({ sort, size, group, scope }).filter(([, v]) => v))
  const named = (filter.assignee ?? []).filter((word) => !ASSIGNEES.some(({ value }) => value === word))
  const people = [...ASSIGNEES, ...named.map((value) => ({ value, title: value }))]
  const ruleOptions = rules.map(({ meta }) => ({ value: meta.id, title: meta.title }))
  return (
    <>
      <FilterForm path={PATH} label="Filter findings" keep={keep}>
        <SearchBox
          value={filter.q}
          label="Name of an identity or credential"
          placeholder="Identity or credential"
        />
        <FacetMenu
          name="severity"
          title="Severity"
          options={SEVERITY_OPTIONS}
          selected={filter.severity ?? []}
        />
        <FacetMenu name="rule" title="Rule" options={ruleOptions} selected={filter.rule ?? []} />
        <FacetMenu name="verdict" title="Verdict" options={VERDICTS} selected={filter.verdict ?? []} />
        <FacetMenu name="topic" title="Topic" options={TOPIC_OPTIONS} selected={filter.topic ?? []} />
        <FacetMenu name="state" title="State" options={STATES} selected={filter.state ?? []} />
        <FacetMenu name="latent" title="Latent" options={LATENT} selected={filter.latent ?? []} />
        <FacetMenu name="excepted" title="Exception" options={EXCEPTED} selected={filter.excepted ?? []} />
        <FacetMenu name="snoozed" title="Snooze" options={SNOOZED} selected={filter.snoozed ?? []} />
        <FacetMenu name="status" title="Triage" options={STATUSES} selected={filter.status ?? []} />
        <FacetMenu name="assignee" title="Assigned to" options={people} selected={filter.assignee ?? []} />
      </FilterForm>
      <Chips chips={chips} resetHref={group ? `${PATH}?group=${group}` : PATH} />
    </>
  )
}
