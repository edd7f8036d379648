// Says statements and conditions in words, short enough to be read in a finding.
import type { Patterns } from './statements'

const SHOWN_MAX = 3
const TEXT_MAX = 120

const cut = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text)

export const listInWords = (items: readonly string[]): string => {
  const shown = items.slice(0, SHOWN_MAX).map(cut).join(', ')
  return items.length > SHOWN_MAX ? `${shown} and ${items.length - SHOWN_MAX} more` : shown
}

const patternsInWords = ({ patterns, except }: Patterns, everything: string): string => {
  if (patterns.includes('*')) return except ? 'nothing' : everything
  return except ? `${everything} except ${listInWords(patterns)}` : listInWords(patterns)
}

export type Wording = {
  where: string
  sid: unknown
  effect: 'Allow' | 'Deny'
  actions: Patterns
  resources: Patterns
  conditions: readonly string[]
}

/** Such as `Admin (attached), statement 1 allows every action on every resource.` */
export function statementInWords({ where, sid, effect, actions, resources, conditions }: Wording): string {
  const label = typeof sid === 'string' && sid !== '' ? ` "${cut(sid)}"` : ''
  const does = effect === 'Allow' ? 'allows' : 'denies'
  const what = patternsInWords(actions, 'every action')
  const on = patternsInWords(resources, 'every resource')
  const when = conditions.length ? `, when ${listInWords(conditions)}` : ''
  return `${where}${label} ${does} ${what} on ${on}${when}.`
}

/** Such as `aws:SourceIp (IpAddress) is "203.0.113.0/24"`. */
export const conditionInWords = (operator: string, key: string, values: readonly unknown[]): string =>
  `${cut(key)} (${cut(operator)}) is ${listInWords(values.map((one) => JSON.stringify(one) ?? 'nothing'))}`
