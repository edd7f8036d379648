// Settings as values by path: what a form sends, what may be shown again, and what stays when a field is left empty.
import type { SettingsField } from './settings-shape'

export type SettingsView = Record<string, { secret: boolean; isSet: boolean; value?: unknown }>

type Values = Record<string, unknown>
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

export function valueAt(settings: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), settings)
}

function put(settings: Values, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop()
  if (last === undefined) return
  let at = settings
  for (const name of names) {
    const next = at[name]
    at = isObject(next) ? next : (at[name] = {})
  }
  at[last] = value
}

/** A form sends empty text for what was not filled in: that is no value. */
export function withoutEmpty(settings: unknown): unknown {
  if (!isObject(settings)) return settings
  const kept = Object.entries(settings).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutEmpty(value)]))
}

/** Secrets are never sent out, so they come back empty: those keep the value that is held. */
export function keepSecrets(fields: SettingsField[], held: unknown, given: unknown): unknown {
  const settings = withoutEmpty(given)
  if (!isObject(settings)) return settings
  const merged = structuredClone(settings)
  for (const { path, secret } of fields)
    if (secret && isEmpty(valueAt(merged, path)) && !isEmpty(valueAt(held, path)))
      put(merged, path, valueAt(held, path))
  return merged
}

/** What may be shown of settings: only described fields, and of secrets only whether there is one. */
export function settingsView(fields: SettingsField[], settings: unknown): SettingsView {
  return Object.fromEntries(
    fields.map(({ path, secret }) => {
      const value = valueAt(settings, path)
      const isSet = !isEmpty(value)
      return [path, { secret, isSet, ...(isSet && !secret && { value }) }]
    }),
  )
}

/** Names of the fields that differ, for the activity log. */
export const changedFields = (fields: SettingsField[], before: unknown, after: unknown): string[] =>
  fields
    .filter(({ path }) => JSON.stringify(valueAt(before, path)) !== JSON.stringify(valueAt(after, path)))
    .map(({ path }) => path)
