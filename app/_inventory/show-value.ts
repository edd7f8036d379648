// Any value of a fact as text.
import { PRIVILEGE_WORDS } from './words'
import { absolute } from '@/app/_ui/moment'

const INSTANT = /^\d{4}-\d\d-\d\dT.*Z$/

/** @param name the fact it belongs to, for its unit */
export function showValue(value: unknown, name = ''): string {
  if (typeof value === 'number' && name.endsWith('Seconds')) return `${value / 3600} h (${value} s)`
  if (name === 'privilege' && typeof value === 'object' && value && 'class' in value)
    return PRIVILEGE_WORDS[String(value.class)] ?? String(value.class)
  if (typeof value === 'string') return INSTANT.test(value) ? absolute(value) : value
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value !== 'object' || value === null) return String(value)
  if ('name' in value && 'how' in value) return `${String(value.name)} (${String(value.how)})`
  if ('class' in value) return String(value.class)
  const pairs = Object.entries(value)
  return pairs.length
    ? pairs.map(([key, v]) => `${key}=${typeof v === 'string' ? v : JSON.stringify(v)}`).join(', ')
    : 'None'
}
