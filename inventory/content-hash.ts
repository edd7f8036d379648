// Hashes of content, and the ids made from them.
import { hash } from 'node:crypto'

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
export const contentHash = (value: unknown): string => hash('sha256', canonical(value))

/** The first half of the SHA-256 of a text, written as a UUID of version 8. */
export function hashedUuid(text: string): string {
  const hex = hash('sha256', text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * An id made from what names a thing, so that the same thing always gets the same one.
 * The database function `rollcall_id` gives the same answer.
 */
export const idOf = (...parts: string[]): string => hashedUuid(parts.join('\u001f'))
