// How bad a finding is, or that it is resolved or could not be decided; and whether what that rests on is out of date.
import type { FindingRow } from '@/core/list'
import { SeverityBadge } from '@/app/_ui/severity'
import { absolute } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { StaleWord } from './stale-word'

type Finding = Pick<
  FindingRow,
  'state' | 'verdict' | 'severity' | 'latent' | 'stale' | 'excepted' | 'exceptionEnded' | 'triage'
>

function Word({ finding }: { finding: Finding }) {
  if (finding.state === 'resolved') return <StateWord tone="ok">Resolved</StateWord>
  if (finding.verdict === 'unknown') return <StateWord tone="unknown">Not decided</StateWord>
  return <SeverityBadge severity={finding.severity} />
}

/** Why it ranks lower, and what people have decided about it: it stays what it is. */
function Beside({ finding: { latent, excepted, exceptionEnded, triage } }: { finding: Finding }) {
  const words: [string, string][] = []
  if (latent) words.push(['latent', latent])
  if (excepted)
    words.push([
      'excepted',
      `until ${absolute(excepted.until)}, approved by ${excepted.approvedBy}: ${excepted.reason}`,
    ])
  if (exceptionEnded) words.push(['back', `its exception ended on ${absolute(exceptionEnded.at)}`])
  if (triage?.snoozedUntil) words.push(['snoozed', `until ${absolute(triage.snoozedUntil)}`])
  return words.map(([word, text]) => (
    <span key={word} className="text-caption whitespace-nowrap text-muted" title={text}>
      {word}
      <span className="sr-only">: {text}</span>
    </span>
  ))
}

export function FindingVerdict({ finding }: { finding: Finding }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Word finding={finding} />
      <StaleWord stale={finding.stale} />
      <Beside finding={finding} />
    </span>
  )
}
