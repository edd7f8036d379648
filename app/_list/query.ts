// The URL is the state of a list: reading it with tolerance, and making links that change one part of it.
import type { z } from 'zod'
import { MOMENT_NAMES } from '../_ui/keep-moment'

export type RawParams = Record<string, string | string[] | undefined>

/** Search parameters as one text each: repeated ones become a comma list, empty ones are left out. */
export function flatParams(raw: RawParams): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(raw)) {
    const text = Array.isArray(value) ? value.filter(Boolean).join(',') : value
    if (text) flat[name] = text
  }
  return flat
}

/** The parameters of the list itself: links carry the moment of the page on by themselves. */
export function listParams(raw: RawParams): Record<string, string> {
  const flat = flatParams(raw)
  for (const name of MOMENT_NAMES) delete flat[name]
  return flat
}

/** Reads a filter. What is not understood is left out and named, so that an old link still shows a list. */
export function readFilter<S extends z.ZodType>(
  schema: S,
  raw: RawParams,
): { filter: z.output<S>; params: Record<string, string>; problems: string[] } {
  const params = listParams(raw)
  const first = schema.safeParse(params)
  if (first.success) return { filter: first.data, params, problems: [] }
  const wrong = new Set(first.error.issues.map((issue) => String(issue.path[0])))
  const problems = [...wrong].map((name) => `${name}=${params[name] ?? ''}`)
  const rest = Object.fromEntries(Object.entries(params).filter(([name]) => !wrong.has(name)))
  return { filter: schema.parse(rest), params: rest, problems }
}

/** The address of a list with some parameters changed. Any change goes back to its start. */
export function hrefWith(
  path: string,
  params: Record<string, string>,
  changes: Record<string, string | undefined>,
): string {
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...params, after: undefined, ...changes }))
    if (value) next.set(name, value)
  // Commas and dots are legal in a query and easier to read unescaped.
  const query = next.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return query ? `${path}?${query}` : path
}
