// What an answer rests on, as a sentence: for the command line and for messages. Pure.
import type { FullCompleteness } from './types'

/** Missing looks that are named one by one. */
const NAMED_MAX = 3

/** An instant as people read it: to the minute, with its zone. */
const minute = (at: string) => `${at.slice(0, 16)}Z`

const missingWords = ({ scope, kind, why, permission }: FullCompleteness['missing'][number]) =>
  `${kind} of ${scope} (${[why, permission].filter(Boolean).join(': ')})`

/** @example "Looked at 1 scope at 2026-11-22T10:04Z; not seen: credential of prod (denied: iam:ListAccessKeys)." */
export function completenessWords(rests: FullCompleteness): string {
  const { state, scopes, asOf, stale, missing, missingTotal } = rests
  if (state === 'none') return 'Nothing was looked at so far: connect a source or import a file.'
  const parts = [`Looked at ${scopes} ${scopes === 1 ? 'scope' : 'scopes'}`]
  parts[0] += asOf ? `${scopes > 1 ? ', the oldest look' : ''} at ${minute(asOf)}` : ', none of it in full'
  if (missingTotal) {
    const named = missing.slice(0, NAMED_MAX).map(missingWords).join(', ')
    const others = missingTotal - Math.min(NAMED_MAX, missing.length)
    parts.push(`not seen: ${named}${others > 0 ? ` and ${others} more` : ''}`)
  }
  if (stale.length)
    parts.push(
      `out of date: ${stale
        .slice(0, NAMED_MAX)
        .map((s) => s.scope)
        .join(', ')}${stale.length > NAMED_MAX ? ` and ${stale.length - NAMED_MAX} more` : ''}`,
    )
  return `${parts.join('; ')}.`
}
