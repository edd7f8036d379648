// Which findings are meant: those picked by hand, or all that a filter of the list matches.
import { z } from 'zod'
import { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { findingWhere } from '@/inventory/queries/finding-where'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { invalid } from '../command'
import { rulesOfTopics } from './rules-of-topics'

/** Findings that one act may be about. */
export const FINDINGS_MAX = 100_000
const PICKED_MAX = 1000

/** The filter as its address has it: names and texts. */
export const FilterTexts = z.record(z.string().max(40), z.string().max(4000))
export const Chosen = {
  findings: z
    .array(z.guid('is not the id of a finding'))
    .min(1, 'Choose at least one')
    .max(PICKED_MAX)
    .optional(),
  filter: FilterTexts.optional(),
}
export type Chosen = { findings?: string[]; filter?: Record<string, string> }
export type Left = { id: string; why: string }

/** Open findings alone: nothing is to be done about the others. */
export async function chosenWhere(actor: Actor, { findings, filter }: Chosen): Promise<Prisma.Sql> {
  if ((findings === undefined) === (filter === undefined))
    throw invalid([{ path: 'findings', message: 'Say either which findings, or a filter.' }])
  if (findings) return Prisma.sql`f.state = 'open' AND f.id = ANY(${findings}::uuid[])`
  const read = parseFilter(FindingFilter, new URLSearchParams(Object.entries(filter ?? {})))
  return Prisma.sql`f.state = 'open' AND ${await findingWhere(actor, rulesOfTopics(read))}`
}

/** Those picked of which nothing could be made, each with why. */
export async function leftOut(tx: Tx, { findings }: Chosen): Promise<Left[]> {
  if (!findings) return []
  const held = await tx.finding.findMany({
    where: { id: { in: findings } },
    select: { id: true, state: true },
  })
  const states = new Map(held.map(({ id, state }) => [id, state]))
  return [...new Set(findings)].flatMap((id) => {
    const state = states.get(id)
    if (state === 'open') return []
    return [{ id, why: state ? 'It is resolved.' : 'There is no such finding, or no longer.' }]
  })
}
