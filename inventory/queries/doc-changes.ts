// What differs between two versions of an observation, in words. Pure.
import type { DiffField } from '@/core/diff'
import { isFact } from '@/core/fact'
import type { FieldChange } from './types'

/** Fields that say which thing it is, not how it is. */
const NEVER = new Set(['kind', 'nativeId'])
/** Fields that are too long to be read in a list: that they changed is said, not how. */
const DOCUMENTS = new Set(['document', 'conditions', 'keys', 'links'])

/** Fields told with a window of time, which moves on with every look: what they say is what was seen in it. */
const WINDOWED: Readonly<Record<string, string>> = { exercised: 'actions' }
function saidIn(field: string, value: unknown): unknown {
  const part = WINDOWED[field]
  if (part === undefined || !isFact(value) || value.state !== 'known') return value
  return { ...value, value: (value.value as Readonly<Record<string, unknown>>)[part] }
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length ? value.map(textOf).join(', ') : 'none'
  return JSON.stringify(value)
}

function wordsOf(value: unknown, confirmation: boolean): string {
  if (!isFact(value)) return textOf(value)
  if (value.state === 'unknown') return `unknown (${value.why ?? 'not judged'})`
  const answer = value.state === 'absent' ? 'none' : textOf(value.value)
  return confirmation && value.unconfirmed ? `${answer} (not confirmed: ${value.unconfirmed.why})` : answer
}

type Doc = Readonly<Record<string, unknown>>

const fieldsOf = (before: Doc, after: Doc): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !NEVER.has(field))

const inWords = (field: string, from: string, to: string): FieldChange =>
  DOCUMENTS.has(field)
    ? {
        field,
        from: from === 'none' || from.startsWith('unknown (') ? from : 'an older text',
        to: to === 'none' || to.startsWith('unknown (') ? to : 'a newer text',
      }
    : { field, from, to }

/** Old to new, field by field. The age of an answer is no change of it; that it could not be confirmed is one. */
export function docChanges(before: Doc, after: Doc): FieldChange[] {
  return fieldsOf(before, after).flatMap((field) => {
    const [from, to] = [before, after].map((doc) => wordsOf(saidIn(field, doc[field]), true)) as [
      string,
      string,
    ]
    return from === to ? [] : [inWords(field, from, to)]
  })
}

const isMissing = (value: unknown): boolean => value === undefined || value === null
/** Whether a side says nothing about a field that the other side tells as a fact. */
const isUnseen = (value: unknown): boolean => isMissing(value) || (isFact(value) && value.state === 'unknown')

/**
 * What a field says, apart from when, by which call and how surely: as `doc_difference` in the database, which also puts
 * the keys of every document in one order.
 */
const saidBy = (value: unknown): string =>
  JSON.stringify(
    isFact(value) ? (value.state === 'known' ? ['known', value.value] : [value.state]) : value,
  ) ?? ''

/** Old to new by state and value alone, each field marked where one of the two sides is not known. */
export function docDifferences(before: Doc, after: Doc): DiffField[] {
  const fields = fieldsOf(before, after).flatMap((field): DiffField[] => {
    const [was, is] = [saidIn(field, before[field]), saidIn(field, after[field])]
    // A field of another shape is no answer that could be missing.
    const fact = (isFact(was) || isFact(is)) && [was, is].every((side) => isFact(side) || isMissing(side))
    const unseen = [fact && isUnseen(was), fact && isUnseen(is)]
    if ((unseen[0] && unseen[1]) || saidBy(was) === saidBy(is)) return []
    const said = inWords(
      field,
      unseen[0] ? 'unknown' : wordsOf(was, false),
      unseen[1] ? 'unknown' : wordsOf(is, false),
    )
    return [{ ...said, ...(unseen[0] ? { unseen: 'before' } : unseen[1] ? { unseen: 'after' } : {}) }]
  })
  // What both sides know comes first.
  return fields.sort((a, b) => Number(a.unseen !== undefined) - Number(b.unseen !== undefined))
}
