// An error as it may be kept and shown: the secrets of the connection cut out of its words, and nothing hanging on to it.
import type { z } from 'zod'
import { settingsShape } from '@/governance/connections/settings-shape'
import { valueAt } from '@/governance/connections/settings-values'

const LENGTH_MAX = 500
/** Shorter texts would tear ordinary words apart. */
const SECRET_LENGTH_MIN = 6

/** The texts in the secret fields of settings. */
export function secretTexts(schema: z.ZodType, settings: unknown): string[] {
  const secret = settingsShape(schema).filter((field) => field.secret)
  return secret.flatMap(({ path }) => texts(valueAt(settings, path)))
}

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return value.trim().length < SECRET_LENGTH_MIN ? [] : [value, value.trim()]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

export function withoutSecrets(error: unknown, secrets: Iterable<string>): Error {
  const given = error instanceof Error ? error.message : String(error)
  const hidden = [...new Set(secrets)]
    .sort((a, b) => b.length - a.length)
    .flatMap((text) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)])
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), given)
  // The database client puts the whole call before its reason.
  const reason = hidden.trim().split('\n').at(-1) ?? ''
  const told = new Error(reason.slice(0, LENGTH_MAX) || 'Something went wrong inside Rollcall.')
  told.stack = undefined
  return told
}
