// What differs between two versions of an observation, in words. Pure.
import { isFact } from '@/core/fact'
import type { FieldChange } from './types'

/** Fields that say which thing it is, not how it is. */
const NEVER = new Set(['kind', 'nativeId'])
/** Fields that are too long to be read in a list: that they changed is said, not how. */
const DOCUMENTS = new Set(['document', 'conditions'])

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length ? value.map(textOf).join(', ') : 'none'
  return JSON.stringify(value)
}

function wordsOf(value: unknown): string {
  if (!isFact(value)) return textOf(value)
  if (value.state === 'unknown') return `unknown (${value.why})`
  const answer = value.state === 'absent' ? 'none' : textOf(value.value)
  return value.unconfirmed ? `${answer} (not confirmed: ${value.unconfirmed.why})` : answer
}

type Doc = Readonly<Record<string, unknown>>

/** Old to new, field by field. The age of an answer is no change of it. */
export function docChanges(before: Doc, after: Doc): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((f) => !NEVER.has(f))
  return fields.flatMap((field) => {
    const [from, to] = [wordsOf(before[field]), wordsOf(after[field])]
    if (from === to) return []
    if (!DOCUMENTS.has(field)) return [{ field, from, to }]
    return [
      {
        field,
        from: from === 'none' ? 'none' : 'an older text',
        to: to === 'none' ? 'none' : 'a newer text',
      },
    ]
  })
}
