// Values as Google Cloud writes them, in the forms the inventory keeps.
import { z } from 'zod'
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'

const ID_BYTES_MAX = 700
/** A name or id. Two of them still fit the id of a row. */
export const Id = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, { error: `longer than ${ID_BYTES_MAX} bytes` })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
/** What people write: any of it may be a secret that somebody put there. */
export const Free = z
  .string()
  .nullish()
  .transform((text) => withoutSecret(text ?? '').trim())
/** Expressions and names, where long mixed words are usual. */
export const Expression = z
  .string()
  .nullish()
  .transform((text) => withoutSecretForm(text ?? ''))

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
export const When = z
  .string()
  .regex(DATE, { error: 'must be an ISO 8601 date' })
  .transform((text) => new Date(text).toISOString())
export const MaybeWhen = When.nullish().transform((at) => at ?? null)

export const Labels = z
  .record(z.string().min(1), z.string())
  .nullish()
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all ?? {})
        .map(([key, value]) => [withoutSecret(key), withoutSecret(value)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )
/** A list of texts in which order means nothing. */
export const Texts = z
  .array(z.string())
  .nullish()
  .transform((texts) => [...new Set((texts ?? []).map(withoutSecretForm))].sort())

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const byName = <T extends { name: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => byText(a.name, b.name))
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** A date that every such thing has: where it is left out, the source has not told it. */
export const dated = (at: Instant | null, source: string): Fact<Instant> =>
  at === null ? unknown('not-offered', source, 'it is not told') : known(at, source)
