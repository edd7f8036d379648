// The columns of a score as a file: a line for each privilege, and one for all of them with both ends.
import { SEVERITIES } from '@/core/rule'
import type { Column } from '@/inventory/queries/columns'
import type { ScoreView } from './get-score'
import type { PrivilegePart } from './score-parts'

export type ScoreLine = Omit<PrivilegePart, 'privilege'> & {
  privilege: PrivilegePart['privilege'] | 'all'
  low?: number
  high?: number
}

/** Without a score both ends are empty: there is none, and it is not 0. */
export function scoreLines({ parts, score, identities, unjudged }: ScoreView): ScoreLine[] {
  const sum = (of: (part: PrivilegePart) => number) => parts.reduce((total, part) => total + of(part), 0)
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0, none: 0 }
  for (const severity of [...SEVERITIES, 'none'] as const)
    bySeverity[severity] = sum((part) => part.bySeverity[severity])
  const lost = { low: score ? 100 - score.low : 0, high: score ? 100 - score.high : 0 }
  const most = Math.max(0, ...parts.map(({ weight }) => weight.most))
  const least = Math.min(most, ...parts.map(({ weight }) => weight.least))
  return [
    { privilege: 'all', weight: { least, most }, identities, unjudged, bySeverity, lost, ...score },
    ...parts,
  ]
}

const bySeverity = [...SEVERITIES, 'none' as const].map((severity): Column<ScoreLine> => ({
  key: severity,
  title: severity === 'none' ? 'Nothing fails' : `Worst finding ${severity}`,
  csv: (line) => String(line.bySeverity[severity]),
}))

export const scoreColumns: readonly Column<ScoreLine>[] = [
  { key: 'privilege', title: 'Privilege', csv: (line) => line.privilege, always: true },
  { key: 'lowest', title: 'Score at least', csv: (line) => line.low?.toString() ?? '' },
  { key: 'highest', title: 'Score at most', csv: (line) => line.high?.toString() ?? '' },
  { key: 'weightLeast', title: 'Weighs at least', csv: (line) => String(line.weight.least) },
  { key: 'weightMost', title: 'Weighs at most', csv: (line) => String(line.weight.most) },
  { key: 'identities', title: 'Identities', csv: (line) => String(line.identities) },
  { key: 'unjudged', title: 'Not judged', csv: (line) => String(line.unjudged) },
  ...bySeverity,
  { key: 'lostLow', title: 'Points lost at worst', csv: (line) => String(line.lost.low) },
  { key: 'lostHigh', title: 'Points lost at best', csv: (line) => String(line.lost.high) },
]
