// Any value of a fact as text.
import type { Facet } from '@/core/observation'
import type { Exercise, Named, Reaches, TrustWeakness } from '@/core/subject'
import { typeTitle } from './type-title'
import { PRIVILEGE_WORDS } from './words'
import { absolute } from '@/app/_ui/moment'

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const
/** @example `5400` is `1.5 h (5400 s)`, `90` is `90 s` */
export function spanWords(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= 2 * size || seconds === size) ?? [1, 's']
  return size === 1 ? `${seconds} s` : `${Number((seconds / size).toFixed(1))} ${unit} (${seconds} s)`
}

/** @example `Application checkout (4f1c…, created 3 Mar 2026, 10:00 UTC)` */
const facetWords = ({ type, name, nativeId, createdAt, enabled }: Facet): string => {
  const created = createdAt ? `, created ${absolute(createdAt)}` : ''
  return `${typeTitle(type)} ${name} (${nativeId}${created}${enabled === false ? ', disabled' : ''})`
}

const INSTANT = /^\d{4}-\d\d-\d\dT.*Z$/

/** @param name the fact it belongs to, for its unit */
export function showValue(value: unknown, name = ''): string {
  if (typeof value === 'number' && name.endsWith('Seconds')) return spanWords(value)
  if (name === 'privilege' && typeof value === 'object' && value && 'class' in value)
    return PRIVILEGE_WORDS[String(value.class)] ?? String(value.class)
  if (typeof value === 'string') return INSTANT.test(value) ? absolute(value) : value
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (name === 'facets' && Array.isArray(value)) return (value as Facet[]).map(facetWords).join('; ')
  if (Array.isArray(value)) return value.map((one) => showValue(one)).join('; ') || 'None'
  if (typeof value !== 'object' || value === null) return String(value)
  if ('name' in value && 'how' in value) return `${String(value.name)} (${String(value.how)})`
  if ('class' in value) return String(value.class)
  if ('names' in value && 'count' in value) return namedWords(value as NamedValue)
  if ('topic' in value && 'because' in value) return weaknessWords(value as TrustWeakness)
  if (name === 'exercise' && 'granted' in value) return exerciseWords(value as Exercise)
  if (name === 'reaches' && 'environments' in value) return reachesWords(value as Reaches)
  return pairsWords(value)
}

type NamedValue = Named & { more?: string; environments?: string[]; unlabelled?: number }
/** Some by name, how many there are, where they are, and why there may be more. */
function namedWords({ count, names, more, environments = [], unlabelled = 0 }: NamedValue): string {
  const rest = count - names.length
  return [
    `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}` || String(count),
    environments.length && `in ${environments.join(', ')}`,
    unlabelled && `${unlabelled} of no told environment`,
    more && `there may be others: ${more}`,
  ]
    .filter(Boolean)
    .join('; ')
}

const weaknessWords = ({ id, answer, severity, because }: TrustWeakness): string =>
  `${because[0] ?? id} (${id}, ${severity}${answer === 'depends' ? ', depends' : ''})`

const exerciseWords = ({ granted, used, from, to }: Exercise): string =>
  `${used} of ${granted}, seen from ${absolute(from)} to ${absolute(to)}`

const reachesWords = ({ environments, open }: Reaches): string =>
  [environments.join(', '), open && `there may be others: ${open}`].filter(Boolean).join('; ') || 'None'

const pairsWords = (value: object): string =>
  Object.entries(value)
    .map(([key, one]) => `${key}=${typeof one === 'string' ? one : showValue(one)}`)
    .join(', ') || 'None'
