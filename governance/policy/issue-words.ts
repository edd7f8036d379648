// What is wrong in a policy, in words that say what to write instead.
import { z } from 'zod'
import { nearestName } from './nearest-name'

/** Where in the policy, from the outermost name inwards, and what is wrong there. */
export type PolicyIssue = { at: readonly (string | number)[]; message: string }

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'named fields',
  record: 'named fields',
}
const kindOf = (value: unknown): string => {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'named fields' : (KINDS[typeof value] ?? typeof value)
}
const isNumeral = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))

function typeWords(expected: string, input: unknown): string {
  if (input === undefined) return 'is missing'
  const wanted = KINDS[expected] ?? expected
  if (typeof input === 'number') return `must be ${wanted}`
  const remedy = isNumeral(input) && expected !== 'string' ? '; write it without quotes' : ''
  return `must be ${wanted}, not ${kindOf(input)}${remedy}`
}

type Bound = { origin: string; inclusive?: boolean | undefined }
function boundWords({ origin, inclusive }: Bound, bound: unknown, word: 'at least' | 'at most'): string {
  const limit = String(bound)
  if (origin === 'string')
    return word === 'at least' ? 'must not be empty' : `must be at most ${limit} letters`
  if (origin === 'array' || origin === 'set')
    return word === 'at least' && limit === '1' ? 'must hold an entry' : `must hold ${word} ${limit} entries`
  if (inclusive === false) return `must be ${word === 'at least' ? 'more' : 'less'} than ${limit}`
  return `must be ${word} ${limit}`
}

/** In place of the library's own words; those that a schema itself has go before. */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return typeWords(issue.expected, issue.input)
  if (issue.code === 'too_small') return boundWords(issue, issue.minimum, 'at least')
  if (issue.code === 'too_big') return boundWords(issue, issue.maximum, 'at most')
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  return undefined
}

/** What stands behind defaults and what may be left out. */
function inner(schema: unknown): unknown {
  let at = schema
  while (at instanceof z.ZodDefault || at instanceof z.ZodPrefault || at instanceof z.ZodOptional)
    at = at.unwrap()
  return at
}

/** Names of the fields that a schema has at a place. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = inner(schema)
  for (const key of path) {
    if (at instanceof z.ZodObject) at = inner(at.shape[String(key)])
    else if (at instanceof z.ZodArray) at = inner(at.element)
    else if (at instanceof z.ZodRecord) at = inner(at.valueType)
    else return []
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

export function noSuchField(key: string, fields: readonly string[]): string {
  const near = nearestName(key, fields)
  if (near !== undefined) return `There is no such field. Do you mean ${near}?`
  return `There is no such field. ${fields.length ? `There are: ${fields.join(', ')}.` : 'There are none here.'}`
}

const step = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key))

/** One entry for each wrong field. */
export function policyIssues(
  schema: z.ZodType,
  error: z.ZodError,
  under: PolicyIssue['at'] = [],
): PolicyIssue[] {
  return error.issues.flatMap((issue): PolicyIssue[] => {
    const at = [...under, ...issue.path.map(step)]
    if (issue.code !== 'unrecognized_keys') return [{ at, message: issue.message }]
    const fields = fieldsAt(schema, issue.path)
    return issue.keys.map((key) => ({ at: [...at, key], message: noSuchField(key, fields) }))
  })
}
