// Recognises text that looks like a secret's value, so that a value somebody put into metadata is never stored.

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
  /\b(?:hv[sbr]\.|s\.)[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{8,}/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i,
]
const ASSIGNED = /\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key)\s*[=:]\s*\S{6,}/i
/** Longer words of letters and digits in both cases are no names that a person gave. */
const OPAQUE = /[A-Za-z0-9+/_=-]{32,}/g
const MIXED = [/[a-z]/, /[A-Z]/, /\d/]

/** Whether the text has the form of a known kind of secret. For names and documents, where long words are usual. */
export const hasSecretForm = (text: string): boolean => KNOWN_FORMS.some((form) => form.test(text))

/** Whether free text looks like it holds a secret. */
export const looksSecret = (text: string): boolean =>
  hasSecretForm(text) ||
  ASSIGNED.test(text) ||
  (text.match(OPAQUE) ?? []).some((word) => MIXED.every((kind) => kind.test(word)))

/** No database stores a NUL in text, and half a surrogate pair is not text. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()
export const withoutSecret = (text: string): string => (looksSecret(text) ? REMOVED : clean(text))
export const withoutSecretForm = (text: string): string => (hasSecretForm(text) ? REMOVED : clean(text))
