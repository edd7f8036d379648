// The score in words: for pages, exports and the command line alike.
import { WEIGHTS, type ScoreCount, type ScoreRange, type Weight } from '@/core/score'
import type { ScoreNow } from './get-score'
import { counted } from '../news/sentence'

export const rangeWords = ({ low, high }: ScoreRange): string =>
  low === high ? `${low}` : `${low} to ${high}`

/** What the range hangs on, and what exceptions and unjudged identities do to it. */
export function scoreRemarks({ score, unjudged, exceptions, identities }: ScoreNow): string[] {
  if (!score)
    return [
      identities
        ? 'No rule was asked about any identity yet, so there is no score.'
        : 'No machine identity is known, so there is no score.',
    ]
  const open = score.high - score.low
  const kept = exceptions.high || exceptions.low
  return [
    ...(open ? [`${counted(open, 'point hangs', 'points hang')} on what was not seen.`] : []),
    ...(exceptions.identities
      ? [
          `${counted(kept, 'of them is', 'of the points are')} kept by exceptions, which count for ${counted(exceptions.identities, 'identity', 'identities')}.`,
        ]
      : []),
    ...(unjudged
      ? [
          `No rule was asked yet about ${counted(unjudged, 'identity', 'identities')}: at worst nothing of them is in order.`,
        ]
      : []),
  ]
}

export const weightWords = ({ least, most }: Weight): string =>
  least === most ? `${least}` : `${least} to ${most}`

/** Of two ends that weigh differently the upper one can be short of a little more. */
export const lostWords = ({ low, high }: { low: number; high: number }): string =>
  low === high ? `${low}` : `${Math.min(low, high)} to ${Math.max(low, high)}`

export const PRIVILEGE_WORDS: Readonly<Record<ScoreCount['privilege'], string>> = {
  administrator: 'Administrator',
  escalates: 'Can come to be an administrator',
  conditional: 'May be an administrator',
  sensitive: 'Reaches secrets or data',
  write: 'Can change things',
  read: 'Can read',
  none: 'Holds no permissions',
  unknown: 'Not known',
}
export const SCORED_PRIVILEGES = Object.keys(WEIGHTS) as ScoreCount['privilege'][]
