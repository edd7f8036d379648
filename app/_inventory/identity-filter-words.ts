// The filter of the list of identities in words: on the list itself, and wherever something is about what it matches.
import { HELD_MIN } from '@/core/list'
import { ruleTitle } from './rule-meta'
import { typeTitle } from './type-title'
import { CLASS_WORDS, PRIVILEGE_WORDS } from './words'

type Option = { value: string; title: string }
export const UNUSED: Option[] = [
  { value: '30', title: 'More than 30 days ago' },
  { value: '90', title: 'More than 90 days ago' },
  { value: '180', title: 'More than 180 days ago' },
  { value: '365', title: 'More than a year ago' },
  { value: 'never', title: 'No use on record' },
  { value: 'unknown', title: 'Not known' },
]
export const STATES: Option[] = [
  { value: 'active', title: 'Present' },
  { value: 'retired', title: 'Gone' },
]
export const ownerTitle = (owner: string) =>
  owner === 'none' ? 'Nobody' : owner === 'unknown' ? 'Not known' : owner

/** Parameters that hold a comma list. */
const LISTS = new Set(['type', 'class', 'privilege', 'rule', 'scope', 'state'])
const titleIn = (options: readonly Option[]) => (value: string) =>
  options.find((one) => one.value === value)?.title ?? value

/** What each parameter is called, and how its words read. */
const words = (
  scopeTitle: (id: string) => string,
): Record<string, { title: string; show: (value: string) => string }> => ({
  q: { title: 'Name', show: (v) => ([...v].length < HELD_MIN ? `begins with ${v}` : v) },
  type: { title: 'Type', show: typeTitle },
  class: { title: 'Class', show: (v) => CLASS_WORDS[v] ?? v },
  owner: { title: 'Owner', show: ownerTitle },
  privilege: { title: 'Privilege', show: (v) => PRIVILEGE_WORDS[v] ?? v },
  unused: { title: 'Last used', show: titleIn(UNUSED) },
  rule: { title: 'Rule', show: ruleTitle },
  scope: { title: 'Scope', show: scopeTitle },
  state: { title: 'State', show: titleIn(STATES) },
})

/** Each value of the filter, and what its parameter says without it. */
export function filterValues(
  params: Readonly<Record<string, string>>,
  scopeTitle: (id: string) => string,
): { name: string; title: string; value: string; rest: string | undefined }[] {
  return Object.entries(words(scopeTitle)).flatMap(([name, { title, show }]) => {
    const text = params[name]
    if (!text) return []
    const values = LISTS.has(name) ? text.split(',') : [text]
    return values.map((value) => ({
      name,
      title,
      value: show(value),
      rest: values.filter((other) => other !== value).join(',') || undefined,
    }))
  })
}
