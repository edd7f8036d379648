// How far a removal or reduction is, as a word with a shape.
import type { RemediationState } from '@/governance/campaigns/remediation-state'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const REMEDIATION_WORDS: Record<RemediationState, { tone: Tone; title: string }> = {
  decided: { tone: 'waiting', title: 'Decided' },
  signed: { tone: 'waiting', title: 'Signed, to be done' },
  applied: { tone: 'busy', title: 'Said to be done' },
  'verified-gone': { tone: 'ok', title: 'Gone, as a complete look saw' },
  'still-there': { tone: 'danger', title: 'Still there' },
  'cannot-verify': { tone: 'unknown', title: 'Cannot be verified' },
  dropped: { tone: 'off', title: 'Taken back' },
}

export function RemediationWord({ state }: { state: RemediationState }) {
  const { tone, title } = REMEDIATION_WORDS[state]
  return <StateWord tone={tone}>{title}</StateWord>
}
