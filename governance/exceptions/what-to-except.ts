// What somebody is about to ask an exception for, with what there is to choose from: a finding, an identity, a filter.
import { FindingFilter, type FindingRow } from '@/core/list'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { failingRules, scopesWithFindings, type FailingRule } from '@/inventory/queries/findings-to-except'
import { getFinding } from '@/inventory/queries/get-finding'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { rulesOfTopics } from '../triage/rules-of-topics'
import { filterWords } from './filter-words'

/** @throws RollcallError `not-found` */
export async function findingToExcept(actor: Actor | null, id: string): Promise<FindingRow> {
  authorise(actor, 'exception:ask')
  return (await getFinding(actor, id)).finding
}

export type IdentityToExcept = {
  id: string
  name: string
  /** The rules that fail for it, without those of which everything is excepted already. */
  rules: FailingRule[]
}

/** @throws RollcallError `not-found` */
export async function identityToExcept(actor: Actor | null, id: string): Promise<IdentityToExcept> {
  authorise(actor, 'exception:ask')
  const held = isUuid(id) && (await db.identity.findUnique({ where: { id }, select: { name: true } }))
  if (!held) throw new RollcallError('not-found', 'There is no such identity, or no longer.')
  return { id, name: held.name, rules: await failingRules(actor, id) }
}

type Scopes = Awaited<ReturnType<typeof scopesWithFindings>>
export type FilterToExcept = {
  rules: string[]
  /** What it says besides its rules. */
  words: string
  /** Where its rules have open findings; set where it says nothing but its rules, so that where is still to be said. */
  scopes?: Scopes
}

/** @throws RollcallError `invalid` */
export async function filterToExcept(
  actor: Actor | null,
  filter: Readonly<Record<string, string>>,
): Promise<FilterToExcept> {
  authorise(actor, 'exception:ask')
  const { rule } = rulesOfTopics(parseFilter(FindingFilter, new URLSearchParams(Object.entries(filter))))
  const rules = rule?.includes('any') ? [] : (rule ?? [])
  const onlyRules = rules.length > 0 && Object.keys(filter).every((name) => name === 'rule')
  return {
    rules,
    words: await filterWords(db, filter),
    ...(onlyRules && { scopes: await scopesWithFindings(actor, rules) }),
  }
}
