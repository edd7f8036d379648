// What one identity does to the score, in a sentence.
import type { FindingRow } from '@/core/list'
import { SEVERITIES } from '@/core/rule'
import { NO_SEVERITY, SCORED_CLASSES, shareOf, WEIGHTS, type ScoreCount } from '@/core/score'
import { weightWords } from './score-words'

export type Shared = {
  class: string
  retired: boolean
  judged: boolean
  privilege: ScoreCount['privilege']
  findings: readonly Pick<FindingRow, 'state' | 'verdict' | 'severity' | 'excepted'>[]
}

const worstOf = (findings: Shared['findings']): number =>
  Math.min(NO_SEVERITY, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))
const word = (severity: number) => SEVERITIES[severity] ?? 'none'

/** Undefined where it is not counted: people, what a provider acts through, and what is gone. */
export function shareWords(of: Shared): string | undefined {
  if (of.retired || !(SCORED_CLASSES as readonly string[]).includes(of.class)) return undefined
  const weight = weightWords(WEIGHTS[of.privilege])
  const counts = `Weighs ${weight} in the score and keeps`
  if (!of.judged) return `${counts} 0 to 100 % of that: no rule was asked about it yet.`
  const open = of.findings.filter(({ state, excepted }) => state === 'open' && !excepted)
  const worst = worstOf(open.filter(({ verdict }) => verdict === 'fail'))
  const worstOpen = worstOf(open)
  const [high, low] = [shareOf(worst), shareOf(worstOpen)]
  const fails = worst === NO_SEVERITY ? 'nothing fails' : `the worst finding is ${word(worst)}`
  if (low === high) return `${counts} ${high} % of that: ${fails}.`
  return `${counts} ${low} to ${high} % of that: ${fails}, and what cannot be told could be ${word(worstOpen)}.`
}
