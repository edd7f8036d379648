// What an exception is about: one finding, one identity, or what a filter of the list of findings matches.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { FindingFilter } from '@/core/list'
import { storedFilterWhere } from '@/inventory/queries/finding-exceptions'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { rules } from '@/rules'
import { invalid } from '../command'
import { FilterTexts } from '../triage/chosen-findings'
import { rulesOfTopics } from '../triage/rules-of-topics'
import { filterWords } from './filter-words'

export const ScopeInput = {
  /** Of one finding it is its own. */
  rules: z.array(z.string().max(100)).max(100).optional(),
  finding: z.guid('is not the id of a finding').optional(),
  identity: z.guid('is not the id of an identity').optional(),
  filter: FilterTexts.optional(),
}
type Given = { rules?: string[]; finding?: string; identity?: string; filter?: Record<string, string> }
export type ExceptionScope = {
  rules: string[]
  findingId?: string
  identityId?: string
  filter?: Record<string, string>
  about: string
}

/** What people decide comes and goes: an exception says itself what it is about. */
const STORED = ['q', 'rule', 'topic', 'severity', 'verdict', 'scope', 'latent']
const PLACES = ['sort', 'size', 'after']

function named(words: string[] | undefined): string[] {
  const ids = [...new Set(words ?? [])]
  if (!ids.length)
    throw invalid([{ path: 'rules', message: 'Say of which rules: an exception is never of all of them.' }])
  const unknown = ids.filter((id) => !rules.some(({ meta }) => meta.id === id))
  if (unknown.length) throw invalid([{ path: 'rules', message: `There is no rule ${unknown.join(', ')}.` }])
  return ids
}

async function filterScope(
  tx: Tx,
  given: Record<string, string>,
  asked: string[] | undefined,
): Promise<ExceptionScope> {
  const texts = Object.entries(given).filter(([name, text]) => text !== '' && !PLACES.includes(name))
  const wrong = texts.filter(
    ([name, text]) => !STORED.includes(name) && !(name === 'state' && text === 'open'),
  )
  if (wrong.length)
    throw invalid(
      wrong.map(([name]) => ({
        path: 'filter',
        message: `An exception cannot be by ${name}. It can be by ${STORED.join(', ')}.`,
      })),
    )
  const filter = Object.fromEntries(texts)
  const { rule } = rulesOfTopics(parseFilter(FindingFilter, new URLSearchParams(texts)))
  const own = rule?.includes('any') ? undefined : rule
  const ids = named(asked?.length ? asked : own)
  // Its topics are said as rules by now: a rule that comes later is not excepted by what nobody knew of.
  const { topic: _, ...stored } = filter
  return { rules: ids, filter: stored, about: (await filterWords(tx, filter)) || 'everything' }
}

/** @throws RollcallError `invalid` or `not-found` */
export async function scopeOf(
  tx: Tx,
  { rules: asked, finding, identity, filter }: Given,
): Promise<ExceptionScope> {
  if ([finding, identity, filter].filter((one) => one !== undefined).length !== 1)
    throw invalid([{ path: 'finding', message: 'Say one finding, one identity, or a filter.' }])
  if (filter) return filterScope(tx, filter, asked)
  if (finding) {
    const row = await tx.finding.findUnique({ where: { id: finding } })
    if (!row) throw new RollcallError('not-found', 'There is no such finding, or no longer.')
    return { rules: [row.ruleId], findingId: finding, about: row.subjectName }
  }
  const row = await tx.identity.findUnique({ where: { id: identity ?? '' }, select: { name: true } })
  if (!row) throw new RollcallError('not-found', 'There is no such identity, or no longer.')
  return { rules: named(asked), identityId: identity, about: row.name }
}

type Stored = {
  rules: string[]
  findingId?: string | null
  identityId?: string | null
  filter?: unknown
}
/** How many open findings it is about now. */
export async function countCovered(tx: Pick<Tx, '$queryRaw'>, scope: Stored): Promise<number> {
  const where = scope.findingId
    ? Prisma.sql`f.id = ${scope.findingId}::uuid`
    : scope.identityId
      ? Prisma.sql`f.identity_id = ${scope.identityId}::uuid`
      : await storedFilterWhere(scope.filter)
  const [row] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM finding f
    WHERE f.state = 'open' AND f.rule_id = ANY(${scope.rules}::text[]) AND ${where}`)
  return row?.count ?? 0
}
