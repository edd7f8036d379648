// What the page of a draft shows beside the draft itself: counted now, and refused in words where it cannot be.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { ChainStep } from '@/governance/campaigns/campaign-input'
import { foreseenReviewers } from '@/governance/campaigns/foreseen-reviewers'
import { campaignScope, scopeNames } from '@/governance/campaigns/population'
import { listPeople } from '@/governance/directory/list-people'

/** People that a browser offers; others are typed. */
const OFFERED_MAX = 200

async function orRefused<T>(read: Promise<T>): Promise<T | { refused: string }> {
  try {
    return await read
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'invalid') return { refused: error.message }
    throw error
  }
}

/** Those who are there, by name. */
export async function peopleOffered(actor: Actor): Promise<{ name: string; address: string }[]> {
  const { rows } = await listPeople(actor, { standing: ['here'], size: OFFERED_MAX })
  return rows.flatMap(({ name, email }) => (email ? [{ name, address: email }] : []))
}

export async function besideDraft(actor: Actor, filter: Record<string, string>, chain: ChainStep[]) {
  const [scopes, sample, foreseen, people] = await Promise.all([
    scopeNames(actor, filter),
    orRefused(campaignScope(actor, filter)),
    orRefused(foreseenReviewers(actor, filter, chain)),
    peopleOffered(actor),
  ])
  return { scopes, sample, people, ...('items' in foreseen && { foreseen }) }
}
