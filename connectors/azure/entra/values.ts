// Values as Microsoft Graph writes them, in the forms the inventory keeps.
import { z } from 'zod'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'

const ID_BYTES_MAX = 600
const NAME_BYTES_MAX = 1000

/** An id: upper and lower case mean the same, and files write either. */
export const Id = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, { error: `longer than ${ID_BYTES_MAX} bytes` })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
  .transform((text) => text.toLowerCase())

/** Cut to what a name may hold: Microsoft allows 256 characters, of which each may take four bytes. */
const nameOf = (text: string): string | undefined => {
  const plain = withoutSecretForm(text.trim())
  return plain === '' || Buffer.byteLength(plain) > NAME_BYTES_MAX ? undefined : plain
}
/** A name that people gave; none where there is none or it cannot be kept. */
export const MaybeName = z
  .string()
  .nullish()
  .transform((text) => (text == null ? undefined : nameOf(text)))
/** What people write: any of it may be a secret that somebody put there. */
export const Free = z
  .string()
  .nullish()
  .transform((text) => (text == null || text.trim() === '' ? undefined : withoutSecret(text.trim())))
/** A text with a meaning of its own, such as the issuer of a token. */
export const MaybeText = z
  .string()
  .nullish()
  .transform((text) => (text == null || text === '' ? undefined : withoutSecretForm(text)))
export const MaybeId = Id.nullish().transform((id) => id ?? undefined)
export const MaybeFlag = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? undefined)

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d?:\d\d)$/
/** `2021-03-18T00:00:00-8:00`: hours of one digit are seen in reports. */
function instantOf(text: string): string | undefined {
  const [, at, zone = 'Z'] = DATE.exec(text) ?? []
  if (at === undefined) return undefined
  const date = new Date(`${at}${zone.replace(/^([+-])(\d):/, '$10$2:')}`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
/** Null, empty text and the year one are "none". */
export const MaybeWhen = z
  .string()
  .nullish()
  .transform((text, context) => {
    if (text == null || text === '' || text.startsWith('0001-')) return undefined
    const at = instantOf(text)
    if (at === undefined) context.addIssue({ code: 'custom', message: 'must be an ISO 8601 date' })
    return at
  })

const listing = (clean: (text: string) => string) =>
  z
    .array(z.string())
    .nullish()
    .transform((texts) =>
      [...new Set((texts ?? []).map((text) => clean(text.trim())))].filter(Boolean).sort(),
    )
/** A list of texts with a meaning of their own, in which order means nothing. */
export const Texts = listing(withoutSecretForm)
/** The same of what people write. */
export const FreeTexts = listing(withoutSecret)
/** A list that may be left out where there is nothing in it. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => (items ?? []) as z.output<T>[])
