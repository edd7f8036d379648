// How things of different sources name each other: a key is what others can call a thing by, a link names a thing by such a
// key and says why. The engine that joins them never looks inside a type or a value.
import { z } from 'zod'

/** Longest value, in bytes of UTF-8: what a database index holds. */
const VALUE_BYTES_MAX = 2048
const REASON_MAX = 1000
/** So many of each on one observation; a source with more has to say it another way. */
export const KEYS_MAX = 50
export const LINKS_MAX = 500
const encoder = new TextEncoder()

/** `<system>.<noun>`: who gives out such names, and of what. Two connectors that mean the same use the same type. */
export const KeyType = z
  .string()
  .max(100)
  .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)
export type KeyType = z.infer<typeof KeyType>

const Value = z
  .string()
  .min(1)
  .refine((s) => encoder.encode(s).length <= VALUE_BYTES_MAX, {
    error: `longer than ${VALUE_BYTES_MAX} bytes`,
  })
  .refine((s) => !s.includes('\u0000'), { error: 'holds a NUL character' })

/** `<system>:<name>`: what a source is the one to know about, so that not being there means something. */
export const Authority = Value.refine((s) => /^[a-z0-9-]+:./.test(s), { error: 'is not <system>:<name>' })

/** One name by which others can mean this thing. A successor may bear it later. */
export const Key = z.strictObject({ type: KeyType, value: Value })
export type Key = z.infer<typeof Key>

/**
 * Where a link was found. `declared`: the thing itself says so; `permitted`: whoever decides about it lets it;
 * `observed`: it was seen happening.
 */
export const Relation = z.enum(['declared', 'permitted', 'observed'])
export type Relation = z.infer<typeof Relation>

/**
 * What the link says about the two. `becomes-this`: what is named can act as this one; `this-becomes`: this one can act as
 * what is named; `relied-on`: this one relies on what is named (an issuer, a stored secret); `same`: both are one thing.
 */
export const Meaning = z.enum(['becomes-this', 'this-becomes', 'relied-on', 'same'])
export type Meaning = z.infer<typeof Meaning>

/** Kinds of observation that a link can name. */
export const NAMEABLE = [
  'identity',
  'issuer',
  'workload',
  'credential',
  'secret',
  'entitlement',
] as const satisfies readonly string[]
export type Nameable = (typeof NAMEABLE)[number]

export const Link = z.strictObject({
  relation: Relation,
  means: Meaning,
  /** The kind of what is named; an identity unless said. */
  kind: z.enum(NAMEABLE).optional(),
  to: KeyType,
  match: z.enum(['exact', 'pattern']),
  /** In a pattern `*` stands for any text and `?` for one character. */
  value: Value,
  /** Who would know what is named, if it were there. Without one, "not there" is never said. */
  authority: Authority.optional(),
  /** The source holds it by an id that is never given out again and shows the name only: a successor inherits nothing. */
  bound: z.literal(true).optional(),
  /** Why the two belong together, as a sentence. */
  reason: z.string().min(1).max(REASON_MAX),
})
export type Link = z.infer<typeof Link>

/** The fields that any observation may have. */
export const joining = {
  keys: z.array(Key).max(KEYS_MAX).optional(),
  links: z.array(Link).max(LINKS_MAX).optional(),
  /** Set where some of its names, or of those it means, could not be read: earlier ones then stay beside those given. */
  joiningUnseen: z.literal(true).optional(),
}

/** What a connector declares about its joins: the keys its things bear, and those by which it names others. */
export type Joins = {
  offers: readonly { type: KeyType; kind: Nameable }[]
  expects: readonly { type: KeyType; kind: Nameable }[]
}

/** Whether the text fits the pattern as a whole. Takes time in proportion to both lengths, whatever the pattern. */
export function fitsPattern(pattern: string, text: string): boolean {
  const [p, t] = [[...pattern], [...text]]
  let at = 0
  let star = -1
  let resume = 0
  for (let i = 0; i < t.length;) {
    if (p[at] === '*') {
      star = at++
      resume = i
    } else if (at < p.length && (p[at] === '?' || p[at] === t[i])) {
      at++
      i++
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1
      i = ++resume
    } else return false
  }
  while (p[at] === '*') at++
  return at === p.length
}
