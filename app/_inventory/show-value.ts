// Any value of a fact as text.
import type { Facet } from '@/core/observation'
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
  if (typeof value !== 'object' || value === null) return String(value)
  if ('name' in value && 'how' in value) return `${String(value.name)} (${String(value.how)})`
  if ('class' in value) return String(value.class)
  const pairs = Object.entries(value)
  return pairs.length
    ? pairs.map(([key, v]) => `${key}=${typeof v === 'string' ? v : JSON.stringify(v)}`).join(', ')
    : 'None'
}
