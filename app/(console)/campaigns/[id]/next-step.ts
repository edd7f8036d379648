// In which state a campaign is, and what is next, in a sentence.
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { pageNow } from '@/app/_ui/page-clock'
import { count } from '@/app/_inventory/words'
import { dueWords } from '@/app/_reviews/due'
import { itemsOf } from '../words'

function running({ funnel, dueAt, open }: CampaignView): string {
  const pending = funnel.undecided + funnel.unclear
  const all = pending + funnel.decided + funnel.signed
  const done = `${(funnel.decided + funnel.signed).toLocaleString('en')} of ${itemsOf(all)} decided, ${funnel.signed.toLocaleString('en')} signed.`
  if (pending + funnel.decided === 0)
    return `${done} Nothing is open: close it, and sign the whole of it off.`
  if (new Date(dueAt) < pageNow())
    return `${done} It ${dueWords(dueAt)}. Hand over what is open, extend it, or close it and say what becomes of the rest.`
  const differing = open?.differing ?? 0
  return `${done} It is ${dueWords(dueAt)}.${differing ? ` About ${differing} two people differ: settle it under Quality.` : ''}`
}

export function nextWords(campaign: CampaignView): string {
  const { state, rows = 0, blockers, dueAt } = campaign
  if (state === 'draft')
    return 'A draft. Next: prepare it. That freezes which identities are in it, and the evidence about each, as of one instant. Nobody is asked yet.'
  if (state === 'preparing') return 'Its population is being frozen. Nobody is asked yet.'
  if (state === 'ready')
    return blockers.length
      ? `${itemsOf(rows)} are frozen, and nobody is asked yet. ${count(blockers.length, 'thing')} ${blockers.length === 1 ? 'keeps' : 'keep'} it from being published.`
      : `${itemsOf(rows)} are frozen, and nobody is asked yet. Next: look at what reviewers will see, then publish. It is ${dueWords(dueAt)}.`
  if (state === 'running') return running(campaign)
  if (state === 'closed')
    return `Closed. Next: ${campaign.manager.name}, who manages it, signs the whole of it off; then nothing of it changes any more.`
  return 'Sealed: nothing of it changes any more. What is to be said later stands beside it as an addendum.'
}
