// How bad a finding is, or that it is resolved, or that it could not be decided.
import type { FindingRow } from '@/core/list'
import { SeverityBadge } from '@/app/_ui/severity'
import { StateWord } from '@/app/_ui/state-word'

export function FindingVerdict({ finding }: { finding: Pick<FindingRow, 'state' | 'verdict' | 'severity'> }) {
  if (finding.state === 'resolved') return <StateWord tone="ok">Resolved</StateWord>
  if (finding.verdict === 'unknown') return <StateWord tone="unknown">Not decided</StateWord>
  return <SeverityBadge severity={finding.severity} />
}
