// One page of what differs between two instants, how many differences of each kind there are, and what both sides rest on.
import type { DiffBetween, DiffFilter, DiffKind, DiffRow } from '@/core/diff'
import type { Actor } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import { completenessOf } from './completeness-of'
import { betweenParams } from './diff-between'
import type { News } from './diff-news'
import { identityNamed } from './diff-row'
import { askedDiff, diffSlice, kindsFor, type Asked } from './diff-slice'
import { diffCount } from './diff-sql'
import { diffConditions } from './diff-where'
import { together } from './together'
import type { FullCompleteness } from './types'

export type DiffPage = {
  between: DiffBetween
  /** The one identity it is about, where it is about one. */
  identity?: { id: string; name: string }
  rows: DiffRow[]
  next?: string
  /** Differences of each kind under the same filter; `more` says that there are at least so many. */
  counts: { kind: DiffKind; count: number; more: boolean }[]
  /** What could be seen at each of the two instants. */
  completeness: { from: FullCompleteness; to: FullCompleteness }
}

/** Differences counted before a count becomes "at least", and versions looked at for it. */
const COUNT_MAX = 1000
const LOOKED_MAX = 5000

type Counted = { count: number; more: boolean }

/** All kinds in one statement: most of them have few differences, and the way to the database costs more than those. */
async function countsOf(actor: Actor, asked: Asked): Promise<DiffPage['counts']> {
  const { filter, between, scopes, what } = asked
  const question = ([kind, news]: [DiffKind, News]) => {
    const where = (alias: 'n' | 'o') => diffConditions(actor, kind, alias, { filter, between, scopes })
    return diffCount({ kind, between, news, what, where }, COUNT_MAX, LOOKED_MAX)
  }
  const questions = [...asked.news].map((one) => [one[0], question(one)] as const)
  const told = questions.length
    ? await together<Record<string, Counted[]>>(Object.fromEntries(questions))
    : {}
  return kindsFor(actor, filter).map((kind) => {
    const { count = 0, more = false } = told[kind]?.[0] ?? {}
    return { kind, count: Math.min(count, COUNT_MAX), more: more || count > COUNT_MAX }
  })
}

/** What could be seen at both instants of a comparison. */
export async function diffCompleteness(actor: Actor, asked: Asked): Promise<DiffPage['completeness']> {
  const { between, scopes } = asked
  const at = (moment: Asked['between']['from']) =>
    atMoment(moment, () =>
      completenessOf(actor, { scopeIds: scopes.chosen, realOnly: scopes.hidden.length > 0 }),
    )
  const [from, to] = await Promise.all([at(between.from), at(between.to)])
  return { from, to }
}

/** @param filter of any page size: pages offer three, programs ask for what they need */
export async function listDiff(
  actor: Actor,
  filter: Omit<DiffFilter, 'size'> & { size: number },
): Promise<DiffPage> {
  const asked = await askedDiff(actor, filter)
  const [identity, slice, completeness, counts] = await Promise.all([
    identityNamed(filter.identity, asked.between),
    diffSlice(actor, asked, filter.size, filter.after),
    diffCompleteness(actor, asked),
    countsOf(actor, asked),
  ])
  return {
    between: betweenParams(asked.between),
    ...(identity && { identity }),
    ...slice,
    counts,
    completeness,
  }
}
