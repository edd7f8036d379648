// What the page of a draft shows beside the draft itself: counted now, and refused in words where it cannot be.
import { RollcallError } from '@/core/errors'
import { IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import type { ChainStep } from '@/governance/campaigns/campaign-input'
import { foreseenReviewers } from '@/governance/campaigns/foreseen-reviewers'
import { campaignScope, scopeNames } from '@/governance/campaigns/population'
import { listPeople } from '@/governance/directory/list-people'
import { readFilter, type RawParams } from '@/app/_list/query'

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

/** Where in the list one is, is no part of what is meant. */
const PLACES = ['sort', 'size', 'after']
const NAMES = Object.keys(IdentityFilter.shape).filter((name) => !PLACES.includes(name))

/** The filter of the list of identities, as the address brings it along; what is not understood is left out and named. */
export function filterTaken(raw: RawParams): { filter: Record<string, string>; problems: string[] } {
  const { params, problems } = readFilter(IdentityFilter, raw)
  return {
    filter: Object.fromEntries(Object.entries(params).filter(([name]) => NAMES.includes(name))),
    problems,
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
