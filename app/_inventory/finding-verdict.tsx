// How bad a finding is, or that it is resolved or could not be decided; and whether what that rests on is out of date.
import type { FindingRow } from '@/core/list'
import { SeverityBadge } from '@/app/_ui/severity'
import { StateWord } from '@/app/_ui/state-word'
import { StaleWord } from './stale-word'

type Finding = Pick<FindingRow, 'state' | 'verdict' | 'severity' | 'stale'>

function Word({ finding }: { finding: Finding }) {
  if (finding.state === 'resolved') return <StateWord tone="ok">Resolved</StateWord>
  if (finding.verdict === 'unknown') return <StateWord tone="unknown">Not decided</StateWord>
  return <SeverityBadge severity={finding.severity} />
}

export function FindingVerdict({ finding }: { finding: Finding }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Word finding={finding} />
      <StaleWord stale={finding.stale} />
    </span>
  )
}
