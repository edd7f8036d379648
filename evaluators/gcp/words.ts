// Words that several parts say, and what counts as not seen among the reasons of an answer.
import type { AccessAnswer } from '@/core/access'
import type { Answer } from '../three-valued'

/** Begins what was not seen and could decide: told apart from other reasons by these words. */
const UNSEEN = 'Not seen: '
export const unseen = (words: string): string => `${UNSEEN}${words}`

export function answered({ value, because }: Answer): AccessAnswer {
  const missing = because
    .filter((reason) => reason.startsWith(UNSEEN))
    .map((reason) => reason.slice(UNSEEN.length))
  return {
    answer: value,
    because: because.map((reason) =>
      reason.startsWith(UNSEEN) ? capital(reason.slice(UNSEEN.length)) : reason,
    ),
    ...(value === 'depends' && missing.length && { missing: [...new Set(missing)] }),
  }
}
/** Names of permissions and resources keep their form at the beginning of a sentence. */
const capital = (text: string): string =>
  /^[a-z]+[ ,]/.test(text) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text

/** The same of reasons that stand by themselves. */
export function spoken(because: readonly string[]): {
  because: readonly string[]
  missing?: readonly string[]
} {
  const { because: said, missing } = answered({ value: 'depends', because })
  return { because: said, ...(missing && { missing }) }
}
export const short = (text: string, max = 160): string =>
  text.length <= max ? text : `${text.slice(0, max)}…`

/** A part of a document, or undefined where it is not of that form. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
