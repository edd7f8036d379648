// Shapes that only a secret's value has. An observation that holds one has broken the second law.
const SHAPES: readonly [what: string, shape: RegExp][] = [
  ['a private key', /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{16,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['a Vault token', /\b(?:hv[sbr]\.|s\.)[A-Za-z0-9_-]{20,}/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i],
  ['a value that a recording had blacked out', /REDACTED/i],
]
/** A secret access key has no mark of its own: 40 characters that stand beside the name of a secret. */
const SECRET_NAME = /secret|password|private.?key/i
const FORTY = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/

/** What tells it from a fingerprint or a path of that length. */
const MIXED = [/[A-Z]/, /[a-z]/, /[0-9]/]

/** What a text looks like, if it looks like a secret. `name` is where it stands. */
export function looksSecret(text: string, name: string): string | undefined {
  const [what] = SHAPES.find(([, shape]) => shape.test(text)) ?? []
  if (what) return what
  const forty = FORTY.exec(text)
  if (!forty || !MIXED.every((part) => part.test(forty[0]))) return undefined
  const named = SECRET_NAME.test(name) || SECRET_NAME.test(text.slice(0, forty.index))
  return named ? 'a secret access key' : undefined
}

/** Every text in a value, with its place; names of fields count as texts. */
export function* textsOf(value: unknown, place = ''): Generator<[text: string, place: string]> {
  if (typeof value === 'string') yield [value, place]
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    const at = place ? `${place}.${name}` : name
    if (!Array.isArray(value)) yield [name, at]
    yield* textsOf(inner, at)
  }
}
