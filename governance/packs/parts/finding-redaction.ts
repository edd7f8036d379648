// What findings say of people: which of their words stand for somebody, where a pack is asked for without names.
import type { FindingLine } from '@/evidence/report/facts'
import { rules } from '@/rules'
import type { PackFinding } from '../facts/pack-findings'
import { titleOf } from '../facts/pack-findings'
import { REMOVED, type Named } from './people'
import type { Veil } from './veil'

/** Facts whose values are, or name, people. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['owner', 'people', 'signIns'])

/** Rules whose messages may name somebody. */
const NAMING = new Set(
  rules
    .filter(({ meta }) => [...meta.needs, ...(meta.weighs ?? [])].some((fact) => OF_PEOPLE.has(fact)))
    .map(({ meta }) => meta.id),
)

/** Whether a message of that rule may. */
export const mayName = (ruleId: string): boolean => NAMING.has(ruleId)

export function withoutPeople(row: PackFinding, named: Named): PackFinding {
  const { excepted, evidence } = row
  return {
    ...row,
    ...(mayName(row.ruleId) && { message: titleOf(row.ruleId) }),
    evidence: evidence.map((one) =>
      OF_PEOPLE.has(one.fact) && one.value !== undefined ? { ...one, value: REMOVED } : one,
    ),
    ...(excepted && {
      excepted: {
        ...excepted,
        reason: REMOVED,
        by: named(excepted.by),
        approvedBy: named(excepted.approvedBy),
      },
    }),
  }
}

/** The same of a line as formats have it: what it is about may be the account of a person. */
export const veiledLine = (line: FindingLine, { words }: Veil): FindingLine => ({
  ...line,
  message: words(line.message),
  subject: { ...line.subject, name: words(line.subject.name), nativeId: words(line.subject.nativeId) },
})
