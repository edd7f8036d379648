// What was typed into settings fields, in the shape the connector's schema reads. Empty fields are left out.
import type { SettingsField } from '@/governance/connections/settings-shape'

type Values = { [name: string]: unknown }

function put(settings: Values, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? path
  let at = settings
  for (const name of names) at = (at[name] ??= {}) as Values
  at[last] = value
}

function read(form: FormData, { path, type }: SettingsField): unknown {
  const raw = form.get(`settings.${path}`)
  if (type === 'boolean') return raw === 'true'
  if (typeof raw !== 'string' || !raw.trim()) return undefined
  if (type === 'number') return Number(raw)
  if (type === 'list')
    return raw
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean)
  return raw.trim()
}

export function settingsFrom(form: FormData, fields: SettingsField[]): Record<string, unknown> {
  const settings: Values = {}
  for (const field of fields) {
    const value = read(form, field)
    if (value !== undefined) put(settings, field.path, value)
  }
  return settings
}
