// What findings say of people: which of their words stand for somebody, where a pack is asked for without names.
import { rules } from '@/rules'
import type { PackFinding } from '../facts/pack-findings'
import { titleOf } from '../facts/pack-findings'
import { REMOVED, type Named } from './people'

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
