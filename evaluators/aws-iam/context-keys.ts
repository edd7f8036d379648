// What is known of a request, by condition key.

/**
 * The values of a key, none where it is certainly absent; or what is known without the values: whether it can be absent,
 * how it begins, or that it is a date that is not before this one (milliseconds). Undefined: nothing is known.
 */
export type Knowledge =
  readonly string[] | { absent: 'no' | 'maybe'; start?: string; least?: number } | undefined

/** Asked with the key in lower case: names of keys have no case. */
export type Context = (key: string) => Knowledge

export const UNKNOWN: Context = () => undefined

const listed = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value

/** A context of what is given; what is not given is asked of the next one. */
export function contextOf(
  given: Readonly<Record<string, string | readonly string[]>>,
  otherwise: Context = UNKNOWN,
): Context {
  const known = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), listed(value)]))
  return known.size ? (key) => known.get(key) ?? otherwise(key) : otherwise
}
