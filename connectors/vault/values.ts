// Values as servers write them, in the forms the inventory keeps: dates to the millisecond, none as null, texts in order.
import { z } from 'zod'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'

const ID_BYTES_MAX = 600
/** A name or id. Three of them still fit the id of a row. */
export const Id = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, { error: `longer than ${ID_BYTES_MAX} bytes` })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
export const Free = z.string().transform(withoutSecret)
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => (items ?? []) as z.output<T>[])

/** A list of texts in which order means nothing; some servers write it as one text with commas. */
export const Texts = z
  .union([z.array(z.string()), z.string()])
  .nullish()
  .transform((value) => {
    const texts = typeof value === 'string' ? value.split(',') : (value ?? [])
    return [...new Set(texts.map((text) => withoutSecretForm(text.trim())))].filter(Boolean).sort()
  })
export const Seconds = z.number().nullish()

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const Dated = z.string().regex(DATE, { error: 'must be an ISO 8601 date' })
/** Empty text, null and the year one are "none". */
export const MaybeWhen = z
  .union([z.literal(''), Dated])
  .nullish()
  .transform((text) => (!text || text.startsWith('0001-') ? null : new Date(text).toISOString()))

/** What people write about a thing: any of it may be a secret that somebody put there. */
export const Metadata = z
  .record(z.string().min(1), z.union([z.string(), z.null()]))
  .nullish()
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all ?? {})
        .map(([key, value]) => [withoutSecret(key), withoutSecret(value ?? '')] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )

/** `2160h0m0s` → seconds; undefined for text that is no duration. */
export function durationSeconds(text: string): number | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.\d+)?s)?$/.exec(text)
  if (!parts || text === '') return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = parts
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}
/** A time span as seconds, as digits or in words. */
export const Span = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (typeof value !== 'string') return value
    return /^\d+$/.test(value) ? Number(value) : durationSeconds(value)
  })

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const
/** `86400` → `1 d`, in the largest unit that fits evenly. */
export function inWords(seconds: number): string {
  const unit = UNITS.find(([size]) => seconds >= size && seconds % size === 0)
  return unit ? `${seconds / unit[0]} ${unit[1]}` : `${seconds} s`
}

/** An answer to a question. One that carries a sign-in holds a token: it is not looked at any further. */
export const answerOf = <T extends z.ZodType>(data: T) =>
  z.object({ data, auth: z.null() }).transform((answer) => (answer as { data: z.output<T> }).data)
export const Keys = answerOf(z.object({ keys: z.array(z.string().min(1)) }))
