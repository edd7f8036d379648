// What is kept of a person as a provider of identities tells them: an allow-list. What else it sends, a password above all, is
// never kept. Pure.
import { z } from 'zod'
import { isEmail } from '@/core/owner-words'
import { ENTERPRISE } from './schema-names'
import { ScimError } from './scim-error'

const TEXT_MAX = 254
const EMAILS_MAX = 20
/** Control characters, and halves of characters. */
export const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

const Text = z
  .string('must be text')
  .max(TEXT_MAX, `must be at most ${TEXT_MAX} letters`)
  .refine((text) => !UNPRINTABLE.test(text), 'must not hold control characters')
const Required = Text.trim().min(1, 'must not be empty')

/** `"False"` is what some providers send for false. */
export const Truth = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], {
  error: 'must be true or false',
})
const Email = z.object({
  value: Text,
  type: Text.optional(),
  primary: Truth.optional(),
})
export type Email = z.infer<typeof Email>
export const Said = z.object({
  userName: Required,
  externalId: Text.optional(),
  isActive: z.boolean(),
  name: z
    .object({ formatted: Text.optional(), givenName: Text.optional(), familyName: Text.optional() })
    .optional(),
  displayName: Text.optional(),
  emails: z.array(Email).max(EMAILS_MAX, `must be at most ${EMAILS_MAX}`).default([]),
  /** The id of the person who is their manager, as it was sent. */
  manager: Text.optional(),
})
export type Said = z.infer<typeof Said>

export const wrongValue = (issues: readonly { path: PropertyKey[]; message: string }[]): ScimError =>
  new ScimError(
    'invalidValue',
    `${issues.map(({ path, message }) => [...path.map(String), message].join(' ')).join('; ')}.`,
  )

/** Attributes that SCIM knows and nothing here needs: taken without a word, and not kept. */
const NOT_KEPT = [
  ...['nickname', 'profileurl', 'title', 'usertype', 'preferredlanguage', 'locale', 'timezone', 'password'],
  ...['phonenumbers', 'ims', 'photos', 'addresses', 'groups', 'entitlements', 'roles', 'x509certificates'],
  ...['employeenumber', 'costcenter', 'organization', 'division', 'department'],
  // Of every resource: only we say them.
  ...['id', 'meta', 'schemas'],
]
export const isNotKept = (attribute: string): boolean => NOT_KEPT.includes(attribute)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of an attribute, however its name is written; null counts as not told. */
export function attributeOf(raw: unknown, name: string): unknown {
  if (!isObject(raw)) return undefined
  const key = Object.keys(raw).find((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : (raw[key] ?? undefined)
}

/** `"x"`, `{ value: "x" }` and `[{ value: "x" }]` are the same to providers. Null and empty: nobody. */
export function soleValue(value: unknown): unknown {
  const one = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  const found = isObject(one) ? attributeOf(one, 'value') : one
  return found === '' || found === null ? undefined : found
}

const emailOf = (raw: unknown) =>
  typeof raw === 'string'
    ? { value: raw }
    : {
        value: attributeOf(raw, 'value'),
        type: attributeOf(raw, 'type'),
        primary: attributeOf(raw, 'primary'),
      }
/** Addresses that are there: an entry without one says nothing. */
export const emailsOf = (raw: unknown): unknown[] =>
  (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw])
    .map(emailOf)
    .filter(({ value }) => value !== undefined && value !== '')

export const nameOf = (raw: unknown) =>
  isObject(raw)
    ? {
        formatted: attributeOf(raw, 'formatted'),
        givenName: attributeOf(raw, 'givenName'),
        familyName: attributeOf(raw, 'familyName'),
      }
    : undefined

/**
 * A whole user as it was sent.
 * @param before whether they were active, where the request does not say; new ones are
 * @throws ScimError `invalidSyntax`, `invalidValue`
 */
export function readUser(raw: unknown, before = true): { said: Said; saysActive: boolean } {
  if (!isObject(raw)) throw new ScimError('invalidSyntax', 'The body is not a user.')
  const active = attributeOf(raw, 'active')
  const told = active === undefined ? undefined : Truth.safeParse(active)
  if (told?.error) throw wrongValue([{ path: ['active'], message: 'must be true or false' }])
  const parsed = Said.safeParse({
    userName: attributeOf(raw, 'userName'),
    externalId: attributeOf(raw, 'externalId'),
    isActive: told?.data ?? before,
    name: nameOf(attributeOf(raw, 'name')),
    displayName: attributeOf(raw, 'displayName'),
    emails: emailsOf(attributeOf(raw, 'emails')),
    manager: soleValue(attributeOf(attributeOf(raw, ENTERPRISE), 'manager')),
  })
  if (!parsed.success) throw wrongValue(parsed.error.issues)
  return { said: parsed.data, saysActive: told !== undefined }
}

const joined = ({ givenName, familyName }: NonNullable<Said['name']>) =>
  [givenName, familyName].filter(Boolean).join(' ')

/** What somebody is called. */
export const titleOf = ({ displayName, name, userName }: Said): string =>
  [displayName, name?.formatted, name && joined(name), userName].find((one) => one?.trim())?.trim() ??
  userName

/** By which addresses somebody can be known, in lower case: their first, that of work, any, and what they sign in by. */
export function addressesOf({ emails, userName }: Said): string[] {
  const rank = ({ primary, type }: Email) => (primary ? 0 : type === 'work' ? 1 : 2)
  const sorted = [...emails].sort((a, b) => rank(a) - rank(b)).map(({ value }) => value)
  return [...new Set([...sorted, userName].filter(isEmail).map((one) => one.toLowerCase()))]
}
/** By which of them hints and accounts name them. */
export const addressOf = (said: Said): string | undefined => addressesOf(said)[0]

/** A part of a name that changed has changed the whole. */
export function renamed(before: Said['name'], after: Said['name']): Said['name'] {
  if (!after?.formatted || after.formatted !== before?.formatted) return after
  const isSame = before.givenName === after.givenName && before.familyName === after.familyName
  return isSame ? after : { ...after, formatted: joined(after) }
}
