// Recognises text that looks like a secret's value, so that a value somebody put into a tag or a description is never stored.

export const REMOVED = '[removed: looks like a secret]'

/** Forms that are secrets wherever they stand. */
const KNOWN_FORMS = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /\bgh[pousr]_[A-Za-z0-9]{16,}/,
  /\bgithub_pat_[A-Za-z0-9_]{16,}/,
  /\bglpat-[A-Za-z0-9_-]{16,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bhv[sbr]\.[A-Za-z0-9_-]{20,}/,
  /\bs\.[A-Za-z0-9]{24}\b/,
  /\beyJ[A-Za-z0-9_-]{8,}/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i,
]
/** An access key id is not secret by itself, but one that stands in free text rarely stands alone. */
const ACCESS_KEY_ID = /\b(?:AKIA|ASIA)[A-Z2-7]{12,}/
const ASSIGNED = /\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key)\s*[=:]\s*\S{6,}/i
const OPAQUE = /[A-Za-z0-9+/_=-]{32,}/g
/** Bits per character, and changes between kinds of characters, above which a long word is no name that a person gave. */
const ENTROPY_MIN = 4.2
const CHANGES_MIN = 0.5
/** A secret access key has 40 characters: that much is known, so less has to be guessed. */
const SECRET_KEY = /^[A-Za-z0-9+/]{40}$/
const CHANGES_MIN_SECRET_KEY = 0.4

function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0)
}
const kindOf = (character: string): string =>
  /[a-z]/.test(character) ? 'a' : /[A-Z]/.test(character) ? 'A' : /\d/.test(character) ? '0' : character
const changes = (word: string): number =>
  [...word].filter((character, at) => at > 0 && kindOf(character) !== kindOf(word[at - 1] ?? '')).length /
  (word.length - 1)
const isOpaque = (word: string): boolean =>
  [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(word)) &&
  entropy(word) >= ENTROPY_MIN &&
  changes(word) >= (SECRET_KEY.test(word) ? CHANGES_MIN_SECRET_KEY : CHANGES_MIN)

/** Whether the text has the form of a known kind of secret. For documents, where long mixed names are usual. */
export const hasSecretForm = (text: string): boolean => KNOWN_FORMS.some((form) => form.test(text))

/** Whether free text looks like it holds a secret: by form, by assignment, or as a long random word. */
export const looksSecret = (text: string): boolean =>
  hasSecretForm(text) ||
  ACCESS_KEY_ID.test(text) ||
  ASSIGNED.test(text) ||
  (text.match(OPAQUE) ?? []).some(isOpaque)

/** No database stores a NUL in text, and half a surrogate pair is not text. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()
/** For free text. */
export const withoutSecret = (text: string): string => (looksSecret(text) ? REMOVED : storable(text))
/** For names, where long mixed words are usual. */
export const withoutSecretForm = (text: string): string => (hasSecretForm(text) ? REMOVED : storable(text))

/** A document with every text of a secret's form replaced; the same object when there is none. */
export function documentWithoutSecrets(document: Record<string, unknown>): Record<string, unknown> {
  if (!hasSecretForm(JSON.stringify(document))) return document
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return hasSecretForm(value) ? REMOVED : value
    if (Array.isArray(value)) return value.map(clean)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
  }
  return clean(document) as Record<string, unknown>
}
