// Reads a query strictly, for programs: what is not understood is refused by name. And writes a filter back as a query. Pure.
import { RollcallError, type Issue } from '@/core/errors'
import type { z } from 'zod'

/** Repeated parameters become a comma list; empty ones are as good as left out. */
function textsOf(params: URLSearchParams): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name of new Set(params.keys())) {
    const text = params.getAll(name).filter(Boolean).join(',')
    if (text) texts[name] = text
  }
  return texts
}

/** @throws RollcallError `invalid`, with one issue per parameter that is unknown or not understood */
export function parseFilter<S extends z.ZodObject>(schema: S, params: URLSearchParams): z.output<S> {
  const texts = textsOf(params)
  const known = Object.keys(schema.shape)
  const issues: Issue[] = [...new Set(params.keys())]
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: name, message: `There is no such parameter. There are: ${known.join(', ')}.` }))
  for (const [name, text] of Object.entries(texts))
    if (text.includes('\u0000')) issues.push({ path: name, message: 'holds a NUL character' })
  const parsed = schema.safeParse(
    Object.fromEntries(Object.entries(texts).filter(([name]) => known.includes(name))),
  )
  if (!parsed.success)
    issues.push(...parsed.error.issues.map((i) => ({ path: String(i.path[0] ?? ''), message: i.message })))
  if (!issues.length && parsed.success) return parsed.data
  const said = issues.map((i) => `${i.path}: ${i.message}`).join(' ')
  throw new RollcallError('invalid', `The query was not understood. ${said}`, issues)
}

/** The filter as a query that reads as the same filter. */
export function filterQuery(filter: Readonly<Record<string, unknown>>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || value === '' || (Array.isArray(value) && !value.length)) continue
    params.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  return params
}
