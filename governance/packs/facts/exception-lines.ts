// The exceptions of a pack as a report prints them: those that counted or wait.
import type { ExceptionLine } from '@/evidence/report/facts'
import { iso, isoOr } from '@/inventory/queries/sql'
import { eachPackException } from '../parts/exception-rows'
import { REMOVED, type Named } from '../parts/people'
import type { PackAt } from '../part'

/** A report prints so many; all of them are in exceptions.csv. */
const SHOWN_MAX = 1000

export async function exceptionLines(at: PackAt, named: Named | undefined): Promise<ExceptionLine[]> {
  const lines: ExceptionLine[] = []
  for await (const rows of eachPackException(at)) {
    for (const row of rows) {
      const from = isoOr(row.approvedAt)
      const who = (name: string) => (named ? named(name) : name)
      lines.push({
        id: row.id,
        reason: named ? REMOVED : row.reason,
        askedBy: who(row.requesterName),
        ...(row.approvedAt && row.deciderName !== null && { approvedBy: who(row.deciderName) }),
        ...(from !== undefined && { from }),
        until: iso(row.endedAt ?? row.expiresAt),
        findings: row.covers,
      })
    }
    if (lines.length >= SHOWN_MAX) break
  }
  return lines
}
