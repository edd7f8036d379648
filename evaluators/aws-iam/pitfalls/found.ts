// What pitfalls are made of, and whether a row of trust lets a made-up caller in.
import type { Pitfall } from '@/core/access'
import { all, any, not, type Answer } from '../../three-valued'
import { applies } from '../applies'
import type { Context } from '../context-keys'
import { oneName } from '../match'
import type { TrustRow } from '../trust'

export type Found = Omit<Pitfall, 'trust'>
type Told = { id: string; severity: Pitfall['severity']; because: readonly string[] }

/** @param answer of what makes it one; nothing where that is no */
export const found = ({ id, severity, because }: Told, answer: Answer): Found[] =>
  answer.value === 'no'
    ? []
    : [
        {
          id,
          severity,
          answer: answer.value,
          because: [...because, ...(answer.value === 'depends' ? answer.because : [])].slice(0, 8),
        },
      ]

export type Probe = { action: string; context: Context }

/** Whether the row lets the caller in, and no deny of the same trust that is about such callers keeps it out. */
export function letsIn(
  { statement }: TrustRow,
  denies: readonly TrustRow[],
  { action, context }: Probe,
): Answer {
  const asking = { action: oneName(action.toLowerCase()), resource: oneName('*'), context }
  const denied = any(denies.map((row) => applies(row.statement, asking)))
  return all([applies(statement, asking), not(denied)])
}

/** Denies that are about whoever a row is about: they name the same, anyone, or all but some. */
export const deniesFor = ({ row }: TrustRow, rows: readonly TrustRow[]): TrustRow[] =>
  rows.filter(
    ({ statement, row: other }) =>
      statement.effect !== 'Allow' &&
      (other.principalType === 'anyone' ||
        !statement.understood ||
        (other.principalType === row.principalType && other.principal === row.principal)),
  )
