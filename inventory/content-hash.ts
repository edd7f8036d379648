// Hashes of content, independent of the order in which keys were written.
import { createHash } from 'node:crypto'

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const fields = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}

/** SHA-256 of the canonical JSON, in hex. */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('hex')

/**
 * An id made from what names a thing, so that the same thing always gets the same one: SHA-256 as UUID version 8.
 * The database function `rollcall_id` gives the same answer.
 */
export function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\u001f')).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
