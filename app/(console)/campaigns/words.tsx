// The words of campaigns as the pages say them, each with a shape.
import type { CampaignState, ItemState } from '@/core/campaign'
import type { RemediationState } from '@/governance/campaigns/remediation-state'
import { choiceTitle, STATE_WORDS } from '@/app/_reviews/words'
import { StateWord, type Tone } from '@/app/_ui/state-word'

type Word = { tone: Tone; title: string }

export const CAMPAIGN_WORDS: Record<CampaignState, Word> = {
  draft: { tone: 'off', title: 'Draft' },
  preparing: { tone: 'busy', title: 'Being frozen' },
  ready: { tone: 'waiting', title: 'Ready to publish' },
  running: { tone: 'busy', title: 'Running' },
  closed: { tone: 'paused', title: 'Closed' },
  sealed: { tone: 'ok', title: 'Sealed' },
}

/** Of whatever the record of an item holds. */
export const decisionTitle = (decision: string) =>
  decision === 'undone' ? 'Taken back' : choiceTitle(decision)

export const REMEDIATION_WORDS: Record<RemediationState, Word> = {
  decided: { tone: 'waiting', title: 'Decided, not signed' },
  signed: { tone: 'waiting', title: 'To be done' },
  applied: { tone: 'busy', title: 'Applied, not looked at yet' },
  'verified-gone': { tone: 'ok', title: 'Verified gone' },
  'still-there': { tone: 'danger', title: 'Still there' },
  'cannot-verify': { tone: 'unknown', title: 'Cannot be verified' },
  dropped: { tone: 'off', title: 'Dropped' },
}

const worded = ({ tone, title }: Word) => <StateWord tone={tone}>{title}</StateWord>
export const CampaignWord = ({ state }: { state: CampaignState }) => worded(CAMPAIGN_WORDS[state])
export const ItemWord = ({ state }: { state: ItemState }) => worded(STATE_WORDS[state])
export const RemediationWord = ({ state }: { state: RemediationState }) => worded(REMEDIATION_WORDS[state])

export const itemsOf = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'item' : 'items'}`
